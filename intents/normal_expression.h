// An editor's raw pattern, made fit for normalised text. Pure.
#pragma once

#include <string>
#include <string_view>

#include "bot/domain/result.h"

namespace svar::intents {

// An expression on the lines of normalised text (intents/lines.h), where every word stands between
// two blanks of its own. «\b», «\w», «\s», «a-z» in a class and «(?i)» mean what editors expect,
// also for Norwegian letters; letters are composed and made small. The error says what to write
// instead: of «^», «$», «\B», look-ahead, back-references and what RE2 refuses.
Result<std::string, std::string> to_normal_expression(std::string_view pattern);

// Whether an expression holds at least three letters in a row that every match must contain,
// roughly: else it is tried on every message and hits too much.
bool has_literal(std::string_view pattern);

}  // namespace svar::intents
