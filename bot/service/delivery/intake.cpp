#include "bot/service/delivery/intake.h"

#include <sodium.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace svar::service {
namespace {

constexpr std::chrono::milliseconds kTryAfter{1'000};
constexpr std::size_t kCodePointsMax = 4'000;  // of one message, as decide takes it
constexpr std::size_t kKnownMax = 50'000;      // contacts remembered; more are looked up again
constexpr int kErasedMax = 64;                 // conversations of one contact, one after the other

// What concerns messages of ours, not the citizen's words.
bool is_about_ours(const Incoming& incoming) {
  return std::holds_alternative<Incoming::Echo>(incoming.what) ||
         std::holds_alternative<Incoming::Receipt>(incoming.what) ||
         std::holds_alternative<Incoming::ReceiptUpTo>(incoming.what) ||
         std::holds_alternative<Incoming::Unreachable>(incoming.what);
}

// Some platforms take longer messages than we do: then it is said in several.
void add_in_pieces(std::vector<Incoming>& all, Incoming incoming) {
  const auto* said = std::get_if<Incoming::Said>(&incoming.what);
  if (said == nullptr || size_in(said->text, TextUnit::code_points) <= kCodePointsMax) {
    all.push_back(std::move(incoming));
    return;
  }
  int number = 0;
  for (std::string& piece : split_text(said->text, kCodePointsMax, TextUnit::code_points)) {
    Incoming each = incoming;
    if (++number > 1) each.event += "/" + std::to_string(number);
    each.what = Incoming::Said{std::move(piece)};
    all.push_back(std::move(each));
  }
}

}  // namespace

struct Intake::Impl {
  // A batch under way.
  struct Batch {
    const Channel* channel = nullptr;
    std::function<void(Outcome)> done;
    std::size_t contacts_left = 0;
    std::optional<std::chrono::milliseconds> try_after;
  };
  // What one contact sent in it.
  struct Run {
    std::shared_ptr<Batch> batch;
    std::vector<Incoming> incoming;
    std::size_t next = 0;
    int generation = 0;  // how many conversations of the contact were erased
    std::optional<ConversationId> conversation;
    bool address_stored = false;
  };
  using RunPtr = std::shared_ptr<Run>;
  struct Known {
    ConversationId conversation;
    int generation = 0;
  };

  EventStore& store;
  Conversations& conversations;
  Delivery& delivery;
  const Clock& clock;
  const IntakeKey key;
  Counters counters;
  std::unordered_map<std::string, Known> known;  // by contact key, of generation 0

  std::string hash(std::string_view what, std::string_view channel, std::string_view id) const {
    std::string text{what};
    text.append(1, '\0').append(channel).append(1, '\0').append(id);
    std::array<unsigned char, 16> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), key.data(),
                       key.size());
    std::array<char, 33> digits{};
    sodium_bin2hex(digits.data(), digits.size(), digest.data(), digest.size());
    return digits.data();
  }

  static const ChannelFacts& facts(const Run& run) { return run.batch->channel->facts(); }
  const std::string& contact(const Run& run) const { return run.incoming.front().contact; }
  ClientId client_id(const Run& run, std::string_view event) const {
    return ClientId{hash("event", facts(run).id, event)};
  }
  std::string contact_key(const Run& run) const {
    return facts(run).id + ":" + hash("contact", facts(run).id, contact(run));
  }

  void finish(const RunPtr& run, std::optional<std::chrono::milliseconds> try_after) {
    Batch& batch = *run->batch;
    if (try_after) batch.try_after = std::max(batch.try_after.value_or(kTryAfter), *try_after);
    if (--batch.contacts_left > 0) return;
    if (batch.try_after) {
      ++counters.later;
      return batch.done(TryLater{*batch.try_after});
    }
    batch.done(Taken{});
  }

  void begin(const RunPtr& run) {
    if (contact(*run).empty()) return step(run);
    const auto found = known.find(contact_key(*run));
    if (found == known.end()) return create(run);
    run->conversation = found->second.conversation;
    run->generation = found->second.generation;
    run->address_stored = true;
    step(run);
  }

  void create(const RunPtr& run) {
    std::string contact = contact_key(*run);
    if (run->generation > 0) contact += "~" + std::to_string(run->generation);
    store.create(std::move(contact), clock.now(), [this, run](const auto& made) {
      if (!made) return finish(run, kTryAfter);
      run->conversation = *made;
      run->address_stored = false;
      step(run);
    });
  }

  // Decides the next of what the contact sent; ends the run behind the last.
  void step(const RunPtr& run) {
    if (run->next == run->incoming.size()) return finish(run, std::nullopt);
    const Incoming& incoming = run->incoming[run->next];
    if (is_about_ours(incoming)) return note(run, incoming);
    if (!run->conversation) {
      ++counters.refused;
      return advance(run);
    }
    if (!std::exchange(run->address_stored, true)) return store_address(run);
    const auto* pressed = std::get_if<Incoming::Pressed>(&incoming.what);
    if (pressed != nullptr) return press(run, *pressed);
    submit(run, input_of(*run, incoming));
  }

  void advance(const RunPtr& run) {
    ++run->next;
    step(run);
  }

  void note(const RunPtr& run, const Incoming& incoming) {
    delivery.note(facts(*run), run->conversation, incoming, [this, run](const auto& error) {
      if (error) return finish(run, kTryAfter);
      advance(run);
    });
  }

  void store_address(const RunPtr& run) {
    delivery.see_contact({*run->conversation, facts(*run).id, contact(*run)},
                         [this, run](const auto& error) {
                           if (error) return finish(run, kTryAfter);
                           if (known.size() >= kKnownMax) known.clear();
                           known[contact_key(*run)] = {*run->conversation, run->generation};
                           step(run);
                         });
  }

  Input input_of(const Run& run, const Incoming& incoming) const {
    const ClientId id = client_id(run, incoming.event);
    if (const auto* said = std::get_if<Incoming::Said>(&incoming.what))
      return CitizenSays{id, said->text};
    if (const auto* edited = std::get_if<Incoming::Edited>(&incoming.what))
      return CitizenEdits{id, client_id(run, edited->of), edited->text};
    if (const auto* withdrawn = std::get_if<Incoming::Withdrawn>(&incoming.what))
      return CitizenWithdraws{id, client_id(run, withdrawn->of)};
    if (const auto* answered = std::get_if<Incoming::AnsweredElsewhere>(&incoming.what))
      return PlatformAnswers{id, answered->text};
    return CitizenSendsOther{id, std::get<Incoming::SentOther>(incoming.what).kind};
  }

  // A choice among those offered last; else its label is what the citizen says.
  void press(const RunPtr& run, const Incoming::Pressed& pressed) {
    if (pressed.key == "person") {
      const ClientId id = client_id(*run, run->incoming[run->next].event);
      return submit(run, CitizenAsksForPerson{id});
    }
    conversations.state(*run->conversation, [this, run](const auto& state) {
      if (!state) return finish(run, kTryAfter);
      const Incoming& incoming = run->incoming[run->next];
      const auto& pressed = std::get<Incoming::Pressed>(incoming.what);
      const ClientId id = client_id(*run, incoming.event);
      const Choice* choice = choice_of_key(pressed.key, state->pending.choices);
      // A repeat must be known as such, also when other choices have been offered since.
      if (choice != nullptr || state->seen.contains(id) || pressed.label.empty())
        return submit(run, CitizenChooses{id, choice ? choice->id : pressed.key});
      submit(run, CitizenSays{id, pressed.label});
    });
  }

  void submit(const RunPtr& run, Input input) {
    Opening opening;
    opening.site = facts(*run).site;
    opening.channel = facts(*run).name;
    conversations.submit(*run->conversation, opening, std::move(input), Acceptance::words_first,
                         [this, run](const SubmitOutcome& outcome) { submitted(run, outcome); });
  }

  void submitted(const RunPtr& run, const SubmitOutcome& outcome) {
    if (const auto* accepted = std::get_if<Accepted>(&outcome)) {
      ++(accepted->repeated ? counters.repeated : counters.accepted);
      return advance(run);
    }
    const auto& refused = std::get<Refused>(outcome);
    if (refused.code == RefusalCode::overloaded || refused.code == RefusalCode::unavailable)
      return finish(run, std::chrono::milliseconds{refused.retry_after_ms});
    if (refused.code == RefusalCode::not_open && run->generation < kErasedMax) {
      // Erased, and this is no repeat of what was said before it: a new conversation begins.
      known.erase(contact_key(*run));
      ++run->generation;
      return create(run);
    }
    ++counters.refused;
    advance(run);
  }
};

Intake::Intake(EventStore& store, Conversations& conversations, Delivery& delivery,
               const Clock& clock, const IntakeKey& key)
    : impl_(new Impl{store, conversations, delivery, clock, key, {}, {}}) {}

Intake::~Intake() = default;

void Intake::take(const Channel& channel, Decoded decoded, std::function<void(Outcome)> done) {
  impl_->counters.unknown += decoded.unknown.size();
  std::stable_sort(decoded.incoming.begin(), decoded.incoming.end(),
                   [](const Incoming& a, const Incoming& b) { return a.at < b.at; });
  std::map<std::string, std::vector<Incoming>> by_contact;
  for (Incoming& incoming : decoded.incoming) {
    std::vector<Incoming>& all = by_contact[incoming.contact];
    add_in_pieces(all, std::move(incoming));
  }
  auto batch = std::make_shared<Impl::Batch>();
  batch->channel = &channel;
  batch->done = std::move(done);
  batch->contacts_left = by_contact.size();
  if (by_contact.empty()) return batch->done(Taken{});
  for (auto& [contact, incoming] : by_contact) {
    auto run = std::make_shared<Impl::Run>();
    run->batch = batch;
    run->incoming = std::move(incoming);
    impl_->begin(run);
  }
}

const Intake::Counters& Intake::counters() const {
  return impl_->counters;
}

}  // namespace svar::service
