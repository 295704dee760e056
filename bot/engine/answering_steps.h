// One message on its way to its reply; each step either knows the reply or leaves it to the next.
// Pure. Internal to the engine: answering.cpp has the order of the steps and what is no topic,
// pending_steps.cpp what was asked before, topic_steps.cpp what is asked now.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/engine/answering.h"
#include "bot/engine/forms.h"
#include "bot/engine/replies.h"
#include "bot/engine/topics.h"

namespace svar::engine {

inline constexpr double kConfidenceChosen = 1;

// An explanation that names no rule.
Explanation because(std::string_view how);

// What stands behind `prefix`; nothing when `text` does not begin with it.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix);

// Lives as long as one decision; refers to its question and release.
class Answering {
 public:
  Answering(const Question& question, const Release& release, Time now)
      : question_(question),
        release_(release),
        replies_(question, release, now),
        forms_(question, release, replies_, now) {}

  Reply message();
  Reply choice(const Choice& chosen);

 private:
  using ActHit = intents::ActHit;
  struct Settled : Whose {
    std::optional<MunicipalityId> municipality_id() const {
      return municipality == nullptr ? std::nullopt
                                     : std::optional<MunicipalityId>(municipality->id);
    }
  };
  // One question of several in a message. `text` refers to the message.
  struct Part {
    std::string_view text;
    intents::Matches matches;
    bool own_case() const;
    bool may_ask() const;  // false: it names no topic of its own, whatever the model would say
  };

  // --- answering.cpp
  Reply understood();
  Reply pressed(const Choice& chosen);
  std::optional<Reply> danger();
  std::optional<SafetyText> safety_text();
  std::optional<std::uint32_t> believed_alarm();
  const intents::Ranking& ranking();  // of the whole message; made when first asked for
  void hear_language_wish();
  // A form that waits for this message goes before everything but danger and the wish for a person;
  // a question beside it is answered first.
  std::optional<Reply> running_form();
  const ActHit* find_act(std::string_view act) const;
  std::vector<ArticleId> topics_so_far() const;
  std::vector<ArticleId> topics_of_case();
  std::vector<ArticleId> topics_beside(const ActHit& act);
  std::optional<Reply> wished_person();
  std::optional<Reply> person_or_case();
  // Whoever tells of illness is reminded that a chat is no place for it, and an angry citizen gets
  // the answer without an argument; both are offered a person.
  Reply with_care(Reply reply);
  std::optional<Reply> outside();
  // A greeting in front of a question is no answer to the question.
  std::optional<Reply> small_talk();
  void name_article(std::string_view id, Reply& reply) const;
  Reply say_of_controller(std::string_view key, Explanation why);
  // A wish alone; with a question the question is answered in the language wished. What was asked
  // before still waits.
  std::optional<Reply> language();

  // --- pending_steps.cpp
  std::optional<Reply> pending_question();
  // «nr 1 òg», when one of the list was given already.
  std::optional<Reply> another_of_list();
  // «den andre» after an answer to two questions.
  std::optional<Reply> one_of_last_topics();
  // We asked which municipality; a text that clearly asks something else is a new question.
  std::optional<Reply> pending_municipality();
  std::optional<Reply> pending_topic();
  // We asked which municipality and can't read the answer: ask once more, bounded like every
  // question.
  std::optional<Reply> waiting_still();
  Reply municipality_chosen(const MunicipalityId& id, Explanation why);

  // --- topic_steps.cpp
  // «når er feiing, og kva kostar barnehage?»: each part by itself, when at least two of them ask
  // for different things. What is about the citizen's own case is left to a person.
  std::optional<Reply> several_questions();
  // Null when it is the citizen's own case or not clear. Precondition: part.may_ask().
  const kb::Article* topic_of_part(const Part& part, Explanation& why) const;
  // What rules may ask of the conversation.
  intents::MatchContext context() const;
  std::optional<Reply> definitive();
  // «det er hol i vegen ved skulen» is a report: the form begins, behind the article's short answer
  // where it can be given.
  std::optional<Reply> begun_form(const intents::Hit& hit, const Explanation& why);
  // «kva med Gulen då», «og i Gulen?», «og kva kostar det»: the topic is the last one, or lies
  // beside it.
  std::optional<Reply> carried_topic();
  // What a half sentence asks beside the last topic; null when that is not certain.
  const kb::Article* beside(const kb::Article& last) const;
  // The best of what is possible, when it scores `least` and is a neighbour of the last topic.
  const kb::Article* likely_neighbour(const kb::Article& last, double least) const;
  // What is only possible: said when it is clear, else asked. What was too unlikely to be offered
  // is still told in the explanation.
  std::optional<Reply> possible();
  // With the emergency numbers before it when the message is like one in need.
  std::optional<Reply> said_with_care(Found found);
  Reply person_for_danger(Explanation why) const;
  std::optional<Reply> said_of(Found found);
  void add_neighbours(std::vector<const kb::Article*>& articles) const;
  // A place in the text goes before what is known; a name that may be elsewhere is taken for the
  // known one's.
  Settled whose() const;
  Reply answer(const std::vector<const kb::Article*>& articles, const Whose& whose_is,
               Explanation why, double confidence);
  std::vector<const kb::Article*> articles_of(const std::vector<ArticleId>& ids) const;
  Reply remember_place(Reply reply) const;

  const Question& question_;
  const Release& release_;
  Replies replies_;
  Forms forms_;
  intents::Matches matches_;
  std::optional<intents::Ranking> ranking_;
};

}  // namespace svar::engine
