// Parts of a v1::Resolution that are written as bytes at once, without a message of each.
#pragma once

#include <span>
#include <string>

#include "coding/scan_payload.h"

namespace radyab {

// Appends the field `candidates`, those that lead somewhere first. `codes` are the codes they lead
// to, one for each; empty where that is nowhere.
void AppendCandidates(std::span<const coding::Candidate> candidates,
                      std::span<const std::string> codes, std::string& bytes);

}  // namespace radyab
