// Changes held in memory above a transaction: what one body, or one row of an import, did and may
// yet be thrown away.
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/storage/store.h"

namespace radyab::storage {

// The most one overlay takes; more is refused with RESOURCE_EXHAUSTED (LIMIT_EXCEEDED). The default
// bounds one body, so that a group of bodies never outgrows what LMDB can hold back in memory
// (131,071 changed pages).
struct OverlayLimits {
  std::size_t row_count_max = 50'000;
  std::size_t byte_count_max = std::size_t{64} << 20;  // keys and values, overwritten ones too
};
inline constexpr OverlayLimits kNoOverlayLimits = {std::numeric_limits<std::size_t>::max(),
                                                   std::numeric_limits<std::size_t>::max()};

// Reads fall through to `base`, writes stay here until ApplyTo. Views stay valid while the overlay
// and its base live, also those of rows that were overwritten or deleted since: nothing it handed
// out is freed or moved. One thread at a time. `base` must not change while the overlay is read.
class RowOverlay : public WriteTransaction {
 public:
  // Overlays stack: hand one over as `WriteTransaction&`, as it is never copied.
  explicit RowOverlay(WriteTransaction& base, OverlayLimits limits = {});
  RowOverlay(const RowOverlay&) = delete;
  RowOverlay& operator=(const RowOverlay&) = delete;

  absl::StatusOr<std::optional<std::string_view>> Get(std::string_view key) override;
  absl::Status Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                    RowVisitor visit) override;
  absl::Status Put(std::string_view key, std::string_view value) override;
  absl::Status Delete(std::string_view key) override;
  std::uint64_t commit_sequence() const override;
  std::int64_t record_time_us() const override;

  // Writes everything to `target` in key order. Stops at the first refusal.
  absl::Status ApplyTo(WriteTransaction& target) const;
  // The same, into the overlay this one stands on: rows are handed over as they are, and views of
  // them stay valid as long as `target`. This one is empty afterwards.
  absl::Status MoveTo(RowOverlay& target);
  // MoveTo where `target` is an overlay, ApplyTo elsewhere. This one stands on `target`.
  absl::Status HandOverTo(WriteTransaction& target);
  bool empty() const { return rows_.empty(); }
  std::size_t row_count() const { return rows_.size(); }
  std::size_t byte_count() const { return byte_count_; }

 private:
  using Rows = std::map<std::string, std::optional<std::string>, std::less<>>;
  absl::Status Set(std::string_view key, std::optional<std::string> value);
  absl::Status CheckRoom(bool is_new, std::size_t byte_count) const;

  WriteTransaction& base_;
  OverlayLimits limits_;
  Rows rows_;  // empty optional: deleted
  std::size_t byte_count_ = 0;
  std::vector<Rows::node_type> replaced_;  // rows handed out earlier and overwritten since
};

}  // namespace radyab::storage
