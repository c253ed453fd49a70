// Certificates that are not taken any more, whatever they say of themselves.
//
//   # lost on the way to the north gate
//   sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//   serial:1f03
//
// A line is a SHA-256 fingerprint (64 hex digits) or a serial number (hex); colons between digits
// and letters of either case are taken. `#` begins a comment.
#pragma once

#include <openssl/x509.h>

#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace radyab::rpc {

inline constexpr std::size_t kDenyListBytesMax = std::size_t{1} << 20;

// Never changes; any thread.
class DenyList {
 public:
  DenyList() = default;
  // FAILED_PRECONDITION in plain words that name the line: one that cannot be read must not let
  // through what it was to stop.
  static absl::StatusOr<DenyList> Parse(std::string_view text);

  bool Has(const X509& certificate) const;
  std::size_t size() const { return fingerprints_.size() + serials_.size(); }

 private:
  std::set<std::string> fingerprints_;
  std::set<std::string> serials_;
};

}  // namespace radyab::rpc
