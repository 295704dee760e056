// What a browser says of itself, in two words a person recognises a device by.
#pragma once

#include <string>
#include <string_view>

namespace svar::service {

// "Firefox, Windows"; one of the two, or nothing, when the other isn't known. Never any other part
// of the text: it may identify somebody.
std::string device_words(std::string_view user_agent);

}  // namespace svar::service
