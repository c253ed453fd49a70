// Changes held in memory above a transaction: what one body did and may yet be thrown away, and of
// a body what a part of it did (one row of an import).
#pragma once

#include <bitset>
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
  bool empty() const { return rows_.empty(); }
  std::size_t row_count() const { return rows_.size(); }
  std::size_t byte_count() const { return byte_count_; }

  // What is written from here on is a part that can be taken back by itself, with all views of it.
  // One part at a time; each ends with KeepPart or TakePartBack.
  void BeginPart();
  void KeepPart() { in_part_ = false; }
  void TakePartBack();
  // Whether the limits refused something since the last BeginPart.
  bool overflowed() const { return overflowed_; }

 private:
  using Rows = std::map<std::string, std::optional<std::string>, std::less<>>;
  // What is done to take a row of a part back.
  struct Undo {
    const std::string* key = nullptr;  // lies in rows_
    bool replaced = false;             // the last of replaced_ stood there before
  };

  absl::Status Set(std::string_view key, std::optional<std::string> value);
  absl::Status CheckRoom(bool is_new, std::size_t byte_count);
  // `place`: where the key of `row` is, or would be; `is_new`: it is not there.
  void Insert(Rows::iterator place, bool is_new, Rows::node_type row, std::size_t byte_count);
  // The first row that is not before `key`.
  Rows::iterator PlaceOf(std::string_view key);
  Rows::iterator& LastPlaceOf(std::string_view key);
  // False: no row begins with the byte that `key` begins with.
  bool MayHold(std::string_view key) const { return first_bytes_[FirstByte(key)]; }
  static std::size_t FirstByte(std::string_view key) {
    return key.empty() ? 0 : static_cast<unsigned char>(key.front());
  }

  WriteTransaction& base_;
  OverlayLimits limits_;
  Rows rows_;  // empty optional: deleted
  std::size_t byte_count_ = 0;
  std::vector<Rows::node_type> replaced_;  // rows handed out earlier and overwritten since
  std::vector<Rows::node_type> older_;     // those of overlays that were moved into this one
  std::bitset<256> first_bytes_;           // of the keys of rows_, and maybe of others
  // Of a large overlay: by the beginning of keys, where one was put last. Keys mostly rise.
  std::vector<Rows::iterator> last_places_;
  std::vector<Undo> part_;
  std::size_t bytes_before_part_ = 0;
  bool in_part_ = false;
  bool overflowed_ = false;
};

// What a part of a body writes, kept or taken back by itself: at once in the body's overlay, or in
// an overlay of its own above any other transaction. Not kept, it is taken back at its end. One at
// a time lives.
class RowPart {
 public:
  explicit RowPart(WriteTransaction& body);
  ~RowPart();
  RowPart(const RowPart&) = delete;
  RowPart& operator=(const RowPart&) = delete;

  WriteTransaction& rows() { return own_ ? *own_ : body_; }
  absl::Status Keep();
  // What its end does, at once: nothing it wrote is seen any more. Only before Keep.
  void TakeBack();
  // Whether something was refused because it is more than the body may write.
  bool overflowed() const { return own_ ? own_->overflowed() : overlay_->overflowed(); }

 private:
  WriteTransaction& body_;
  RowOverlay* const overlay_;      // the body's; null: it has none
  std::optional<RowOverlay> own_;  // then
  bool ended_ = false;
};

}  // namespace radyab::storage
