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

// Where keys were put last is remembered from so many rows on, by a hash of so many bytes of the
// key: its family and the number behind it, or of a code in a long key the block.
constexpr std::size_t kPlacesFrom = 64;
constexpr std::size_t kPlaceCount = 64;
constexpr std::size_t kPlaceBytes = 5;
constexpr std::size_t kPlaceBytesOfLongKey = 7;
constexpr std::size_t kLongKeyBytes = 16;
constexpr std::size_t kPlaceFactor = 31;

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
  if (!MayHold(key)) return base_.Get(key);
  const auto found = PlaceOf(key);
  if (found == rows_.end() || found->first != key) return base_.Get(key);
  if (!found->second.has_value()) return std::optional<std::string_view>();
  return std::optional<std::string_view>(*found->second);
}

absl::Status RowOverlay::Scan(const KeyRange& range, Direction direction, std::size_t row_count_max,
                              RowVisitor visit) {
  if (auto refusal = CheckRange(range); !refusal.ok()) return refusal;
  if (row_count_max == 0 || IsEmptyRange(range)) return absl::OkStatus();
  const bool of_one_byte =
      !range.begin.empty() && !range.end.empty() && FirstByte(range.begin) == FirstByte(range.end);
  if (rows_.empty() || (of_one_byte && !MayHold(range.begin))) {
    return base_.Scan(range, direction, row_count_max, visit);
  }
  const auto first = PlaceOf(range.begin);
  auto behind = first;
  if (range.end.empty()) {
    behind = rows_.end();
  } else if (first != rows_.end() && first->first < range.end) {
    behind = rows_.lower_bound(range.end);
  }
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

absl::Status RowOverlay::CheckRoom(bool is_new, std::size_t byte_count) {
  const bool too_many_rows = is_new && rows_.size() >= limits_.row_count_max;
  if (byte_count <= limits_.byte_count_max && !too_many_rows) return absl::OkStatus();
  overflowed_ = true;
  return too_many_rows ? TooLarge("rows", limits_.row_count_max)
                       : TooLarge("bytes", limits_.byte_count_max);
}

RowOverlay::Rows::iterator& RowOverlay::LastPlaceOf(std::string_view key) {
  std::size_t slot = 0;
  const std::size_t bytes = key.size() < kLongKeyBytes ? kPlaceBytes : kPlaceBytesOfLongKey;
  for (const char byte : key.substr(0, bytes)) {
    slot = slot * kPlaceFactor + static_cast<unsigned char>(byte);
  }
  return last_places_[slot % last_places_.size()];
}

RowOverlay::Rows::iterator RowOverlay::PlaceOf(std::string_view key) {
  if (last_places_.empty()) return rows_.lower_bound(key);
  const auto last = LastPlaceOf(key);
  if (last != rows_.end() && last->first < key) {
    const auto next = std::next(last);
    if (next == rows_.end() || next->first >= key) return next;
  }
  return rows_.lower_bound(key);
}

void RowOverlay::Insert(Rows::iterator place, bool is_new, Rows::node_type row,
                        std::size_t byte_count) {
  // The whole node is kept: a short text lives inside it, and views of it were handed out.
  if (!is_new) {
    if (!last_places_.empty() && LastPlaceOf(row.key()) == place) {
      LastPlaceOf(row.key()) = rows_.end();
    }
    replaced_.push_back(rows_.extract(place++));
  }
  const auto inserted = rows_.insert(place, std::move(row));
  first_bytes_.set(FirstByte(inserted->first));
  if (last_places_.empty() && rows_.size() >= kPlacesFrom) {
    last_places_.assign(kPlaceCount, rows_.end());
  }
  if (!last_places_.empty()) LastPlaceOf(inserted->first) = inserted;
  if (in_part_) part_.push_back({&inserted->first, !is_new});
  byte_count_ = byte_count;
}

absl::Status RowOverlay::Set(std::string_view key, std::optional<std::string> value) {
  const std::size_t bytes = byte_count_ + key.size() + (value.has_value() ? value->size() : 0);
  const auto found = PlaceOf(key);
  const bool is_new = found == rows_.end() || found->first != key;
  if (auto refusal = CheckRoom(is_new, bytes); !refusal.ok()) return refusal;
  Rows one;
  one.emplace(key, std::move(value));
  Insert(found, is_new, one.extract(one.begin()), bytes);
  return absl::OkStatus();
}

void RowOverlay::BeginPart() {
  part_.clear();
  bytes_before_part_ = byte_count_;
  in_part_ = true;
  overflowed_ = false;
}

// From the last to the first: what a row of the part overwrote is the last that is kept then.
void RowOverlay::TakePartBack() {
  in_part_ = false;
  last_places_.clear();
  for (; !part_.empty(); part_.pop_back()) {
    const auto place = rows_.erase(rows_.find(*part_.back().key));
    if (!part_.back().replaced) continue;
    rows_.insert(place, std::move(replaced_.back()));
    replaced_.pop_back();
  }
  byte_count_ = bytes_before_part_;
}

std::uint64_t RowOverlay::commit_sequence() const { return base_.commit_sequence(); }
std::int64_t RowOverlay::record_time_us() const { return base_.record_time_us(); }

absl::Status RowOverlay::MoveTo(RowOverlay& target) {
  last_places_.clear();
  if (target.rows_.empty() && !target.in_part_ && byte_count_ <= target.limits_.byte_count_max &&
      rows_.size() <= target.limits_.row_count_max) {
    target.rows_.swap(rows_);
    target.last_places_.clear();
    target.first_bytes_ |= first_bytes_;
    target.byte_count_ = byte_count_;
  }
  while (!rows_.empty()) {
    auto row = rows_.extract(rows_.begin());
    const std::size_t bytes = target.byte_count_ + row.key().size() +
                              (row.mapped().has_value() ? row.mapped()->size() : 0);
    const auto found = target.PlaceOf(row.key());
    const bool is_new = found == target.rows_.end() || found->first != row.key();
    if (auto refusal = target.CheckRoom(is_new, bytes); !refusal.ok()) return refusal;
    target.Insert(found, is_new, std::move(row), bytes);
  }
  // Views of overwritten rows may have been handed out too.
  for (auto* rows : {&older_, &replaced_}) {
    for (auto& row : *rows) target.older_.push_back(std::move(row));
    rows->clear();
  }
  byte_count_ = 0;
  return absl::OkStatus();
}

absl::Status RowOverlay::ApplyTo(WriteTransaction& target) const {
  for (const auto& [key, value] : rows_) {
    auto status = value.has_value() ? target.Put(key, *value) : target.Delete(key);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

RowPart::RowPart(WriteTransaction& body) : body_(body), overlay_(dynamic_cast<RowOverlay*>(&body)) {
  if (overlay_ != nullptr) {
    overlay_->BeginPart();
  } else {
    own_.emplace(body);
  }
}

RowPart::~RowPart() { TakeBack(); }

void RowPart::TakeBack() {
  if (overlay_ != nullptr && !ended_) overlay_->TakePartBack();
  ended_ = true;
}

absl::Status RowPart::Keep() {
  ended_ = true;
  if (overlay_ == nullptr) return own_->ApplyTo(body_);
  overlay_->KeepPart();
  return absl::OkStatus();
}

}  // namespace radyab::storage
