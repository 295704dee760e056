#include "kb-adapter/articles/passages.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "kb-adapter/articles/folding.h"
#include "kb-adapter/articles/norwegian_forms.h"
#include "kb-adapter/articles/text_features.h"

namespace svar::kb {
namespace {

constexpr std::size_t kQueryLettersMax = 400;
constexpr std::size_t kTextLettersMax = 100'000;
constexpr std::size_t kPassageBytesMax = 280;  // unless one sentence is longer
constexpr double kAlike = 0.5;  // share of the shorter word's pieces that the other has too
constexpr double kFunctionWord = 0.1;

struct Word {
  Feature whole = 0;
  std::vector<Feature> pieces;  // rising
  double weight = 0;            // of a word that is searched for
  Span source;
};

std::vector<Word> words_of(std::string_view text, std::size_t letters_max) {
  FoldedText folded;
  fold(text, letters_max, folded);
  std::vector<Word> words;
  std::string form;
  for (const FoldedWord& at : folded.words) {
    Word word;
    common_form(folded.word(at), form);
    word.whole = word_feature(form);
    append_pieces(form, word.pieces);
    std::sort(word.pieces.begin(), word.pieces.end());
    word.source = {at.source_begin, at.source_end};
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<Word> words_searched(const ArticleIndex& index, std::string_view query) {
  std::vector<Word> words = words_of(query, kQueryLettersMax);
  for (Word& word : words) {
    word.weight = index.rarity(word.whole) * (is_function_word(word.whole) ? kFunctionWord : 1);
  }
  return words;
}

// 1 for the same word, less for its relatives («kalender» in «tømmekalendaren»), 0 for others.
double likeness(const Word& a, const Word& b) {
  if (a.whole == b.whole) return 1;
  if (is_function_word(a.whole) || is_function_word(b.whole)) return 0;
  std::vector<Feature> both;
  std::set_intersection(a.pieces.begin(), a.pieces.end(), b.pieces.begin(), b.pieces.end(),
                        std::back_inserter(both));
  const std::size_t shorter = std::min(a.pieces.size(), b.pieces.size());
  const double share =
      static_cast<double>(both.size()) / static_cast<double>(std::max<std::size_t>(shorter, 1));
  return share < kAlike ? 0 : share;
}

// A sentence, and what it has of the search.
struct Sentence {
  std::size_t begin = 0;
  std::size_t end = 0;
  double score = 0;
};

// Where sentences end, in bytes; a line is one at least.
std::vector<std::size_t> sentence_ends(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UText, decltype(&utext_close)> view(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &error),
      &utext_close);
  const std::unique_ptr<UBreakIterator, decltype(&ubrk_close)> breaks(
      ubrk_open(UBRK_SENTENCE, "nb", nullptr, 0, &error), &ubrk_close);
  ubrk_setUText(breaks.get(), view.get(), &error);
  std::vector<std::size_t> ends;
  if (U_FAILURE(error) != 0) return {text.size()};
  ubrk_first(breaks.get());
  for (std::int32_t at = ubrk_next(breaks.get()); at != UBRK_DONE; at = ubrk_next(breaks.get())) {
    ends.push_back(static_cast<std::size_t>(at));
  }
  return ends;
}

std::size_t without_blanks(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
  return end;
}

std::vector<Sentence> sentences_of(std::string_view text, const std::vector<Word>& words) {
  std::vector<Sentence> sentences;
  std::size_t begin = 0;
  for (const std::size_t end : sentence_ends(text)) {
    const bool has_letters = std::any_of(words.begin(), words.end(), [&](const Word& word) {
      const unsigned char first = static_cast<unsigned char>(text[word.source.begin]);
      return word.source.begin >= begin && word.source.end <= end && (first < '0' || first > '9');
    });
    if (!has_letters && end < text.size()) continue;  // «1.» belongs to what follows
    sentences.push_back({begin, without_blanks(text, begin, end), 0});
    begin = end;
  }
  return sentences;
}

// A text of an article, read for one search.
struct Candidate {
  FieldText origin;
  FilledText filled;
  std::vector<Word> words;
  std::vector<Sentence> sentences;
  std::size_t best = 0;  // sentence
};

double score_of(const Sentence& sentence, const std::vector<Word>& words,
                const std::vector<Word>& searched) {
  double score = 0;
  for (const Word& wanted : searched) {
    double nearest = 0;
    for (const Word& word : words) {
      const bool inside = word.source.begin >= sentence.begin && word.source.end <= sentence.end;
      if (inside) nearest = std::max(nearest, likeness(wanted, word));
    }
    score += nearest * wanted.weight;
  }
  return score;
}

Candidate read(const FieldText& origin, const Municipality* municipality,
               const std::vector<Word>& searched) {
  Candidate out{origin, with_facts(origin.text, municipality, origin.language), {}, {}, 0};
  out.words = words_of(out.filled.text, kTextLettersMax);
  out.sentences = sentences_of(out.filled.text, out.words);
  for (std::size_t i = 0; i < out.sentences.size(); ++i) {
    out.sentences[i].score = score_of(out.sentences[i], out.words, searched);
    if (out.sentences[i].score > out.sentences[out.best].score) out.best = i;
  }
  return out;
}

// The best sentence and its neighbours, those that follow first, as far as they fit.
Span around_best(const Candidate& candidate) {
  std::size_t first = candidate.best;
  std::size_t last = candidate.best;
  const auto& sentences = candidate.sentences;
  const auto fits = [&](std::size_t from, std::size_t to) {
    return sentences[to].end - sentences[from].begin <= kPassageBytesMax;
  };
  while (last + 1 < sentences.size() && fits(first, last + 1)) ++last;
  while (first > 0 && fits(first - 1, last)) --first;
  return {sentences[first].begin, sentences[last].end};
}

Passage passage_of(const ArticleHit& hit, const Candidate& best,
                   const std::vector<Word>& searched) {
  Passage out;
  out.article = hit.article;
  out.score = hit.score;
  out.field = best.origin.field;
  out.section = best.origin.name;
  out.language = best.origin.language;
  out.sample = best.filled.sample;
  const Span span = around_best(best);
  out.text = best.filled.text.substr(span.begin, span.end - span.begin);
  for (const Word& word : best.words) {
    if (word.source.begin < span.begin || word.source.end > span.end ||
        is_function_word(word.whole))
      continue;
    const bool found = std::any_of(searched.begin(), searched.end(),
                                   [&](const Word& wanted) { return likeness(wanted, word) > 0; });
    if (found) out.found.push_back({word.source.begin - span.begin, word.source.end - span.begin});
  }
  return out;
}

bool is_shown(const FieldText& text, const Article& article, Language language) {
  switch (text.field) {
    case Field::short_answer:
    case Field::section:
      return text.language == article.spoken(language);
    case Field::agent_note:
      return text.text == article.agent_note.in(language);
    default:
      return false;
  }
}

}  // namespace

std::vector<Passage> passages(const ArticleIndex& index, std::string_view query,
                              const Municipality* municipality, Language language,
                              std::size_t count_max) {
  const std::vector<Word> searched = words_searched(index, query);
  std::vector<Passage> out;
  for (const ArticleHit& hit : index.search_with_notes(query, count_max)) {
    std::vector<Candidate> candidates;
    for (const FieldText& text : texts_of(*hit.article)) {
      if (!is_shown(text, *hit.article, language)) continue;
      Candidate candidate = read(text, municipality, searched);
      if (!candidate.sentences.empty()) candidates.push_back(std::move(candidate));
    }
    // The first of equals: the short answer stands first.
    const auto best =
        std::max_element(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
          return a.sentences[a.best].score < b.sentences[b.best].score;
        });
    if (best != candidates.end()) out.push_back(passage_of(hit, *best, searched));
  }
  return out;
}

}  // namespace svar::kb
