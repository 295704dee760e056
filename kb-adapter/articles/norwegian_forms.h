// Nynorsk and Bokmål read as one: «sjukeheim» and «sykehjem», «søkjer» and «søker», «byggjeløyve»
// and «byggetillatelse» get the same form, so that a question in one finds a text in the other.
// Pure.
#pragma once

#include <string>
#include <string_view>

namespace svar::kb {

// Replaces `out` by the form that a folded word (folding.h) shares with its counterpart: a form for
// comparing only, often no word of any language («kjøretøy» → «koreto»). Equal words have equal
// forms.
void common_form(std::string_view folded, std::string& out);

}  // namespace svar::kb
