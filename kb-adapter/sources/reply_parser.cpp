#include "kb-adapter/sources/parsers.h"

namespace svar::kb {

void parse_replies(const YamlValue& root, const std::optional<MunicipalityId>& municipality,
                   service::Content& content) {
  for (const auto& [id, value] : root.entries()) {
    CannedReply reply;
    YamlFields fields(value);
    reply.id = id;
    reply.municipality = municipality;
    if (const auto title = fields.required("title")) reply.title = title->localised();
    if (const auto text = fields.required("text")) reply.text = text->localised();
    reply.crisis = fields.yes_or_no("crisis", false);
    reply.place = value.place();
    fields.finish();
    content.replies.push_back(std::move(reply));
  }
}

}  // namespace svar::kb
