#include "registry/storage/row_overlay.h"

#include <iterator>
#include <utility>

#include "registry/reason.h"
#include "registry/storage/merged_scan.h"
#include "registry/storage/row_limits.h"

namespace radyab::storage {
namespace {

absl::Status TooLarge(std::string_view what, std::size_t limit) {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                "one change writes more than " + std::to_string(limit) + " " + std::string(what),
                {{"limit", std::to_string(limit)}});
}

// A stretch of the overlay's rows, from either end.
template <class Iterator>
class MapCursor {
 public:
  MapCursor(Iterator next, Iterator behind) : next_(next), behind_(behind) {}
  bool done() const { return next_ == behind_; }
  std::string_view key() const { return next_->first; }
  std::optional<std::string_view> value() const { return next_->second; }
  void Next() { ++next_; }

 private:
  Iterator next_, behind_;
};

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
  if (direction == Direction::kForward) {
    return MergedScan(base_, range, direction, row_count_max, MapCursor(first, behind), visit);
  }
  return MergedScan(
      base_, range, direction, row_count_max,
      MapCursor(std::make_reverse_iterator(behind), std::make_reverse_iterator(first)), visit);
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

absl::Status RowOverlay::CheckRoom(bool is_new, std::size_t byte_count) const {
  if (byte_count > limits_.byte_count_max) return TooLarge("bytes", limits_.byte_count_max);
  if (is_new && rows_.size() >= limits_.row_count_max) {
    return TooLarge("rows", limits_.row_count_max);
  }
  return absl::OkStatus();
}

absl::Status RowOverlay::Set(std::string_view key, std::optional<std::string> value) {
  const std::size_t bytes = byte_count_ + key.size() + (value.has_value() ? value->size() : 0);
  const auto found = rows_.lower_bound(key);
  const bool is_new = found == rows_.end() || found->first != key;
  if (auto refusal = CheckRoom(is_new, bytes); !refusal.ok()) return refusal;
  std::string own_key(key);
  auto place = found;
  // The whole node is kept: a short text lives inside it, and views of it were handed out.
  if (!is_new) replaced_.push_back(rows_.extract(place++));
  rows_.emplace_hint(place, std::move(own_key), std::move(value));
  byte_count_ = bytes;
  return absl::OkStatus();
}

std::uint64_t RowOverlay::commit_sequence() const { return base_.commit_sequence(); }
std::int64_t RowOverlay::record_time_us() const { return base_.record_time_us(); }

absl::Status RowOverlay::MoveTo(RowOverlay& target) {
  if (target.rows_.empty() && byte_count_ <= target.limits_.byte_count_max &&
      rows_.size() <= target.limits_.row_count_max) {
    target.rows_.swap(rows_);
    target.byte_count_ = byte_count_;
  }
  while (!rows_.empty()) {
    auto row = rows_.extract(rows_.begin());
    const std::size_t bytes = target.byte_count_ + row.key().size() +
                              (row.mapped().has_value() ? row.mapped()->size() : 0);
    const auto found = target.rows_.lower_bound(row.key());
    const bool is_new = found == target.rows_.end() || found->first != row.key();
    if (auto refusal = target.CheckRoom(is_new, bytes); !refusal.ok()) return refusal;
    auto place = found;
    if (!is_new) target.replaced_.push_back(target.rows_.extract(place++));
    target.rows_.insert(place, std::move(row));
    target.byte_count_ = bytes;
  }
  // Views of overwritten rows may have been handed out too.
  for (auto& row : replaced_) target.replaced_.push_back(std::move(row));
  replaced_.clear();
  byte_count_ = 0;
  return absl::OkStatus();
}

absl::Status RowOverlay::HandOverTo(WriteTransaction& target) {
  auto* const overlay = dynamic_cast<RowOverlay*>(&target);
  return overlay != nullptr ? MoveTo(*overlay) : ApplyTo(target);
}

absl::Status RowOverlay::ApplyTo(WriteTransaction& target) const {
  for (const auto& [key, value] : rows_) {
    auto status = value.has_value() ? target.Put(key, *value) : target.Delete(key);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace radyab::storage
