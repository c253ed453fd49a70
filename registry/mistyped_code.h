// Digits that lead nowhere: why, and which codes were meant.
#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "registry/access/caller.h"
#include "registry/coded_thing.h"
#include "registry/environment.h"
#include "registry/storage/store.h"

namespace radyab {

// In the metadata of a refusal: the codes that may have been meant, with commas between, in order.
inline constexpr char kDidYouMeanName[] = "did_you_mean";
// The metadata of a refusal carries so many (200 bytes a value).
inline constexpr std::size_t kDidYouMeanMax = 11;

// Who asks, when, and what he may see.
struct Asking {
  const Environment& environment;
  const access::Caller& caller;
  const ReadableKinds& readable;
  std::int64_t now_us = 0;
};

// The refusal of digits that no scheme knows. Most such texts were mistyped: when their number of
// places is that of a code, a GTIN or an SSCC and its check does not agree, that is said
// (INVALID_CODE), else `missing` stands. Sixteen digits that fail the check of a code bear in
// kDidYouMeanName the codes one digit or one swap of neighbours away that name something, or are
// reserved, and that the caller may see. None of them is ever taken for what was meant.
absl::Status RefuseUnknownDigits(storage::ReadTransaction& transaction, const Asking& asking,
                                 std::string_view digits, const absl::Status& missing);

}  // namespace radyab
