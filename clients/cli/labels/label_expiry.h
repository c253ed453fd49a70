// Expiry dates of labels out of the registry.
#pragma once

#include <optional>
#include <vector>

#include "clients/cli/labels/label_table.h"
#include "clients/cpp/code_client.h"

namespace radyab::cli {

// Fills the expiry dates that lots and units have by the registry into labels that name none: one
// question an object, all over one stream. The error that ended it.
std::optional<client::ClientError> FillExpiryDates(const client::CodeClient& codes,
                                                   std::vector<WantedLabel>& labels);

// Whether there is anything to ask.
bool LacksExpiryDates(const std::vector<WantedLabel>& labels);

}  // namespace radyab::cli
