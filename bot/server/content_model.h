// The example model of a content: loaded when it was trained before, else trained.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "bot/domain/ids.h"
#include "bot/service/content/content.h"
#include "bot/service/content/release_archive.h"
#include "intents/model/example_model.h"

namespace svar::server {

// Learns from the content, and fits when to believe it. Blocks: about a second for a thousand
// phrases. Equal content, equal model.
std::shared_ptr<const intents::ExampleModel> train_model(const service::Content& content);

// The model kept with this release; nothing when there is none, it is damaged, or it was trained
// with other parameters than this program's.
std::shared_ptr<const intents::ExampleModel> load_model(const service::ReleaseArchive& archive,
                                                        ReleaseNumber number);

}  // namespace svar::server
