// Two things that may be one, by their codes: what the queues of possible doubles are keyed by.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "coding/code.h"

namespace radyab {

// The smaller code first.
struct CodePair {
  coding::Code first;
  coding::Code second;

  friend auto operator<=>(const CodePair&, const CodePair&) = default;
};
CodePair PairOf(coding::Code one, coding::Code other);

// The pair whose two codes are the last sixteen bytes of a row's key. DATA_LOSS (CORRUPT_RECORD)
// when they are no codes.
absl::StatusOr<CodePair> PairAtEnd(std::string_view key);

}  // namespace radyab
