#include "kb-adapter/articles/municipality.h"

namespace svar::kb {

const std::string& Localised::in(Language language) const {
  if (language == Language::nb && !nb.empty()) return nb;
  if (language == Language::en && !en.empty()) return en;
  return nn;
}

}  // namespace svar::kb
