#include "bot/service/desk/dossier.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <utility>

#include "bot/engine/form_values.h"

namespace svar::service {
namespace {

constexpr int kPreviewCodePointsMax = 120;
constexpr std::size_t kUnderstoodMax = 20;
constexpr std::size_t kArticlesMax = 50;

// The first `count_max` code points of valid UTF-8.
std::string beginning(std::string_view text, int count_max) {
  int count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (begins && ++count > count_max) return std::string(text.substr(0, i));
  }
  return std::string(text);
}

void note_shown(Dossier& dossier, const BotReplied& replied) {
  if (replied.outcome != Outcome::answer) return;
  for (std::size_t i = 0; i < replied.topics.size(); ++i) {
    const ArticleId& article = replied.topics[i];
    auto& shown = dossier.articles_shown;
    const bool known = std::any_of(shown.begin(), shown.end(),
                                   [&](const ShownArticle& s) { return s.article == article; });
    if (known || shown.size() >= kArticlesMax) continue;
    shown.push_back({article, i == 0 ? replied.topic_title : std::string()});
  }
}

// What each event adds to what `evolve` already keeps.
struct Fold {
  Dossier& dossier;
  const Recorded& recorded;

  void operator()(const ConversationOpened& opened) const {
    dossier.opened_at = recorded.at;
    dossier.page_url = opened.page_url;
    dossier.page_title = opened.page_title;
    dossier.notice_version = opened.notice_version;
  }
  void operator()(const CitizenSpoke& spoke) const { preview(spoke.text); }
  void operator()(const CitizenChose& chose) const { preview(chose.choice.label); }
  void operator()(const BotReplied& replied) const {
    note_shown(dossier, replied);
    if (!replied.topic_title.empty()) dossier.topic_title = replied.topic_title;
    if (replied.topics.empty() && replied.outcome == Outcome::smalltalk) return;
    dossier.understood.push_back({recorded.seq, replied.topics, replied.topic_title,
                                  replied.confidence, replied.because.how, replied.outcome});
    if (dossier.understood.size() > kUnderstoodMax) {
      dossier.understood.erase(dossier.understood.begin());
    }
  }
  void operator()(const HandoffRequested&) const { dossier.was_at_desk = true; }
  void operator()(const AgentJoined&) const { dossier.was_at_desk = true; }
  void operator()(const Redacted& redacted) const {
    if (!dossier.form) return;
    for (std::size_t i = 0; i < dossier.form->words.size(); ++i) {
      const Seq seq = dossier.form->at.filled[i].seq;
      const auto& seqs = redacted.seqs;
      if (std::find(seqs.begin(), seqs.end(), seq) != seqs.end()) dossier.form->words[i].clear();
    }
  }
  void operator()(const Erased&) const {
    dossier.form.reset();
    dossier.preview.clear();
    dossier.page_url.clear();
    dossier.page_title.clear();
  }
  template <class Other>
  void operator()(const Other&) const {}

  void preview(std::string_view text) const {
    dossier.preview = beginning(text, kPreviewCodePointsMax);
  }
};

// The form that goes with a hand-off, with its words, which the state forgets by it.
void take_form(Dossier& dossier, const Recorded& recorded) {
  const auto* handoff = std::get_if<HandoffRequested>(&recorded.event);
  if (handoff == nullptr || !handoff->form) return;
  RunningForm given{*handoff->form, {}, recorded.seq};
  for (const FormValue& value : given.at.filled) {
    std::string words;
    if (const auto& held = dossier.state.form) {
      const auto found = std::find(held->at.filled.begin(), held->at.filled.end(), value);
      if (found != held->at.filled.end()) {
        words = held->words[static_cast<std::size_t>(found - held->at.filled.begin())];
      }
    }
    given.words.push_back(std::move(words));
  }
  dossier.form = std::move(given);
}

std::string chosen_option(const RunningForm& form) {
  const auto& filled = form.at.filled;
  const auto found = std::find_if(filled.begin(), filled.end(),
                                  [](const FormValue& value) { return !value.option.empty(); });
  return found == filled.end() ? std::string() : found->option;
}

std::optional<Packet::Form> form_of(const Dossier& dossier, const engine::Release& release,
                                    Language reader) {
  if (!dossier.form) return std::nullopt;
  const FormProgress& at = dossier.form->at;
  const engine::Form* known = release.form(at.form);
  Packet::Form form{at.form,
                    known == nullptr ? at.form : known->title.in(reader),
                    at.reference,
                    at.stage == FormStage::sent,
                    {}};
  for (std::size_t i = 0; i < at.filled.size(); ++i) {
    const FormValue& value = at.filled[i];
    const engine::FormField* field = known == nullptr ? nullptr : known->field(value.field);
    const std::string& words = dossier.form->words[i];
    form.values.push_back(
        {value.field, field == nullptr ? value.field : field->label.in(reader),
         field == nullptr ? words : engine::shown_value(*field, value, words, reader), value.seq});
  }
  return form;
}

std::optional<Time> waiting_since(const Dossier& dossier) {
  if (dossier.state.owner != Owner::queue) return std::nullopt;
  return std::max(dossier.state.waiting_since, dossier.waiting_since_min);
}

Packet::About about(const kb::Municipality& municipality, const engine::Release& release,
                    Language reader) {
  Packet::About about{municipality.id,     municipality.name,   municipality.full_name.in(reader),
                      municipality.number, municipality.colour, {}};
  for (const auto& [key, fact] : municipality.facts) {
    const auto label = release.fact_labels.find(key);
    about.facts.push_back({key, label == release.fact_labels.end() ? key : label->second.in(reader),
                           fact.value.in(reader), fact.source, fact.sample});
  }
  return about;
}

}  // namespace

void fold(Dossier& dossier, const Recorded& recorded) {
  take_form(dossier, recorded);
  evolve(dossier.state, recorded);
  std::visit(Fold{dossier, recorded}, recorded.event);
}

Card card_of(const Dossier& dossier) {
  const Conversation& state = dossier.state;
  Card card;
  card.id = dossier.id;
  card.seq = state.last_seq;
  card.owner = state.owner;
  if (state.owner == Owner::agent) {
    card.agent = state.agent;
    card.agent_name = state.agent_name;
  }
  card.site = state.site;
  card.controller = state.controller;
  card.municipality = state.municipality;
  card.language = state.language;
  card.channel = state.channel;
  card.waiting_since = waiting_since(dossier);
  card.last_at = state.last_at;
  card.reason = state.handoff_reason;
  card.safety = state.safety_flag;
  card.preview = dossier.preview;
  card.topics = state.last_topics;
  card.message_waits = state.message_waits;
  card.told_of_wait = state.told_of_wait;
  card.parked = state.parked;
  card.offer = state.offer;
  card.invited = state.invited;
  card.last_citizen_at = state.last_citizen_at;
  card.topic_title = dossier.topic_title;
  if (dossier.form && dossier.form->at.stage == FormStage::sent) {
    card.form = dossier.form->at.form;
    card.form_option = chosen_option(*dossier.form);
  }
  return card;
}

int weight_of(const Card& card) {
  if (card.parked) return 0;
  return card.safety || card.reason == HandoffReason::sensitive ? 2 : 1;
}

bool may_take(const Card& card, const AgentId& agent) {
  if (card.offer && card.offer->from != agent) return !card.offer->to || card.offer->to == agent;
  return card.owner == Owner::queue;
}

bool comes_before(const Card& a, const Card& b) {
  const auto rank = [](const Card& card) {
    return std::make_tuple(card.safety ? 0 : 1, card.waiting_since.value_or(card.last_at), card.id);
  };
  return rank(a) < rank(b);
}

Packet packet_of(const Dossier& dossier, const engine::Release& release, Language reader) {
  const Conversation& state = dossier.state;
  Packet packet;
  if (state.municipality) {
    if (const auto* known = release.municipality(*state.municipality)) {
      packet.municipality = about(*known, release, reader);
    }
  }
  packet.controller = state.controller;
  packet.reason = state.handoff_reason;
  packet.safety = state.safety_flag;
  packet.page_url = dossier.page_url;
  packet.page_title = dossier.page_title;
  packet.language = state.language;
  packet.channel = state.channel;
  packet.opened_at = dossier.opened_at;
  packet.waiting_since = waiting_since(dossier);
  packet.understood = dossier.understood;
  packet.articles_shown = dossier.articles_shown;
  packet.notice_version = dossier.notice_version;
  packet.misses = state.misses;
  packet.form = form_of(dossier, release, reader);
  return packet;
}

}  // namespace svar::service
