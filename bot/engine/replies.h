// Builds the reply once it is known what to say. Pure. Internal to the engine.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/engine/answering.h"
#include "intents/intent_matcher.h"
#include "kb-adapter/articles/article_index.h"
#include "kb-adapter/articles/compose.h"

namespace svar::engine {

// Whose facts to give, and how that is known: "text", "conversation", "site", "choice"; nobody's
// when null.
struct Whose {
  const kb::Municipality* municipality = nullptr;
  std::string_view from;
};

class Replies {
 public:
  Replies(const Question& question, const Release& release, Time now)
      : question_(question), release_(release), now_(now), language_(question.language) {}

  // From now on replies are in this language, and the conversation too.
  void switch_to(Language language) {
    language_ = language;
    wish_ = language;
  }
  Language language() const { return language_; }

  // The municipality of the conversation, else of the site.
  Whose known() const;

  // The approved answer to each of these, in this order; or a person, for what the bot must not
  // answer; or the question which municipality, when an answer depends on it and it is not known.
  // Precondition: articles is not empty.
  Reply answer(const std::vector<const kb::Article*>& articles, const Whose& whose,
               Explanation because, double confidence) const;

  // What is out of order about this topic, to be said before its answer.
  IncidentNotice incidents(const kb::Article& article, const Whose& whose) const;

  // Which of these? Two to four topics; falls over to the offer of a person when too much has been
  // asked already.
  Reply clarify(const std::vector<const kb::Article*>& articles, Explanation because,
                double confidence) const;

  Reply ask_municipality(const std::vector<ArticleId>& waiting, Explanation because) const;
  Reply ask_municipality(const std::vector<ArticleId>& waiting,
                         const std::vector<MunicipalityId>& among, Explanation because) const;
  // «Dale finst fleire stader».
  Reply ask_place(const std::vector<ArticleId>& waiting, const intents::PlaceMention& place,
                  Explanation because) const;

  // Nothing was understood: other words, then the offer of a person, then the person where one is
  // at work.
  Reply not_understood(Explanation because) const;
  Reply offer_person(Explanation because) const;
  // «Noko anna»: what was offered is not it.
  Reply something_else(Explanation because) const;

  Reply hand_off(HandoffReason reason, const std::vector<ArticleId>& topics,
                 Explanation because) const;
  Reply say(Outcome outcome, std::string_view key, Explanation because,
            const Release::Values& values = {}) const;
  Reply other_language(const intents::ForeignLanguage& foreign, Explanation because) const;
  Reply language_changed(Explanation because) const;

  Choice person() const { return {"person", release_.text("choice_person", language_)}; }
  Choice something_else_choice() const {
    return {"other", release_.text("choice_other", language_)};
  }

 private:
  Reply begin(Outcome outcome, Explanation because) const;
  Reply missing_fact(const kb::Article& article, const Whose& whose, Explanation because) const;
  void add_answer(Reply& reply, const kb::Article& article, const kb::Composed& composed) const;
  void add_incidents(Reply& reply, const kb::Article& article, const Whose& whose) const;
  std::string nothing_running(const kb::Article& article, const Whose& whose) const;
  Choice choice(const kb::Article& article) const;
  Choice choice(const kb::Municipality& municipality) const;
  bool asked_enough() const { return question_.clarify_turns >= kClarifyTurnsMax; }

  static constexpr int kClarifyTurnsMax = 2;  // in a row; then a person is offered

  const Question& question_;
  const Release& release_;
  Time now_;
  Language language_;
  std::optional<Language> wish_;
};

}  // namespace svar::engine
