// What citizens are told is out of order, whoever keeps the log of it.
#pragma once

#include <string>
#include <vector>

#include "bot/domain/ids.h"
#include "bot/domain/language.h"
#include "bot/domain/time.h"

namespace svar::service {

struct RunningIncident {
  struct Words {
    Language language = Language::nn;
    std::string text;  // shown exactly as written
  };
  std::string id;
  int version = 1;  // rises with each change
  MunicipalityId municipality;
  Time from;
  Time to;
  std::vector<Words> words;  // the author's own first
  bool crisis = false;
};

// Threads: the caller's, which is the executor's.
class RunningIncidents {
 public:
  virtual ~RunningIncidents() = default;
  // Those that run now, in any municipality, the oldest first. Never blocks.
  virtual std::vector<RunningIncident> running_anywhere() const = 0;
};

}  // namespace svar::service
