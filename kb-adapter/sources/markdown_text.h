// The Markdown of an article as the plain text that a chat shows.
#pragma once

#include <map>
#include <string>

#include "kb-adapter/articles/article.h"
#include "kb-adapter/sources/yaml_reader.h"

namespace svar::kb {

// Splits the text at «# nn» and «## steps» and turns each part into plain text: paragraphs and
// lists apart by a blank line, «1. …» and «– …», emphasis dropped, links as «label (address)». What
// can't be shown (HTML, pictures, tables of HTML) is a finding. `first_line` is the line of the
// file on which `markdown` begins.
std::map<std::string, Body> parse_bodies(const std::string& markdown, int first_line,
                                         const FileReport& report);

}  // namespace svar::kb
