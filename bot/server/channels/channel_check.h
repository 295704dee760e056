// Whether the attached accounts work, asked of the platforms themselves and told in plain words.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bot/domain/time.h"
#include "bot/server/channels/channel_settings.h"
#include "connectors/outbound/http_client.h"

namespace svar::server {

enum class Grade { good, notice, fault };

struct CheckLine {
  Grade grade = Grade::good;
  std::string what;  // never a secret; what a platform said is cut and freed of control characters
};
using CheckLines = std::vector<CheckLine>;

struct AccountReport {
  std::string id;     // «telegram:osteroy»
  std::string where;  // in the configuration
  CheckLines lines;
  bool good() const;  // no fault
};

// One call, waited for. Only reads: nothing is sent to a citizen or changed at a platform.
using Ask = std::function<outbound::HttpOutcome(outbound::HttpRequest)>;

struct CheckContext {
  const ChannelSettings& settings;
  std::string
      public_origin;  // where platforms reach this service, without a slash; empty: not known
  Time now;
  Ask ask;
};

// Each account in the order of the configuration; a call takes ten seconds at most.
std::vector<AccountReport> check_channels(const CheckContext& context);

}  // namespace svar::server
