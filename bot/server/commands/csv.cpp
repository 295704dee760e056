#include "bot/server/commands/csv.h"

namespace svar::server {

std::string csv_cell(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \"'");
  const bool is_formula =
      first != text.npos && std::string_view("=+-@\t\r").find(text[first]) != text.npos;
  std::string cell = is_formula ? "'" : "";
  cell += text;
  if (cell.find_first_of(",\"\r\n") == cell.npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace svar::server
