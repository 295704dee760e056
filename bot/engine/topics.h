// Which topics a message is about, weighed. Pure. Internal to the engine.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "bot/domain/event.h"
#include "bot/engine/answering.h"
#include "bot/engine/release.h"
#include "intents/intent_matcher.h"
#include "intents/model/example_model.h"
#include "kb-adapter/articles/article_index.h"

namespace svar::engine {

// What definitive hits explain, best first, and what they beat. Precondition: there is a hit.
Explanation because_hits(const intents::Matches& matches);

// The topics of two or three questions in one message («når er feiing, og når tømmer de septik»),
// in the citizen's order; empty when the hits are rather different readings of one question.
std::vector<ArticleId> asked_together(const std::vector<intents::Hit>& hits,
                                      const intents::NormalText& text);

// «og barnehagen», «kva kostar det»: too short to stand alone.
bool is_half_sentence(const intents::NormalText& text);

// «og …», «enn …»: leans on what was said before.
bool opens_follow_up(const intents::NormalText& text);

// What a message may ask when nothing in it is definitive.
struct Found {
  std::vector<const kb::Article*> articles;  // likely enough to be offered, best first
  bool clear = false;                        // the first needs no question back
  double danger = 0;                         // how much the message is like one in need, 0…1
  Explanation because;                       // "model" or "search"; candidates that lost included
};
// By the example model, and by the articles' own text. `ranking`: the model's of these words.
Found possible_topics(const Release& release, const intents::Matches& matches,
                      const intents::Ranking& ranking);
Found possible_topics(const Release& release, const intents::Matches& matches);
inline constexpr std::size_t kWeighedMax = 5;  // labels of a ranking that are looked at

// How likely it is that the message is one in need, 0…1.
double danger_in(const Release& release, const intents::Ranking& ranking);
// From here on danger is the likeliest explanation, and is spoken of before anything else; where a
// rule explains the message, too, more is asked for. Chosen on messages of need by an author who
// had seen none of ours: 50 of 60 are then heard instead of 35, and two of 500 ordinary ones
// wrongly.
inline constexpr double kDangerLikely = 0.5;
inline constexpr double kDangerOverRule = 0.7;

// The words that spoke most for a label of the model.
void point_at_words(const Release& release, const intents::NormalText& words, std::uint32_t label,
                    Explanation& because);

// The whole safety text by what the model learned. `alarm`: the label that is believed.
std::optional<SafetyText> learned_danger(std::uint32_t alarm, const intents::Ranking& ranking,
                                         const intents::NormalText& words, Language language,
                                         const std::optional<MunicipalityId>& municipality,
                                         const Release& release);

// What to ask instead of answering by the only hit: its words are a few of many, and examples and
// articles take the message as a whole for something else («kva kostar det å parkere på ferjekaien»
// is not about the ferry). Nothing when the hit stands: short messages, exact examples and rules
// with a priority always do. Precondition: one hit.
std::optional<Found> doubt(const Release& release, const intents::Matches& matches,
                           const intents::Ranking& ranking);

// Whether a rule of so few words may be trusted blindly in this message: it is short.
bool is_short(const intents::NormalText& text);

// The hits' articles, first the one that the message as a whole is most like.
std::vector<ArticleId> likelier_first(const Release& release, const intents::Matches& matches);

// The one of these that a text fits best, when it clearly fits one: what was offered needs less
// proof.
std::optional<ArticleId> nearest_of(const kb::ArticleIndex& index, std::string_view text,
                                    const std::vector<ArticleId>& offered);

}  // namespace svar::engine
