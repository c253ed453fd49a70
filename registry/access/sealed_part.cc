#include "registry/access/sealed_part.h"

#include <algorithm>
#include <array>
#include <optional>

#include "registry/access/keyed_hash.h"
#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::access {
namespace {

using KeyBytes = std::array<std::uint8_t, kFreshKeyBytes>;

KeyBytes AsKey(std::string_view bytes) {
  KeyBytes key{};
  std::copy_n(bytes.begin(), std::min(bytes.size(), key.size()), key.begin());
  return key;
}

// Where the wrapped key of a code belongs, and where its sealed parts belong.
std::string WrapPlace(coding::Code code) { return "seal key/" + code.Digits(); }
std::string SealPlace(coding::Code code, std::string_view context) {
  return code.Digits() + "/" + std::string(context);
}

std::string NonceOf(const KeyBytes& key, std::uint64_t commit_sequence, std::string_view place,
                    std::string_view plain) {
  // The length before the place parts it from the text that follows.
  std::string text = std::to_string(commit_sequence) + "/" + std::to_string(place.size()) + "/";
  text.append(place);
  text.append(plain);
  return KeyedHash(key).Of(HashPurpose::kSealNonce, text).substr(0, kNonceBytes);
}

// The key of `code`, or nothing after an erasure.
absl::StatusOr<std::optional<KeyBytes>> KeyOf(storage::ReadTransaction& transaction,
                                              const Environment& environment, coding::Code code) {
  const std::string row_key = keyspace::SealKey(code);
  auto row = storage::GetRow<records::SealKeyRecord>(transaction, row_key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<KeyBytes>();
  auto bytes = environment.sealer.Open((*row)->wrapped_key(), WrapPlace(code));
  if (!bytes.ok()) return bytes.status();
  if (bytes->size() != kFreshKeyBytes) return storage::CorruptRecord(row_key);
  return std::optional<KeyBytes>(AsKey(*bytes));
}

}  // namespace

absl::Status CreateSealKey(storage::WriteTransaction& transaction, const Environment& environment,
                           coding::Code code, std::string_view fresh_key) {
  if (fresh_key.size() != kFreshKeyBytes) {
    return Refuse(absl::StatusCode::kInternal, Reason::kInvalidField,
                  "fresh key of " + std::to_string(fresh_key.size()) + " bytes, want " +
                      std::to_string(kFreshKeyBytes));
  }
  const std::string row_key = keyspace::SealKey(code);
  auto standing = transaction.Get(row_key);
  if (!standing.ok()) return standing.status();
  if (standing->has_value()) {
    return Refuse(absl::StatusCode::kAlreadyExists, Reason::kAlreadyExists,
                  "the seal key of " + code.Digits() + " stands already");
  }
  records::SealKeyRecord record;
  *record.mutable_wrapped_key() = environment.sealer.Seal(
      fresh_key,
      NonceOf(AsKey(fresh_key), transaction.commit_sequence(), WrapPlace(code), fresh_key),
      WrapPlace(code));
  return storage::PutRow(transaction, row_key, record);
}

absl::StatusOr<records::Sealed> SealFor(storage::WriteTransaction& transaction,
                                        const Environment& environment, coding::Code code,
                                        std::string_view plain, std::string_view context) {
  auto key = KeyOf(transaction, environment, code);
  if (!key.ok()) return key.status();
  if (!key->has_value()) return NotFound("seal key of " + code.Digits());
  const std::string place = SealPlace(code, context);
  return Sealer(**key).Seal(plain, NonceOf(**key, transaction.commit_sequence(), place, plain),
                            place);
}

absl::StatusOr<std::string> OpenFor(storage::ReadTransaction& transaction,
                                    const Environment& environment, coding::Code code,
                                    const records::Sealed& sealed, std::string_view context) {
  auto key = KeyOf(transaction, environment, code);
  if (!key.ok()) return key.status();
  if (!key->has_value()) return std::string();
  return Sealer(**key).Open(sealed, SealPlace(code, context));
}

}  // namespace radyab::access
