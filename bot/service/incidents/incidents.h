// The incident log: who may read and write it, and what is out of order now.
//
// Threads: one, the executor's. Nothing is shown before it is durable. An incident ends by the
// clock alone: nobody has to take it away.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <variant>
#include <vector>

#include "bot/engine/topic_incidents.h"
#include "bot/service/incidents/incident_store.h"
#include "bot/service/people/account.h"
#include "bot/service/turn/clock.h"
#include "bot/service/turn/running_incidents.h"

namespace svar::service {

enum class IncidentFault {
  unknown,      // there is no such incident or municipality for the account
  changed,      // somebody else has changed it meanwhile, or is doing so
  ended,        // what has ended stays as it was
  empty,        // a text is
  too_long,     // a text has more than kIncidentCodePointsMax
  bad_time,     // ends before it begins, has ended, or lasts longer than kIncidentLifeMax
  not_allowed,  // crisis is the administrators' to begin, change and end
  crisis_runs,  // the municipality is in crisis already
  unavailable,  // the store failed: nothing is known about what was stored
};
std::string_view code(IncidentFault fault);  // "changed", "bad_time" …

class IncidentListener {
 public:
  virtual ~IncidentListener() = default;
  virtual void incident_changed(const Incident& incident) = 0;  // added, changed or ended
};

class Incidents : public RunningIncidents {
 public:
  // Blocks. The store and the clock must outlive what is made.
  static Result<std::unique_ptr<Incidents>, IncidentError> load(IncidentStore& store,
                                                                const Clock& clock);

  // Runs exactly once; inside the call when it is refused.
  using Saved = std::function<void(std::variant<Incident, IncidentFault>)>;

  // Agents write for their municipalities, administrators for those they administer. Whether the
  // municipality and the topic exist is the caller's to ask.
  static bool may_write(const Rights& rights, const MunicipalityId& municipality);
  static bool may_declare_crisis(const Rights& rights, const MunicipalityId& municipality);

  void add(const Account& author, IncidentDraft draft, Saved done);
  // `version` is the one that the author has read. An incident stays its municipality's.
  void change(const Account& author, std::int64_t id, int version, IncidentDraft draft, Saved done);
  // Ends it now; one that is planned will not happen.
  void end(const Account& author, std::int64_t id, int version, Saved done);

  // Those the account may write, the latest beginning first; ended ones for kIncidentShownAfter.
  std::vector<Incident> shown_to(const Account& account) const;
  bool in_crisis(const MunicipalityId& municipality) const;
  const Incident* find(std::int64_t id) const;  // nothing when there is none
  // What is out of order now in this municipality, the oldest first.
  std::vector<Incident> running(const MunicipalityId& municipality) const;
  std::vector<RunningIncident> running_anywhere() const override;

  // For the bot's answers: those with a topic that run, will, or did lately. One value until
  // something changes.
  std::shared_ptr<const engine::TopicIncidents> of_topics() const { return of_topics_; }

  // Listeners must be removed before they end.
  void add_listener(IncidentListener& listener);
  void remove_listener(IncidentListener& listener);

 private:
  Incidents(IncidentStore& store, const Clock& clock) : store_(store), clock_(clock) {}
  // The incident, when this account may write a version after `version` of it.
  std::variant<Incident, IncidentFault> writable(const Account& author, std::int64_t id,
                                                 int version) const;
  void save(Incident incident, Saved done);
  void gather_topics();

  IncidentStore& store_;
  const Clock& clock_;
  std::map<std::int64_t, Incident> all_;
  std::int64_t last_id_ = 0;
  std::shared_ptr<const engine::TopicIncidents> of_topics_;
  std::set<std::int64_t> saving_;  // one version at a time
  std::vector<IncidentListener*> listeners_;
};

}  // namespace svar::service
