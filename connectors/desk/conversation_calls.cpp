#include "connectors/desk/conversation_calls.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

namespace svar::desk {
namespace {

constexpr std::size_t kIdBytesMax = 64;
const Refusal kReplyWindowClosed{409, "reply_window_closed", 0, "", ""};
constexpr std::size_t kTextBytesMax = 48 * 1024;  // the service counts code points

int status_of(service::RefusalCode code) {
  switch (code) {
    case service::RefusalCode::unknown:
      return 404;
    case service::RefusalCode::not_yours:
    case service::RefusalCode::not_open:
    case service::RefusalCode::at_capacity:
    case service::RefusalCode::absent:
      return 409;
    case service::RefusalCode::too_long:
    case service::RefusalCode::empty:
    case service::RefusalCode::not_offered:
      return 422;
    case service::RefusalCode::overloaded:
    case service::RefusalCode::unavailable:
      return 503;
  }
  return 503;
}

std::optional<ConversationId> conversation_of(const std::string& text) {
  ConversationId id;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id.value);
  if (error != std::errc{} || end != text.data() + text.size() || id.value <= 0)
    return std::nullopt;
  return id;
}

Json encode(const kb::FilledReply& reply) {
  return {{"id", reply.id},         {"title", reply.title},
          {"text", reply.text},     {"language", code(reply.language)},
          {"sample", reply.sample}, {"missing", reply.missing}};
}

}  // namespace

Json encode_team(const service::TeamWork& team, const service::Account& agent) {
  Json colleagues = Json::array();
  for (const auto& one : team.colleagues(agent)) {
    colleagues.push_back({{"name", one.name.value},
                          {"display_name", one.display_name},
                          {"availability", code(one.availability)},
                          {"load", one.load},
                          {"capacity", one.capacity}});
  }
  return {{"colleagues", std::move(colleagues)}};
}

Gate::OnCall ConversationCalls::as_agent(Gate::OnCall then) {
  return [this, then = std::move(then)](const Call& call) {
    if (!call.agent.has(service::Role::agent)) return call.refuse(kNotAllowed);
    setup_.presence.was_heard(call.agent.name);
    then(call);
  };
}

Gate::OnCall ConversationCalls::on_conversation(OnConversation then) {
  return as_agent([then = std::move(then)](const Call& call) {
    const auto conversation = conversation_of(call.captures.at(0));
    if (!conversation) return call.refuse(kNotFound);
    then(call, *conversation);
  });
}

void ConversationCalls::refuse_with(const Call& call, ConversationId conversation,
                                    const service::Refused& refused) {
  Refusal refusal{status_of(refused.code), service::code(refused.code), refused.retry_after_ms, "",
                  ""};
  if (refused.code == service::RefusalCode::unknown) refusal = kNotFound;
  const auto card = setup_.view.card(call.agent, conversation);
  if (card && card->agent) {
    refusal.held_by = card->agent->value;
    refusal.held_by_display_name = card->agent_name;
  }
  call.refuse(refusal);
}

// Answers 200 {"seq","text"?} or the refusal.
service::TeamWork::Done ConversationCalls::acknowledge(const Call& call,
                                                       ConversationId conversation) {
  return [this, call, conversation](const service::SubmitOutcome& outcome) {
    if (const auto* refused = std::get_if<service::Refused>(&outcome)) {
      return refuse_with(call, conversation, *refused);
    }
    const auto& accepted = std::get<service::Accepted>(outcome);
    Json json = {{"seq", accepted.seq.value}};
    if (!accepted.text.empty()) json["text"] = accepted.text;
    call.send(json);
  };
}

service::TeamWork::Taken ConversationCalls::taken(const Call& call, ConversationId conversation) {
  return [this, call, conversation](const std::variant<service::Card, service::Refused>& outcome) {
    if (const auto* refused = std::get_if<service::Refused>(&outcome)) {
      return refuse_with(call, conversation, *refused);
    }
    call.send({{"card", card_of(std::get<service::Card>(outcome))}});
  };
}

// ---- One conversation

Json ConversationCalls::card_of(const service::Card& card) const {
  return encode(card, *setup_.release(), setup_.delivery.reply_until(card));
}

void ConversationCalls::open(const Call& call, ConversationId conversation) {
  setup_.view.open(call.agent, conversation, call.language,
                   [this, call, conversation](auto outcome) {
                     if (auto* refused = std::get_if<service::Refused>(&outcome)) {
                       return refuse_with(call, conversation, *refused);
                     }
                     show(call, std::get<service::DeskView::Opened>(outcome));
                   });
}

// That it was opened is in the audit log before anything of it is shown.
void ConversationCalls::show(const Call& call, const service::DeskView::Opened& opened) {
  const auto release = setup_.release();
  const Json json = {{"card", card_of(opened.card)},
                     {"packet", encode(opened.packet)},
                     {"events", encode(opened.events, *release)},
                     {"draft", setup_.drafts.of(call.agent.name, opened.card.id)}};
  setup_.audit.opened(call.agent.name, call.session, opened.card.id, *opened.card.controller,
                      why_opened(opened.card, call.agent.name), [call, json](const auto& error) {
                        if (error) return call.refuse(kUnavailable);
                        call.send(json);
                      });
}

void ConversationCalls::say(const Call& call, ConversationId conversation, ClientId id) {
  const auto text = call.body.text("text", kTextBytesMax);
  if (!text) return call.refuse(kBadRequest);
  // What the platform would not take is not said: the agent must know before, not after.
  const auto card = setup_.view.card(call.agent, conversation);
  if (card && card->agent == call.agent.name && setup_.delivery.is_reply_window_closed(*card))
    return call.refuse(kReplyWindowClosed);
  setup_.view.say(call.agent, conversation, std::move(id), *text, acknowledge(call, conversation));
}

// What did not reach the citizen, or may not have, once more.
void ConversationCalls::send_again(const Call& call, ConversationId conversation) {
  const auto seq = call.body.number("seq");
  const auto even_if_twice = call.body.number("even_if_twice").value_or(0);
  const bool is_whole = seq && *seq > 0 && (even_if_twice == 0 || even_if_twice == 1);
  if (!is_whole) return call.refuse(kBadRequest);
  setup_.delivery.send_again(
      call.agent, conversation, Seq{*seq}, even_if_twice == 1,
      [this, call, conversation](const std::optional<service::ResendFault>& fault) {
        using service::ResendFault;
        if (!fault) return call.done();
        if (*fault == ResendFault::unknown) return call.refuse(kNotFound);
        if (*fault == ResendFault::unavailable) return call.refuse(kUnavailable);
        if (*fault == ResendFault::not_yours)
          return refuse_with(call, conversation, {service::RefusalCode::not_yours, "", 0});
        call.refuse({409, service::code(*fault), 0, "", ""});
      });
}

void ConversationCalls::note(const Call& call, ConversationId conversation, ClientId id) {
  const auto text = call.body.text("text", kTextBytesMax);
  if (!text) return call.refuse(kBadRequest);
  setup_.team.note(call.agent, conversation, std::move(id), *text, acknowledge(call, conversation));
}

void ConversationCalls::transfer(const Call& call, ConversationId conversation, ClientId id) {
  service::TeamWork::Transfer transfer;
  const auto kind = transfer_kind_from_code(call.body.text("kind", kIdBytesMax).value_or(""));
  transfer.to.value = call.body.text("to", kIdBytesMax).value_or("");
  transfer.unit = call.body.text("unit", kIdBytesMax).value_or("");
  transfer.note = call.body.text("note", kTextBytesMax).value_or("");
  if (!kind || transfer.to.empty() == transfer.unit.empty()) return call.refuse(kBadRequest);
  transfer.kind = *kind;
  setup_.team.offer_transfer(call.agent, conversation, std::move(id), std::move(transfer),
                             acknowledge(call, conversation));
}

void ConversationCalls::invite(const Call& call, ConversationId conversation, ClientId id) {
  const auto colleague = call.body.text("colleague", kIdBytesMax);
  if (!colleague || colleague->empty()) return call.refuse(kBadRequest);
  setup_.team.invite(call.agent, conversation, std::move(id), AgentId{*colleague},
                     call.body.text("note", kTextBytesMax).value_or(""),
                     acknowledge(call, conversation));
}

void ConversationCalls::park(const Call& call, ConversationId conversation, ClientId id) {
  setup_.team.park(call.agent, conversation, std::move(id),
                   call.body.text("note", kTextBytesMax).value_or(""),
                   acknowledge(call, conversation));
}

// Without outcome and topic as well: not every conversation came to anything.
void ConversationCalls::close(const Call& call, ConversationId conversation, ClientId id) {
  const std::string written = call.body.text("outcome", kIdBytesMax).value_or("");
  const auto outcome = close_outcome_from_code(written);
  const std::string topic = call.body.text("topic", kIdBytesMax).value_or("");
  if (!outcome && !written.empty()) return call.refuse(kBadRequest);
  const bool known = topic.empty() || knows_article(*setup_.release(), ArticleId{topic});
  if (!known) return call.refuse(kBadRequest);
  setup_.team.close(call.agent, conversation, std::move(id), outcome,
                    topic.empty() ? std::nullopt : std::optional(ArticleId{topic}),
                    acknowledge(call, conversation));
}

void ConversationCalls::units(const Call& call, ConversationId conversation) {
  if (!setup_.view.card(call.agent, conversation)) return call.refuse(kNotFound);
  Json units = Json::array();
  for (const kb::Unit& unit : setup_.team.units(call.agent, conversation)) {
    units.push_back({{"id", unit.id}, {"name", unit.name.in(call.language)}});
  }
  call.send({{"units", std::move(units)}});
}

// The facts are those of the citizen's municipality, the name the one that the citizen sees.
void ConversationCalls::replies(const Call& call, ConversationId conversation) {
  const auto card = setup_.view.card(call.agent, conversation);
  if (!card) return call.refuse(kNotFound);
  const auto release = setup_.release();
  const kb::ReplyReaders readers{
      card->municipality ? release->municipality(*card->municipality) : nullptr, card->language,
      call.language, call.agent.display_name,
      card->municipality && setup_.incidents.in_crisis(*card->municipality)};
  Json replies = Json::array();
  for (const auto& reply : kb::replies_for(release->replies, readers))
    replies.push_back(encode(reply));
  call.send({{"replies", std::move(replies)}});
}

void ConversationCalls::keep_draft(const Call& call, ConversationId conversation) {
  const auto card = setup_.view.card(call.agent, conversation);
  if (!card) return call.refuse(kNotFound);
  const auto text = call.body.text("text", kTextBytesMax);
  if (!text) return call.refuse(kBadRequest);
  if (card->agent != call.agent.name)
    return refuse_with(call, conversation, {service::RefusalCode::not_yours, "", 0});
  setup_.drafts.keep(call.agent.name, conversation, *text);
  call.done();
}

// What the queue has offered is passed on; what a colleague has offered is declined.
void ConversationCalls::decline(const Call& call, ConversationId conversation, ClientId id) {
  const auto card = setup_.view.card(call.agent, conversation);
  const bool pushed = card && !card->offer && setup_.assignments != nullptr;
  if (pushed && setup_.assignments->pass_on(call.agent.name, conversation))
    return call.send({{"seq", card->seq.value}});
  setup_.team.decline_transfer(call.agent, conversation, std::move(id),
                               acknowledge(call, conversation));
}

// ---- The team

void ConversationCalls::next(const Call& call) {
  setup_.team.take_next(call.agent, [this, call](const auto& outcome) {
    const auto* refused = std::get_if<service::Refused>(&outcome);
    if (refused && refused->code == service::RefusalCode::unknown) {
      return call.send({{"card", nullptr}});
    }
    taken(call, {})(outcome);
  });
}

void ConversationCalls::choose_presence(const Call& call) {
  const auto written = call.body.text("availability", kIdBytesMax).value_or("");
  const auto availability = service::availability_from_code(written);
  if (!availability) return call.refuse(kBadRequest);
  setup_.presence.choose(call.agent.name, *availability);
  show_team(call);
}

void ConversationCalls::show_team(const Call& call) {
  call.send(encode_team(setup_.team, call.agent));
}

void ConversationCalls::mount_commands(net::Router& router) {
  using OnCommand = std::function<void(const Call&, ConversationId, ClientId)>;
  const auto command = [&](const std::string& verb, std::vector<std::string_view> fields,
                           OnCommand then) {
    fields.push_back("id");
    gate_.post(router, "/desk/v1/conversations/*/" + verb, std::move(fields),
               on_conversation([then = std::move(then)](const Call& call, ConversationId one) {
                 const auto id = call.body.text("id", kIdBytesMax);
                 if (!id || id->empty()) return call.refuse(kBadRequest);
                 then(call, one, ClientId{*id});
               }));
  };
  const auto plain = [&](const std::string& verb, auto method) {
    command(verb, {}, [this, method](const Call& call, ConversationId one, ClientId id) {
      (setup_.team.*method)(call.agent, one, std::move(id), acknowledge(call, one));
    });
  };
  const auto own = [&](const std::string& verb, std::vector<std::string_view> fields, auto method) {
    command(verb, std::move(fields),
            [this, method](const Call& call, ConversationId one, ClientId id) {
              (this->*method)(call, one, std::move(id));
            });
  };
  own("say", {"text"}, &ConversationCalls::say);
  own("note", {"text"}, &ConversationCalls::note);
  own("transfer", {"kind", "to", "unit", "note"}, &ConversationCalls::transfer);
  own("invite", {"colleague", "note"}, &ConversationCalls::invite);
  own("park", {"note"}, &ConversationCalls::park);
  own("close", {"outcome", "topic"}, &ConversationCalls::close);
  own("decline", {}, &ConversationCalls::decline);
  plain("leave", &service::TeamWork::leave);
  plain("resume", &service::TeamWork::resume);
  command("hand-back", {}, [this](const Call& call, ConversationId one, ClientId id) {
    setup_.view.hand_back(call.agent, one, std::move(id), acknowledge(call, one));
  });
}

void ConversationCalls::mount_team(net::Router& router) {
  gate_.get(router, "/desk/v1/team", as_agent([this](const Call& call) { show_team(call); }));
  gate_.post(router, "/desk/v1/presence", {"availability"},
             as_agent([this](const Call& call) { choose_presence(call); }));
  gate_.post(router, "/desk/v1/queue/next", {}, as_agent([this](const Call& call) { next(call); }));
}

void ConversationCalls::mount(net::Router& router) {
  const std::string one = "/desk/v1/conversations/*";
  gate_.get(router, one, on_conversation([this](auto& call, auto id) { open(call, id); }));
  gate_.get(router, one + "/units",
            on_conversation([this](auto& call, auto id) { units(call, id); }));
  gate_.get(router, one + "/replies",
            on_conversation([this](auto& call, auto id) { replies(call, id); }));
  gate_.post(router, one + "/draft", {"text"},
             on_conversation([this](auto& call, auto id) { keep_draft(call, id); }));
  gate_.post(router, one + "/send-again", {"seq", "even_if_twice"},
             on_conversation([this](auto& call, auto id) { send_again(call, id); }));
  gate_.post(router, one + "/take", {}, on_conversation([this](auto& call, auto id) {
               setup_.team.take(call.agent, id, taken(call, id));
             }));
  mount_commands(router);
  mount_team(router);
}

}  // namespace svar::desk
