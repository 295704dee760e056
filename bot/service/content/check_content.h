// Everything that an editor should know about the content before citizens meet it.
#pragma once

#include "bot/service/content/content.h"

namespace svar::service {

// Errors first, then by file and line. Pure; `now` decides which review dates have passed. Faults
// of form (unknown keys, values of the wrong kind) were found when the files were read and are not
// repeated.
Findings check_content(const Content& content, Time now);

// Errors first, then by file and line; each once.
void sort_findings(Findings& findings);

// For each municipality how many of its facts are samples, i.e. not confirmed by it.
struct SampleCount {
  std::string municipality;
  int facts = 0;
  int samples = 0;
  std::vector<std::string> sample_slots;
  bool hours_sample = false;
};
std::vector<SampleCount> count_samples(const Content& content);

}  // namespace svar::service
