// A PeopleRefusal as the wire says it.
#pragma once

#include "bot/service/people/people_fault.h"
#include "connectors/desk/error_texts.h"

namespace svar::desk {

Refusal refusal_of(const service::PeopleRefusal& refusal);

}  // namespace svar::desk
