#include "bot/engine/moment.h"

namespace svar::engine {
namespace {

const Staffing kQueuesAlways;
const TopicIncidents kNothing;

}  // namespace

Moment::Moment(Time now) : Moment(now, kQueuesAlways) {}
Moment::Moment(Time now, const Staffing& staffing) : Moment(now, staffing, kNothing) {}

}  // namespace svar::engine
