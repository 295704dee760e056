// What agents send with one key must be right before anybody can press it.
#include <set>
#include <tuple>

#include "bot/service/content/checks.h"
#include "kb-adapter/articles/compose.h"

namespace svar::service {
namespace {

constexpr std::size_t kTitleCodePointsMax = 60;
constexpr std::size_t kTextCodePointsMax = 1'000;

std::set<std::string> slots_of(const std::string& text) {
  const auto slots = kb::slots_in(text);
  return {slots.begin(), slots.end()};
}

}  // namespace

bool Checker::is_reply_slot(const std::string& slot) const {
  return slot == kb::kAgentSlot || slot == "municipality.name" ||
         slot == "municipality.full_name" || slot == "municipality.council" ||
         content_.facts.contains(slot);
}

void Checker::check_reply(const kb::CannedReply& reply) {
  const std::string name = "the reply «" + reply.id + "»";
  const kb::Localised& title = reply.title;
  const kb::Localised& text = reply.text;
  const std::tuple<const char*, const std::string&, const std::string&> written[] = {
      {"nn", title.nn, text.nn}, {"nb", title.nb, text.nb}, {"en", title.en, text.en}};
  for (const auto& [language, its_title, its_text] : written) {
    const std::string where = name + " in " + language;
    if (its_title.empty() || its_text.empty()) {
      error(reply.place, where + " is missing its title or its text");
      continue;
    }
    if (code_points(its_title) > kTitleCodePointsMax)
      error(reply.place, where + " has a title of more than 60 characters");
    if (code_points(its_text) > kTextCodePointsMax)
      error(reply.place, where + " has more than 1,000 characters");
    if (slots_of(its_text) != slots_of(text.nn))
      error(reply.place, where + " has other slots than in nn");
  }
  for (const std::string& slot : slots_of(reply.text.nn)) {
    if (!is_reply_slot(slot))
      error(reply.place, name + " has the slot «{{" + slot +
                             "}}», which is not listed in facts.yaml and not " +
                             std::string(kb::kAgentSlot));
  }
}

void Checker::check_replies() {
  std::set<std::pair<std::string, std::string>> seen;  // of a municipality (empty: common), an id
  for (const kb::CannedReply& reply : content_.replies) {
    const std::string whose = reply.municipality ? reply.municipality->value : std::string();
    if (!seen.emplace(whose, reply.id).second)
      error(reply.place, "the reply «" + reply.id + "» is written twice; keep one of them");
    if (!whose.empty() && !content_.municipalities.contains(whose))
      error(reply.place, "there is no municipality «" + whose + "»");
    check_reply(reply);
    check_reply_hosts(reply);
  }
}

}  // namespace svar::service
