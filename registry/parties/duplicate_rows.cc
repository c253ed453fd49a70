#include "registry/parties/duplicate_rows.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "registry/storage/linkage_keys.h"
#include "registry/storage/rows.h"

namespace radyab::parties {
namespace {

constexpr double kRanks = 1'000'000;

// The likeliest come first.
std::uint32_t RankOf(double probability) {
  return static_cast<std::uint32_t>(std::lround((1 - std::clamp(probability, 0.0, 1.0)) * kRanks));
}

bool HasPlace(const v1::PartyDuplicate& pair) {
  return pair.verdict() == v1::DUPLICATE_VERDICT_OPEN && pair.has_found_time();
}

absl::Status LeavePlace(storage::WriteTransaction& transaction, MemberId owner,
                        const CodePair& pair) {
  auto present = ReadPair(transaction, owner, pair);
  if (!present.ok()) return present.status();
  if (!present->has_value() || !HasPlace((*present)->pair())) return absl::OkStatus();
  return transaction.Delete(
      keyspace::DuplicateRank(owner, (*present)->rank(), pair.first, pair.second));
}

}  // namespace

absl::StatusOr<std::optional<records::DuplicatePairRecord>> ReadPair(
    storage::ReadTransaction& transaction, MemberId owner, const CodePair& pair) {
  return storage::GetRow<records::DuplicatePairRecord>(
      transaction, keyspace::DuplicatePair(owner, pair.first, pair.second));
}

absl::Status WritePair(storage::WriteTransaction& transaction, MemberId owner, const CodePair& pair,
                       records::DuplicatePairRecord record) {
  if (auto status = LeavePlace(transaction, owner, pair); !status.ok()) return status;
  record.set_rank(RankOf(record.pair().probability()));
  if (HasPlace(record.pair())) {
    auto status = storage::PutMark(
        transaction, keyspace::DuplicateRank(owner, record.rank(), pair.first, pair.second));
    if (!status.ok()) return status;
  }
  return storage::PutRow(transaction, keyspace::DuplicatePair(owner, pair.first, pair.second),
                         record);
}

absl::Status ForgetPair(storage::WriteTransaction& transaction, MemberId owner, coding::Code one,
                        coding::Code other) {
  const CodePair pair = PairOf(one, other);
  if (auto status = LeavePlace(transaction, owner, pair); !status.ok()) return status;
  return transaction.Delete(keyspace::DuplicatePair(owner, pair.first, pair.second));
}

}  // namespace radyab::parties
