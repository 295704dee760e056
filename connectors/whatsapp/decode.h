// WhatsApp's webhook events. Pure.
#pragma once

#include <string>
#include <string_view>

#include "bot/service/delivery/incoming.h"

namespace svar::whatsapp {

struct Account {
  // Of the municipality's number; what is for another is kept as unknown. Empty: any.
  std::string phone_number_id;
};

// Any bytes: never throws. In the order of the envelope. The contact is the user's business-scoped
// id («NO.1349…») where the event has one, since the phone's number may be left out from one
// message to the next; else the number. Event ids: «m:<wamid>» a message, «a:<wamid>» the picture
// or file that a caption came with, «s:<wamid>:<status>» a receipt, «t:<wamid>:<status>» our token
// in it. Groups are no conversations of ours.
service::Decoded decode(std::string_view body, const Account& account);

}  // namespace svar::whatsapp
