// The forms of a word in both written languages, for word groups that ask for them. Pure.
//
// A handful of endings a class, no dictionary: a form that nobody writes does no harm in a rule,
// one that is another word might, so an editor chooses the class and may write odd forms out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace svar::intents {

enum class Inflection { none, masculine, feminine, neuter, verb, adjective };

// «masculine» … «adjective»; nothing for another word.
std::optional<Inflection> inflection_from_code(std::string_view code);

// The phrase as written and with its last word in every form, without repeats: «bossdunk»,
// «bossdunken», «bossdunkar» … UTF-8, small letters. Verbs are given in the infinitive («hente»,
// «tømme», «søkje», «bu»), nouns and adjectives in their basic form.
std::vector<std::string> inflected(std::string_view phrase, Inflection inflection);

}  // namespace svar::intents
