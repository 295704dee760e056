// Content compiled into the Release that conversations use.
#pragma once

#include <memory>
#include <string>

#include "bot/domain/result.h"
#include "bot/domain/time.h"
#include "bot/engine/release.h"
#include "bot/service/content/content.h"

namespace svar::service {

inline constexpr int kHoursAheadDays =
    400;  // opening hours are expanded so far; build anew before they run out

// A clock that is set back still finds the hours of the day it comes to.
inline constexpr int kHoursBehindDays = 2;

// What was learned from the content; null: nothing was, and only rules, examples and search answer.
using Model = std::shared_ptr<const intents::ExampleModel>;

// Compiles rules, indexes articles, expands opening hours around `now`. Fails with everything that
// hinders it; what check_content finds beside (a missing local fact, an old review date) does not
// hinder a release. Blocks for some ten milliseconds; no I/O but the time zone database. Same
// content and `now`, same release.
Result<std::shared_ptr<const engine::Release>, Findings> build_release(const Content& content,
                                                                       Time now,
                                                                       ReleaseNumber number = {},
                                                                       Model model = nullptr);

// The same release with the opening hours expanded from another `now` on; rules and articles are
// shared, not compiled again. For a service that has run for months, and for questions asked as of
// another day.
Result<std::shared_ptr<const engine::Release>, Findings> renew_hours(const engine::Release& release,
                                                                     const Content& content,
                                                                     Time now);

// Hex, 64 characters, over paths and bytes of all files. Equal content has an equal digest on every
// machine.
std::string content_digest(const std::vector<ContentFile>& files);

}  // namespace svar::service
