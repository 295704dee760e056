#include "connectors/graph/faults.h"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>

#include "connectors/graph/json_reading.h"

namespace svar::graph {
namespace {

constexpr std::int64_t kAny = -1;

// The first rule that fits decides; a rule with a subcode stands before the one without.
struct Rule {
  std::int64_t first;
  std::int64_t last;
  std::int64_t subcode;
  Remedy remedy;
};
constexpr Rule code(std::int64_t code, Remedy remedy) {
  return {code, code, kAny, remedy};
}
constexpr Rule codes(std::int64_t first, std::int64_t last, Remedy remedy) {
  return {first, last, kAny, remedy};
}
constexpr Rule with(std::int64_t code, std::int64_t subcode, Remedy remedy) {
  return {code, code, subcode, remedy};
}
constexpr Rule subcode(std::int64_t subcode, Remedy remedy) {
  return {0, std::numeric_limits<std::int64_t>::max(), subcode, remedy};
}

constexpr Rule kMessaging[] = {
    // One person who can't be reached is no fault of the channel, though it comes as a permission.
    subcode(1545041, Remedy::give_up),    // not available, or the window is closed
    with(200, 2018108, Remedy::give_up),  // receives nothing from this page
    with(10, 2018278, Remedy::give_up),   // outside the window
    with(10, 2534022, Remedy::give_up),   // outside the window, Instagram
    code(551, Remedy::give_up),           // not available
    code(100, Remedy::give_up),           // a parameter, a tag that is no more, no such person
    code(1, Remedy::retry),
    code(2, Remedy::retry),
    code(4, Remedy::retry),  // from here to 1200: too many calls
    code(17, Remedy::retry),
    code(32, Remedy::retry),
    code(613, Remedy::retry),
    code(80006, Remedy::retry),
    code(1200, Remedy::retry),
    code(190, Remedy::stop_channel),  // the token
    code(10, Remedy::stop_channel),
    codes(200, 299, Remedy::stop_channel),
    code(368, Remedy::stop_channel),  // blocked for policy
};

constexpr Rule kWhatsApp[] = {
    code(130429, Remedy::retry),  // too many messages
    code(131056, Remedy::retry),  // too many to this person
    code(80007, Remedy::retry),
    code(4, Remedy::retry),
    code(131016, Remedy::retry),  // overloaded
    code(131000, Remedy::retry),
    code(131057, Remedy::retry),      // the account is being maintained
    code(131048, Remedy::slow_down),  // taken for spam
    code(190, Remedy::stop_channel),
    code(0, Remedy::stop_channel),
    code(3, Remedy::stop_channel),
    code(10, Remedy::stop_channel),
    codes(200, 299, Remedy::stop_channel),
    code(131005, Remedy::stop_channel),
    code(131031, Remedy::stop_channel),
    code(131042, Remedy::stop_channel),  // payment
    code(131045, Remedy::stop_channel),
    code(368, Remedy::stop_channel),
    code(131047, Remedy::give_up),  // outside the window
    code(131026, Remedy::give_up),  // can't be delivered
    code(131051, Remedy::give_up),
    code(131009, Remedy::give_up),
    code(131008, Remedy::give_up),
    code(100, Remedy::give_up),
    code(131021, Remedy::give_up),
    code(131050, Remedy::give_up),
    code(130472, Remedy::give_up),
    code(131049, Remedy::give_up),
    code(131062, Remedy::give_up),
};

Remedy remedy_of(const Fault& fault, std::span<const Rule> rules) {
  if (fault.code) {
    const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) {
      return *fault.code >= rule.first && *fault.code <= rule.last &&
             (rule.subcode == kAny || fault.subcode == rule.subcode);
    });
    if (rule != rules.end()) return rule->remedy;
  }
  if (fault.transient || fault.status == 429 || fault.status >= 500) return Remedy::retry;
  return fault.status == 401 ? Remedy::stop_channel : Remedy::give_up;
}

}  // namespace

Fault fault_of(int status, std::string_view body) {
  Fault fault{status, std::nullopt, std::nullopt, false};
  const auto answer = parse_bounded(body);
  const auto* error = object_in(answer, "error");
  if (!error) return fault;
  fault.code = number_in(*error, "code");
  fault.subcode = number_in(*error, "error_subcode");
  fault.transient = is_true_in(*error, "is_transient");
  return fault;
}

std::string name_of(const Fault& fault) {
  if (!fault.code) return "http " + std::to_string(fault.status);
  std::string name = std::to_string(*fault.code);
  if (fault.subcode.value_or(0) != 0) name += "/" + std::to_string(*fault.subcode);
  return name;
}

Remedy messaging_remedy(const Fault& fault) {
  return remedy_of(fault, kMessaging);
}
Remedy whatsapp_remedy(const Fault& fault) {
  return remedy_of(fault, kWhatsApp);
}

}  // namespace svar::graph
