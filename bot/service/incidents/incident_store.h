// Where incidents are kept: ordinary rows, one for each version.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/result.h"
#include "bot/service/incidents/incident.h"

namespace svar::service {

struct IncidentError {
  std::string what;  // for the operator's log
};

// Nothing: it is durable. Otherwise nothing is known about whether it was stored.
using IncidentStored = std::function<void(std::optional<IncidentError>)>;

// Threads: load_incidents blocks and is called once, at start. save_incident returns at once; its
// completion runs exactly once, never inside the call, on the executor given to the store, in the
// order of the calls. Durability: what is reported without an error survives a crash of the
// machine.
class IncidentStore {
 public:
  virtual ~IncidentStore() = default;

  // The latest version of each, by id.
  virtual Result<std::vector<Incident>, IncidentError> load_incidents() = 0;
  // Adds this version; earlier ones stay. A version that was stored without anybody knowing it is
  // replaced.
  virtual void save_incident(Incident incident, IncidentStored done) = 0;
};

}  // namespace svar::service
