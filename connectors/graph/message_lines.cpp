#include "connectors/graph/message_lines.h"

#include <algorithm>
#include <set>

namespace svar::graph {
namespace {

std::string_view unconfirmed(Language language) {
  switch (language) {
    case Language::nn:
      return " (døme, ikkje stadfesta)";
    case Language::nb:
      return " (eksempel, ikke bekreftet)";
    case Language::en:
      return " (sample, not confirmed)";
  }
  return "";
}

bool is_one_line(const std::string& label) {
  return label.find_first_not_of(' ') != std::string::npos &&
         std::none_of(label.begin(), label.end(),
                      [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; });
}

}  // namespace

std::string with_links(const service::Outgoing& message) {
  std::string text = message.text;
  for (const Link& link : message.links) {
    if (!text.empty()) text += &link == &message.links.front() ? "\n\n" : "\n";
    if (!link.label.empty()) text += link.label + ": ";
    text += link.url;
    if (link.sample) text += unconfirmed(message.language);
  }
  return text;
}

bool labels_fit(const std::vector<Choice>& choices, std::size_t units_max) {
  std::set<std::string_view> labels;
  return std::all_of(choices.begin(), choices.end(), [&](const Choice& choice) {
    return is_one_line(choice.label) &&
           service::size_in(choice.label, service::TextUnit::utf16) <= units_max &&
           labels.insert(choice.label).second;
  });
}

}  // namespace svar::graph
