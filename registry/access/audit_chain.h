// The chain of seals over the audit trail: what makes a change of what was written show itself.
//
// A seal covers the audit rows behind the last one of the seal before, in the order of their keys,
// which is the order of their commits. With H the SHA-256 (FIPS 180-4) and numbers big-endian:
//
//   hash  = H("radyab audit seal\n" hash-before  number  key-1 H(value-1)  key-2 H(value-2) …)
//   mark  = keyed hash of `hash`, with the key outside the store
//
// where hash-before is 32 zero bytes for seal 1, number has 8 bytes, a key 13 (its family, the
// commit sequence, the number within it) and a value is what the store holds. Anybody can compute
// the hashes again; who has no secrets/hash.key cannot make the marks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/environment.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"

namespace radyab::access {

inline constexpr std::size_t kSealRowsMax = 2'048;
inline constexpr std::size_t kSealsPerRoundMax = 32;  // of one write
inline constexpr std::size_t kSealHashBytes = 32;
inline constexpr std::size_t kSealDigestBytes = 8;

// One audit row as the chain sees it.
struct SealedRow {
  std::uint64_t sequence = 0;
  std::uint32_t number = 0;
  std::string digest;  // the first kSealDigestBytes of its value's hash
};

// Puts the hash of one seal together, row by row.
class SealHash {
 public:
  // `before`: the hash of the seal before; empty for seal 1.
  SealHash(std::string_view before, std::uint64_t number);
  ~SealHash();
  SealHash(const SealHash&) = delete;
  SealHash& operator=(const SealHash&) = delete;

  SealedRow Add(std::string_view key, std::string_view value);
  std::string Finish();

 private:
  struct Context;
  Context* context_;
};

// The last seal; a record without a number when there is none.
absl::StatusOr<records::AuditSealRecord> LastSeal(storage::ReadTransaction& transaction);

// The rows behind `seal`, up to and with `last_sequence`. A row that was committed is never
// followed by one that sorts before it, so that the rows of a snapshot up to its commit sequence
// are final.
storage::KeyRange RowsBehind(const records::AuditSealRecord& seal, std::uint64_t last_sequence);

// The seals that follow `last`, over all rows of the snapshot that have none; at most
// kSealsPerRoundMax, none when all is sealed.
absl::StatusOr<std::vector<records::AuditSealRecord>> NextSeals(
    storage::ReadTransaction& transaction, const Environment& environment,
    const records::AuditSealRecord& last);

// One round: finds what has no seal, and writes its seals in one change. Answers how many rows it
// sealed. ABORTED (STALE_ETAG) when another sealed them meanwhile; then nothing was written.
absl::StatusOr<std::size_t> SealAudit(storage::Store& store, const Environment& environment);

}  // namespace radyab::access
