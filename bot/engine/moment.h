// What holds when something is decided, beside state and release.
#pragma once

#include "bot/engine/staffing.h"
#include "bot/engine/topic_incidents.h"

namespace svar::engine {

// Refers to the caller's staffing and incidents.
struct Moment {
  // Every wish for a person joins the queue; nothing is out of order.
  Moment(Time now);
  Moment(Time now, const Staffing& staffing);
  Moment(Time now, const Staffing& staffing, const TopicIncidents& incidents)
      : now(now), staffing(staffing), incidents(incidents) {}
  Time now;
  const Staffing& staffing;
  const TopicIncidents& incidents;
};

}  // namespace svar::engine
