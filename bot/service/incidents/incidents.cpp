#include "bot/service/incidents/incidents.h"

#include <algorithm>
#include <utility>

namespace svar::service {
namespace {

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::optional<IncidentFault> fault_in(const IncidentDraft& draft, Time now) {
  if (is_blank(draft.text.text) || (draft.second && is_blank(draft.second->text)))
    return IncidentFault::empty;
  if (code_points(draft.text.text) > kIncidentCodePointsMax ||
      (draft.second && code_points(draft.second->text) > kIncidentCodePointsMax))
    return IncidentFault::too_long;
  if (draft.to <= draft.from || draft.to <= now || draft.to - draft.from > kIncidentLifeMax)
    return IncidentFault::bad_time;
  return std::nullopt;
}

}  // namespace

std::string_view code(IncidentFault fault) {
  switch (fault) {
    case IncidentFault::unknown:
      return "not_found";
    case IncidentFault::changed:
      return "changed";
    case IncidentFault::ended:
      return "ended";
    case IncidentFault::empty:
      return "empty";
    case IncidentFault::too_long:
      return "too_long";
    case IncidentFault::bad_time:
      return "bad_time";
    case IncidentFault::not_allowed:
      return "not_allowed";
    case IncidentFault::crisis_runs:
      return "crisis_runs";
    case IncidentFault::unavailable:
      return "unavailable";
  }
  return "unavailable";
}

IncidentPhase phase_at(const Incident& incident, Time now) {
  if (now >= incident.draft.to) return IncidentPhase::ended;
  return now < incident.draft.from ? IncidentPhase::planned : IncidentPhase::running;
}

Result<std::unique_ptr<Incidents>, IncidentError> Incidents::load(IncidentStore& store,
                                                                  const Clock& clock) {
  auto loaded = store.load_incidents();
  if (!loaded) return Failure{loaded.error()};
  std::unique_ptr<Incidents> made(new Incidents(store, clock));
  for (Incident& incident : *loaded) {
    made->last_id_ = std::max(made->last_id_, incident.id);
    made->all_.insert_or_assign(incident.id, std::move(incident));
  }
  made->gather_topics();
  return made;
}

bool Incidents::may_write(const Rights& rights, const MunicipalityId& municipality) {
  return rights.holds(Role::agent, municipality) || administers(rights, municipality);
}

bool Incidents::may_declare_crisis(const Rights& rights, const MunicipalityId& municipality) {
  return administers(rights, municipality);
}

bool Incidents::in_crisis(const MunicipalityId& municipality) const {
  const auto here = running(municipality);
  return std::any_of(here.begin(), here.end(), [](const auto& one) { return one.draft.crisis; });
}

void Incidents::add(const Account& author, IncidentDraft draft, Saved done) {
  if (!may_write(author.rights, draft.municipality)) return done(IncidentFault::unknown);
  if (draft.crisis && !may_declare_crisis(author.rights, draft.municipality))
    return done(IncidentFault::not_allowed);
  if (draft.crisis && in_crisis(draft.municipality)) return done(IncidentFault::crisis_runs);
  const Time now = clock_.now();
  if (const auto fault = fault_in(draft, now)) return done(*fault);
  save({++last_id_, 1, std::move(draft), author.name, now}, std::move(done));
}

std::variant<Incident, IncidentFault> Incidents::writable(const Account& author, std::int64_t id,
                                                          int version) const {
  const Incident* found = find(id);
  if (!found || !may_write(author.rights, found->draft.municipality)) return IncidentFault::unknown;
  if (found->draft.crisis && !may_declare_crisis(author.rights, found->draft.municipality))
    return IncidentFault::not_allowed;
  if (found->version != version || saving_.count(id) != 0) return IncidentFault::changed;
  if (phase_at(*found, clock_.now()) == IncidentPhase::ended) return IncidentFault::ended;
  return *found;
}

void Incidents::change(const Account& author, std::int64_t id, int version, IncidentDraft draft,
                       Saved done) {
  const auto before = writable(author, id, version);
  if (const auto* fault = std::get_if<IncidentFault>(&before)) return done(*fault);
  draft.municipality = std::get<Incident>(before).draft.municipality;
  draft.crisis = std::get<Incident>(before).draft.crisis;
  const Time now = clock_.now();
  if (const auto fault = fault_in(draft, now)) return done(*fault);
  save({id, version + 1, std::move(draft), author.name, now}, std::move(done));
}

void Incidents::end(const Account& author, std::int64_t id, int version, Saved done) {
  auto before = writable(author, id, version);
  if (const auto* fault = std::get_if<IncidentFault>(&before)) return done(*fault);
  Incident incident = std::get<Incident>(std::move(before));
  incident.version = version + 1;
  incident.author = author.name;
  incident.written = incident.draft.to = clock_.now();
  incident.draft.from = std::min(incident.draft.from, incident.draft.to);
  save(std::move(incident), std::move(done));
}

void Incidents::save(Incident incident, Saved done) {
  saving_.insert(incident.id);
  store_.save_incident(incident, [this, incident, done = std::move(done)](const auto& error) {
    saving_.erase(incident.id);
    if (error) return done(IncidentFault::unavailable);
    all_.insert_or_assign(incident.id, incident);
    gather_topics();
    const auto listeners = listeners_;
    for (IncidentListener* listener : listeners) listener->incident_changed(incident);
    done(incident);
  });
}

void Incidents::gather_topics() {
  const Time now = clock_.now();
  auto of_topics = std::make_shared<engine::TopicIncidents>();
  for (const auto& [id, incident] : all_) {
    const IncidentDraft& draft = incident.draft;
    if (!draft.topic || draft.to + engine::kTopicIncidentTold <= now) continue;
    engine::TopicIncident one{std::to_string(id), draft.municipality, *draft.topic,
                              draft.from,         draft.to,           {}};
    one.words.push_back({draft.text.language, draft.text.text});
    if (draft.second) one.words.push_back({draft.second->language, draft.second->text});
    of_topics->push_back(std::move(one));
  }
  of_topics_ = std::move(of_topics);
}

std::vector<Incident> Incidents::shown_to(const Account& account) const {
  const Time ended_before = clock_.now() - kIncidentShownAfter;
  std::vector<Incident> shown;
  for (const auto& [id, incident] : all_) {
    if (incident.draft.to > ended_before && may_write(account.rights, incident.draft.municipality))
      shown.push_back(incident);
  }
  std::stable_sort(shown.begin(), shown.end(), [](const Incident& a, const Incident& b) {
    return a.draft.from > b.draft.from;
  });
  return shown;
}

const Incident* Incidents::find(std::int64_t id) const {
  const auto found = all_.find(id);
  return found == all_.end() ? nullptr : &found->second;
}

std::vector<Incident> Incidents::running(const MunicipalityId& municipality) const {
  const Time now = clock_.now();
  std::vector<Incident> running;
  for (const auto& [id, incident] : all_) {
    if (incident.draft.municipality == municipality &&
        phase_at(incident, now) == IncidentPhase::running)
      running.push_back(incident);
  }
  return running;
}

std::vector<RunningIncident> Incidents::running_anywhere() const {
  const Time now = clock_.now();
  std::vector<RunningIncident> running;
  for (const auto& [id, incident] : all_) {
    if (phase_at(incident, now) != IncidentPhase::running) continue;
    const IncidentDraft& draft = incident.draft;
    RunningIncident one{std::to_string(id), incident.version, draft.municipality,
                        draft.from,         draft.to,         {}};
    one.words.push_back({draft.text.language, draft.text.text});
    if (draft.second) one.words.push_back({draft.second->language, draft.second->text});
    one.crisis = draft.crisis;
    running.push_back(std::move(one));
  }
  return running;
}

void Incidents::add_listener(IncidentListener& listener) {
  listeners_.push_back(&listener);
}
void Incidents::remove_listener(IncidentListener& listener) {
  std::erase(listeners_, &listener);
}

}  // namespace svar::service
