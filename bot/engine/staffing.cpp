#include "bot/engine/staffing.h"

namespace svar::engine {

std::optional<Delay> delay_of(const Staffing& staffing, const Release& release,
                              const MunicipalityId& municipality, Time now) {
  if (staffing.rule == QueueRule::always) return std::nullopt;
  if (staffing.rule == QueueRule::open && !release.is_open(municipality, now)) return Delay::closed;
  if (!staffing.serves(municipality)) return Delay::unstaffed;
  return std::nullopt;
}

}  // namespace svar::engine
