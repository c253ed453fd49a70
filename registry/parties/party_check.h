// What a party must be to be kept; brings telephone and e-mail into the spelling we keep.
#pragma once

#include <string_view>

#include "radyab/v1/party.pb.h"
#include "registry/fault_list.h"

namespace radyab::parties {

// Checks kind, roles, name, phone and e-mail of `party` and normalises the last two. Every fault
// goes into `faults`, its path beginning with `prefix` ("party.").
void CheckParty(v1::Party& party, std::string_view prefix, FaultList& faults);

}  // namespace radyab::parties
