#include "registry/code_pair.h"

#include <algorithm>
#include <cstdint>

#include "registry/storage/ordered_key.h"
#include "registry/storage/record.h"

namespace radyab {

CodePair PairOf(coding::Code one, coding::Code other) {
  return {std::min(one, other), std::max(one, other)};
}

absl::StatusOr<CodePair> PairAtEnd(std::string_view key) {
  constexpr std::size_t kCodesBytes = 2 * sizeof(std::uint64_t);
  if (key.size() < kCodesBytes) return storage::CorruptRecord(key);
  storage::OrderedKeyReader reader(key.substr(key.size() - kCodesBytes));
  const auto first = coding::Code::FromNumber(reader.U64());
  const auto second = coding::Code::FromNumber(reader.U64());
  if (!first.ok() || !second.ok()) return storage::CorruptRecord(key);
  return CodePair{*first, *second};
}

}  // namespace radyab
