// What the server's answer to a scan means to a session.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clients/warehouse/session_values.h"
#include "radyab/v1/resolution.pb.h"

namespace radyab::cli {

// The thing, and how much of it one scan means: what the label says (AI 30, and measures such as
// AI 310n when the item is counted in that unit), else what one package holds. Of a party code that
// this key may not see it is the server that decides at the end whether goods can go there.
warehouse::Meaning MeaningOf(std::string_view text, const v1::Resolution& resolution);

// What can be said of a scan without asking: no text, or too long a one. `bytes` is how long it
// was.
std::optional<warehouse::Meaning> MeaningWithoutServer(std::string_view text, std::size_t bytes);

}  // namespace radyab::cli
