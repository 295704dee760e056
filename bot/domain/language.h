// The languages the product answers in. Nynorsk is the source language.
#pragma once

#include <optional>
#include <string_view>

namespace svar {

enum class Language { nn, nb, en };

std::string_view code(Language language);  // "nn", "nb", "en"
std::optional<Language> language_from_code(std::string_view code);

}  // namespace svar
