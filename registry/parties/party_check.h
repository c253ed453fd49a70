// What a party must be to be kept; brings telephone and e-mail into the spelling we keep.
#pragma once

#include <string_view>

#include "radyab/v1/party.pb.h"
#include "registry/fault_list.h"

namespace radyab::parties {

// Checks all that a caller may say of a party and brings it into the spelling we keep (see also
// contact_check.h). Every fault goes into `faults`, its path beginning with `prefix` ("party.").
void CheckParty(v1::Party& party, std::string_view prefix, FaultList& faults);

}  // namespace radyab::parties
