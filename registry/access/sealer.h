// AES-256-GCM for what must not lie in the clear: personal parts of records and answers in the
// request log.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "registry/records/records.pb.h"

namespace radyab::access {

inline constexpr std::size_t kNonceBytes = 12;
inline constexpr std::size_t kTagBytes = 16;

// One AES-256 key (GCM: NIST SP 800-38D, 96-bit nonces and 128-bit tags). Thread safe.
class Sealer {
 public:
  explicit Sealer(const std::array<std::uint8_t, 32>& key) : key_(key) {}
  // `nonce` is 12 bytes, never used twice with this key; `context` is what the sealed bytes belong
  // to (a storage key): they open only in that place.
  records::Sealed Seal(std::string_view plain, std::string_view nonce,
                       std::string_view context) const;
  // Refuses (DATA_LOSS, CORRUPT_RECORD) what was changed or belongs elsewhere.
  absl::StatusOr<std::string> Open(const records::Sealed& sealed, std::string_view context) const;

 private:
  std::array<std::uint8_t, 32> key_;
};

// `byte_count` bytes of the operating system's randomness. Never call it inside a write body: draw
// before, hand in.
std::string RandomBytes(std::size_t byte_count);

}  // namespace radyab::access
