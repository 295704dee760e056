// Keeps every version in memory and can be told to fail. Completes through the executor.
#pragma once

#include <map>
#include <vector>

#include "bot/service/incidents/incident_store.h"
#include "tests/service/fakes.h"

namespace svar::fakes {

class MemoryIncidentStore : public service::IncidentStore {
 public:
  explicit MemoryIncidentStore(service::Executor& executor) : executor_(executor) {}

  Result<std::vector<service::Incident>, service::IncidentError> load_incidents() override {
    std::map<std::int64_t, service::Incident> latest;
    for (const auto& version : versions) latest.insert_or_assign(version.id, version);
    std::vector<service::Incident> all;
    for (const auto& [id, incident] : latest) all.push_back(incident);
    return all;
  }
  void save_incident(service::Incident incident, service::IncidentStored done) override {
    executor_.post([this, incident = std::move(incident), done = std::move(done)] {
      if (failing) return done(service::IncidentError{"told to fail"});
      versions.push_back(incident);
      done(std::nullopt);
    });
  }

  std::vector<service::Incident> versions;  // oldest first
  bool failing = false;

 private:
  service::Executor& executor_;
};

}  // namespace svar::fakes
