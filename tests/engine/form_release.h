// The small release with a form, and a citizen who fills it in through whole decisions.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bot/engine/decide.h"

namespace svar::fakes {

// The form «tank» belongs to slam.tomming and feiing.nar: kind (septic or chimney), place, what,
// contact (optional). A message with «septik…» is a report.
std::shared_ptr<const engine::Release> form_release();

class FormCitizen {
 public:
  explicit FormCitizen(std::string site = "osteroy");

  // What was said to the citizen: the reply, or the text of the hand-off.
  std::string says(const std::string& text);
  std::string chooses(const std::string& id);  // empty when it was not offered
  void presses_person();

  bool offers(const std::string& choice) const;
  bool form_runs() const;

  Conversation state;
  std::vector<Event> last;  // events of the latest turn

 private:
  std::string submit(const Input& input);

  Opening opening_;
  std::shared_ptr<const engine::Release> release_ = form_release();
  int sent_ = 0;
};

template <class Kind>
const Kind* last_of(const FormCitizen& citizen) {
  for (auto event = citizen.last.rbegin(); event != citizen.last.rend(); ++event) {
    if (const auto* found = std::get_if<Kind>(&*event)) return found;
  }
  return nullptr;
}

}  // namespace svar::fakes
