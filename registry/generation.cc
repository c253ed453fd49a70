#include "registry/generation.h"

#include <string>

#include "registry/records/records.pb.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab {

NumberRange RangeOfGeneration(std::uint32_t generation, std::uint64_t count) {
  if (generation > kGenerationMax) return {count + 1, count};
  // What the generations before left over, and what this one leaves to those behind it.
  const std::uint64_t left = count >> generation, rest = count >> (generation + 1);
  return {count - left + 1, count - rest};
}

absl::StatusOr<std::uint32_t> GenerationOf(storage::ReadTransaction& transaction) {
  static const std::string key = keyspace::Meta("generation");
  auto row = storage::GetRow<records::MetaRecord>(transaction, key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return 0;
  if ((*row)->number() > kGenerationMax) return storage::CorruptRecord(key);
  return static_cast<std::uint32_t>((*row)->number());
}

absl::Status PutGeneration(storage::WriteTransaction& transaction, std::uint32_t generation) {
  records::MetaRecord record;
  record.set_number(generation);
  return storage::PutRow(transaction, keyspace::Meta("generation"), record);
}

}  // namespace radyab
