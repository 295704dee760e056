#include "bot/engine/topic_incidents.h"

namespace svar::engine {
namespace {

const std::string& words_in(const TopicIncident& incident, Language language) {
  const TopicIncident::Words* norwegian = nullptr;
  for (const TopicIncident::Words& words : incident.words) {
    if (words.language == language) return words.text;
    if (!norwegian && words.language != Language::en) norwegian = &words;
  }
  const bool readable = language != Language::en && norwegian;
  return readable ? norwegian->text : incident.words.front().text;
}

}  // namespace

IncidentNotice notice_of(const TopicIncidents& incidents, const MunicipalityId& municipality,
                         const ArticleId& topic, Language language, Time now) {
  IncidentNotice notice;
  for (const TopicIncident& incident : incidents) {
    const bool runs = incident.from <= now && now < incident.to;
    if (!runs || incident.topic != topic || incident.municipality != municipality) continue;
    if (!notice.id) notice.id = incident.id;
    if (!notice.text.empty()) notice.text += "\n\n";
    notice.text += words_in(incident, language);
  }
  return notice;
}

bool ended_lately(const TopicIncidents& incidents, const MunicipalityId& municipality,
                  const ArticleId& topic, Time now) {
  bool ended = false;
  for (const TopicIncident& incident : incidents) {
    if (incident.topic != topic || incident.municipality != municipality) continue;
    const bool has_begun = incident.from <= now && incident.from < incident.to;
    if (has_begun && now < incident.to) return false;
    ended = ended || (has_begun && now < incident.to + kTopicIncidentTold);
  }
  return ended;
}

}  // namespace svar::engine
