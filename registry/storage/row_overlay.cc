#include "registry/storage/row_overlay.h"

#include <iterator>
#include <utility>

#include "registry/reason.h"
#include "registry/storage/row_limits.h"

namespace radyab::storage {
namespace {

absl::Status TooLarge(std::string_view what, std::size_t limit) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                "one change writes more than " + std::to_string(limit) + " " + std::string(what),
                {{"limit", std::to_string(limit)}});
}

// Shows rows to a visitor until it has enough of them.
class Merged {
 public:
  Merged(std::size_t row_count_max, RowVisitor visit) : left_(row_count_max), visit_(visit) {}
  // One row, or none where it was deleted. Whether to go on.
  bool Show(std::string_view key, std::optional<std::string_view> value) {
    if (!value.has_value()) return true;
    wanted_ = visit_(key, *value) && --left_ > 0;
    return wanted_;
  }
  bool wanted() const { return wanted_; }

 private:
  std::size_t left_;
  RowVisitor visit_;
  bool wanted_ = true;
};

// Base and overlay in one order; where both know a key, the overlay's row counts. The overlay's
// rows run from `own` to `own_end` in the order `before` of the scan.
template <class OwnRow, class Before>
absl::Status MergeScan(ReadTransaction& base, const KeyRange& range, Direction direction,
                       Merged& merged, OwnRow own, OwnRow own_end, Before before) {
  auto status =
      base.Scan(range, direction, kNoRowLimit, [&](std::string_view key, std::string_view value) {
        for (; own != own_end && before(std::string_view(own->first), key); ++own) {
          if (!merged.Show(own->first, own->second)) return false;
        }
        if (own == own_end || own->first != key) return merged.Show(key, value);
        const bool wanted = merged.Show(own->first, own->second);
        ++own;
        return wanted;
      });
  if (!status.ok()) return status;
  for (; own != own_end && merged.wanted(); ++own) merged.Show(own->first, own->second);
  return absl::OkStatus();
}

}  // namespace

RowOverlay::RowOverlay(WriteTransaction& base, OverlayLimits limits)
    : base_(base), limits_(limits) {}

absl::StatusOr<std::optional<std::string_view>> RowOverlay::Get(std::string_view key) {
  if (auto refusal = CheckKey(key); !refusal.ok()) return refusal;
  const auto found = rows_.find(key);
  if (found == rows_.end()) return base_.Get(key);
  if (!found->second.has_value()) return std::optional<std::string_view>();
  return std::optional<std::string_view>(*found->second);
}

absl::Status RowOverlay::Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                              RowVisitor visit) {
  if (auto refusal = CheckRange(range); !refusal.ok()) return refusal;
  if (row_count_max == 0 || IsEmptyRange(range)) return absl::OkStatus();
  const auto first = rows_.lower_bound(range.begin);
  const auto behind = range.end.empty() ? rows_.end() : rows_.lower_bound(range.end);
  Merged merged(row_count_max, visit);
  if (direction == Direction::kForward) {
    return MergeScan(base_, range, direction, merged, first, behind, std::less<>());
  }
  return MergeScan(base_, range, direction, merged, std::make_reverse_iterator(behind),
                   std::make_reverse_iterator(first), std::greater<>());
}

absl::Status RowOverlay::Put(std::string_view key, std::string_view value) {
  if (auto refusal = CheckKey(key); !refusal.ok()) return refusal;
  if (auto refusal = CheckValue(value); !refusal.ok()) return refusal;
  return Set(key, std::string(value));
}

absl::Status RowOverlay::Delete(std::string_view key) {
  if (auto refusal = CheckKey(key); !refusal.ok()) return refusal;
  return Set(key, std::nullopt);
}

absl::Status RowOverlay::Set(std::string_view key, std::optional<std::string> value) {
  const std::size_t bytes = byte_count_ + key.size() + (value.has_value() ? value->size() : 0);
  if (bytes > limits_.byte_count_max) return TooLarge("bytes", limits_.byte_count_max);
  const auto found = rows_.find(key);
  if (found == rows_.end() && rows_.size() >= limits_.row_count_max) {
    return TooLarge("rows", limits_.row_count_max);
  }
  std::string own_key(key);
  // The whole node is kept: a short text lives inside it, and views of it were handed out.
  if (found != rows_.end()) replaced_.push_back(rows_.extract(found));
  rows_.emplace(std::move(own_key), std::move(value));
  byte_count_ = bytes;
  return absl::OkStatus();
}

std::uint64_t RowOverlay::commit_sequence() const { return base_.commit_sequence(); }
std::int64_t RowOverlay::record_time_us() const { return base_.record_time_us(); }

absl::Status RowOverlay::ApplyTo(WriteTransaction& target) const {
  for (const auto& [key, value] : rows_) {
    auto status = value.has_value() ? target.Put(key, *value) : target.Delete(key);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace radyab::storage
