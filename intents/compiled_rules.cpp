#include "intents/compiled_rules.h"

#include <unordered_map>

#include "intents/findings.h"
#include "intents/normal_expression.h"

namespace svar::intents {
namespace {

constexpr std::size_t kGoalBytesMin = 5;  // of words in titles: shorter ones are ordinary
constexpr std::size_t kFoldedExampleBytesMin = 5;

// One rule's condition, read. Faults are added to `findings`.
struct ReadRule {
  std::vector<Alternatives> groups;
  Alternatives unless;
  std::string pattern;
  bool good = true;
};

ReadRule read_rule(const Rule& rule, const ConditionReader& reader, Findings& findings) {
  ReadRule out;
  const auto fail = [&](const std::string& what) {
    findings.push_back(error("rule_unusable", rule.place, "Rule «" + rule.name + "»: " + what));
    out.good = false;
  };
  for (const std::vector<std::string>& group : rule.when.all) {
    auto read = reader.read(group);
    if (read) {
      out.groups.push_back(std::move(*read));
    } else {
      fail(read.error());
    }
  }
  if (!rule.when.unless.empty()) {
    auto read = reader.read(rule.when.unless);
    if (read) {
      out.unless = std::move(*read);
    } else {
      fail(read.error());
    }
  }
  if (!rule.when.pattern.empty()) {
    auto pattern = to_normal_expression(rule.when.pattern);
    if (pattern) {
      out.pattern = std::move(*pattern);
    } else {
      fail(pattern.error());
    }
  }
  const std::size_t parts = out.groups.size() + (out.pattern.empty() ? 0 : 1);
  if (rule.when.within && parts < 2) fail("«within» needs two groups or more to lie between");
  if (out.good && out.groups.empty() && out.pattern.empty()) {
    fail("it has neither «all» nor «pattern», so it can never match");
  }
  return out;
}

template <class Use>
void each_word(const ReadRule& rule, Use use) {
  for (const Alternatives& group : rule.groups) {
    for (const Phrase& phrase : group) {
      for (const WordPattern& word : phrase) use(word);
    }
  }
}

RuleSet::Parts parts_of(ReadRule read, const Rule& rule) {
  const Condition& when = rule.when;
  return {std::move(read.groups),
          std::move(read.unless),
          {when.ordered, when.within},
          std::move(read.pattern),
          when.situation.asks() ? &when.situation : nullptr};
}

// Fills the vocabulary from all that editors wrote.
class VocabularyFiller {
 public:
  explicit VocabularyFiller(Vocabulary& vocabulary) : vocabulary_(vocabulary) {}

  void rule(const ReadRule& rule) {
    each_word(rule, [&](const WordPattern& word) { vocabulary_.add_goal(word); });
    for (const Phrase& phrase : rule.unless) {
      for (const WordPattern& word : phrase) vocabulary_.add_known(word.text);
    }
  }
  void safety(const ReadRule& rule) {
    each_word(rule, [&](const WordPattern& word) { vocabulary_.add_untouchable(word); });
  }
  void title(std::string_view phrase) {
    const NormalText text = normalise(phrase);
    for (const Token& token : text.tokens) {
      const std::string_view word = text.word(token);
      if (word.size() >= kGoalBytesMin) vocabulary_.add_goal({std::string(word), false});
      vocabulary_.add_known(word);
    }
  }
  void known(std::string_view phrase) {
    const NormalText text = normalise(phrase, 1'000'000);
    for (const Token& token : text.tokens) vocabulary_.add_known(text.word(token));
  }
  void example(std::string_view phrase) {
    const NormalText text = normalise(phrase);
    for (const Token& token : text.tokens) {
      std::string word(text.word(token));
      if (++seen_[word] == 2 || word.size() <= 4) vocabulary_.add_seen(word);
    }
  }

 private:
  Vocabulary& vocabulary_;
  std::unordered_map<std::string, int> seen_;
};

}  // namespace

void IntentMatcher::Impl::add_examples(const Intent& intent) {
  const auto add = [&](auto& map, const std::string& key, std::size_t number) {
    std::vector<std::size_t>& all = map[key];
    if (all.empty() || all.back() != number) all.push_back(number);
  };
  for (std::size_t i = 0; i < intent.examples.size(); ++i) {
    const std::size_t number = examples.size();
    examples.push_back({&intent, i, intent.place.file + "#example " + std::to_string(i + 1)});
    const NormalText text = normalise(intent.examples[i]);
    const std::vector<ReadWord> written = words_of(text);
    const std::string plain = without_blanks(written);
    if (plain.empty()) continue;
    add(examples_by_key, plain, number);
    add(examples_by_key, without_blanks(read_words(written, equivalents)), number);
    if (plain.size() >= kFoldedExampleBytesMin) add(examples_by_fold, fold(plain), number);
  }
}

Place IntentMatcher::Impl::place_of_rule(std::string_view id) const {
  for (const Owner& owner : owners) {
    if (owner.id == id) return owner.rule->place;
  }
  for (std::size_t i = 0; i < safety_ids.size(); ++i) {
    if (safety_ids[i] == id) return safety_rules[i]->rule.place;
  }
  for (const Example& example : examples) {
    if (example.id == id)
      return place_of(example.intent->place, example.intent->example_lines, example.number);
  }
  return {};
}

Findings IntentMatcher::Impl::build() {
  Findings findings;
  equivalents = Equivalents(sources.equivalents);
  gazetteer = Gazetteer(options.places);
  foreign = ForeignWords(sources.languages);
  const ConditionReader reader(sources.groups, equivalents);
  VocabularyFiller fill(vocabulary);

  for (const SafetyRule& rule : sources.safety) {
    ReadRule read = read_rule(rule.rule, reader, findings);
    fill.safety(read);
    safety_rules.push_back(&rule);
    safety_ids.push_back(rule.rule.place.file + "#" + rule.rule.name);
    safety.add(parts_of(std::move(read), rule.rule));
  }
  const auto add = [&](const Rule& rule, const Intent* intent, const SpeechActRule* act) {
    ReadRule read = read_rule(rule, reader, findings);
    fill.rule(read);
    for (const std::string& example : rule.examples) fill.example(example);
    owners.push_back({&rule, intent, act, rule.place.file + "#" + rule.name});
    ordinary.add(parts_of(std::move(read), rule));
  };
  for (const SpeechActRule& act : sources.speech_acts) add(act.rule, nullptr, &act);
  for (const Intent& intent : sources.intents) {
    for (const Rule& rule : intent.rules) add(rule, &intent, nullptr);
    for (const std::string& synonym : intent.synonyms) fill.title(synonym);
    for (const std::string& example : intent.examples) fill.example(example);
    add_examples(intent);
  }
  for (const std::string& phrase : options.domain_words) fill.title(phrase);
  for (const std::string& text : options.known_words) fill.known(text);
  for (const std::string& word : equivalents.all_words()) vocabulary.add_known(word);
  for (const NamedPlace& place : options.places) {
    const NormalText name = normalise(place.name);
    for (const Token& token : name.tokens) {
      if (name.word(token).size() > 3)
        vocabulary.add_untouchable({std::string(name.word(token)), false});
    }
  }
  vocabulary.close();
  if (findings.empty() && (!ordinary.compile(options.automaton_bytes_max) ||
                           !safety.compile(options.automaton_bytes_max / 4))) {
    findings.push_back(
        error("automaton_full", {},
              "The rules together do not fit into the memory set aside for them: look for long "
              "patterns with many alternatives, or raise the limit"));
  }
  return findings;
}

}  // namespace svar::intents
