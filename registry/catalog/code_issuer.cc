#include "registry/catalog/code_issuer.h"

#include <algorithm>

#include "radyab/v1/member.pb.h"
#include "registry/generation.h"
#include "registry/reason.h"
#include "registry/records/records.pb.h"
#include "registry/stamp.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/parsed_rows.h"
#include "registry/storage/rows.h"

namespace radyab::catalog {
namespace {

using storage::GetRow;
using storage::PutRow;

constexpr std::uint64_t kSerialsOfBlock = std::uint64_t{coding::kSerialMax} + 1;

absl::Status Exhausted(std::string_view what) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kNumbersExhausted,
                "no " + std::string(what) + " is left");
}

absl::StatusOr<std::uint64_t> LastTaken(storage::ReadTransaction& transaction,
                                        const std::string& key) {
  auto row = GetRow<records::CounterRecord>(transaction, key);
  if (!row.ok()) return row.status();
  return row->has_value() ? (*row)->last() : 0;
}

// The number after the last one taken, and never below `first`.
absl::StatusOr<std::uint64_t> TakeNext(storage::WriteTransaction& transaction,
                                       const std::string& key, std::uint64_t first = 1) {
  auto last = LastTaken(transaction, key);
  if (!last.ok()) return last.status();
  records::CounterRecord counter;
  counter.set_last(std::max(*last + 1, first));
  if (auto status = PutRow(transaction, key, counter); !status.ok()) return status;
  return counter.last();
}

absl::StatusOr<std::shared_ptr<const v1::Member>> MemberRow(storage::ReadTransaction& transaction,
                                                            MemberId member) {
  auto row = storage::GetParsedRow<v1::Member>(transaction, keyspace::Member(member));
  if (row.ok() && *row == nullptr) return storage::CorruptRecord(keyspace::Member(member));
  return row;
}

std::uint32_t BlockNumber(const std::string& digits) {
  return static_cast<std::uint32_t>(std::stoul(digits));
}

// The first block that this generation may issue from: block 0, which is never leased, is the
// first generation's too.
absl::StatusOr<std::uint32_t> FirstBlock(storage::ReadTransaction& transaction) {
  auto generation = GenerationOf(transaction);
  if (!generation.ok()) return generation.status();
  if (*generation == 0) return 0;
  return static_cast<std::uint32_t>(RangeOfGeneration(*generation, coding::kBlockMax).first);
}

// A member's blocks are filled in order of lease, so those of earlier generations and the full ones
// come first: the first block with a number of this kind left, or a newly leased one.
absl::StatusOr<std::uint32_t> BlockWithRoom(storage::WriteTransaction& transaction,
                                            coding::Kind kind, MemberId member,
                                            std::uint64_t numbers_of_block) {
  auto found = MemberRow(transaction, member);
  if (!found.ok()) return found.status();
  const v1::Member& row = **found;
  auto first = FirstBlock(transaction);
  if (!first.ok()) return first.status();
  int low = 0;
  int high = row.blocks_size();
  // One that was begun is begun because all before it are full.
  if (high > 0) {
    const std::uint32_t newest = BlockNumber(row.blocks(high - 1));
    auto last = LastTaken(transaction, keyspace::Issued(kind, newest));
    if (!last.ok()) return last.status();
    if (newest >= *first && *last > 0 && *last < numbers_of_block) return newest;
  }
  while (low < high) {
    const int middle = low + (high - low) / 2;
    const std::uint32_t block = BlockNumber(row.blocks(middle));
    if (block < *first) {
      low = middle + 1;
      continue;
    }
    auto last = LastTaken(transaction, keyspace::Issued(kind, block));
    if (!last.ok()) return last.status();
    if (*last >= numbers_of_block) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low < row.blocks_size()) return BlockNumber(row.blocks(low));
  return LeaseBlock(transaction, member);
}

absl::StatusOr<coding::Code> Valid(coding::Parsed<coding::Code> code) {
  if (code.ok()) return *code;
  return RefuseText("code", code.refusal());
}

}  // namespace

std::string BlockDigits(std::uint32_t block) {
  char digits[12];
  std::snprintf(digits, sizeof(digits), "%05u", block);
  return digits;
}

absl::StatusOr<coding::Code> IssueCatalogCode(storage::WriteTransaction& transaction,
                                              coding::Kind kind, MemberId member,
                                              std::uint32_t birth_class) {
  auto block = BlockWithRoom(transaction, kind, member, coding::kCounterMax);
  if (!block.ok()) return block.status();
  auto counter = TakeNext(transaction, keyspace::Issued(kind, *block));
  if (!counter.ok()) return counter.status();
  return Valid(
      coding::Code::ForCatalog(kind, birth_class, *block, static_cast<std::uint32_t>(*counter)));
}

absl::StatusOr<coding::Code> IssueSerialCode(storage::WriteTransaction& transaction,
                                             const Environment& environment, coding::Kind kind,
                                             MemberId member) {
  auto block = BlockWithRoom(transaction, kind, member, kSerialsOfBlock);
  if (!block.ok()) return block.status();
  auto number = TakeNext(transaction, keyspace::Issued(kind, *block));
  if (!number.ok()) return number.status();
  const auto serial = static_cast<std::uint32_t>(*number - 1);
  return Valid(
      coding::Code::ForSerial(kind, *block, environment.permutation.Apply(kind, *block, serial)));
}

absl::StatusOr<std::uint32_t> NextBlock(storage::ReadTransaction& transaction) {
  auto generation = GenerationOf(transaction);
  if (!generation.ok()) return generation.status();
  const NumberRange range = RangeOfGeneration(*generation, coding::kBlockMax);
  auto last = LastTaken(transaction, keyspace::Counter("block"));
  if (!last.ok()) return last.status();
  const std::uint64_t next = std::max(*last + 1, range.first);
  if (next > range.last) {
    return Exhausted("block of the part " + std::to_string(range.first) + " to " +
                     std::to_string(range.last) + " that this registry may lease");
  }
  return static_cast<std::uint32_t>(next);
}

absl::StatusOr<std::uint32_t> LeaseBlock(storage::WriteTransaction& transaction, MemberId member) {
  auto next = NextBlock(transaction);
  if (!next.ok()) return next.status();
  const std::uint32_t leased = *next;
  records::CounterRecord counter;
  counter.set_last(leased);
  auto taken = PutRow(transaction, keyspace::Counter("block"), counter);
  if (!taken.ok()) return taken;

  auto row = GetRow<v1::Member>(transaction, keyspace::Member(member));
  if (!row.ok()) return row.status();
  records::BlockRecord record;
  record.set_member(static_cast<std::uint32_t>(member));
  if (row->has_value()) {
    (*row)->add_blocks(BlockDigits(leased));
    Stamp(transaction, **row);
    auto status = PutRow(transaction, keyspace::Member(member), **row);
    if (!status.ok()) return status;
  }
  if (auto status = PutRow(transaction, keyspace::Block(leased), record); !status.ok()) {
    return status;
  }
  return leased;
}

absl::StatusOr<std::uint64_t> NextNumber(storage::WriteTransaction& transaction,
                                         std::string_view counter) {
  auto generation = GenerationOf(transaction);
  if (!generation.ok()) return generation.status();
  return TakeNext(transaction, keyspace::Counter(counter), *generation * kNumbersOfGeneration + 1);
}

}  // namespace radyab::catalog
