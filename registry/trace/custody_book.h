// Who holds what: the rows of custody, read and changed.
//
// A unit or container outside any container bears its own whereabouts; inside one it bears none and
// shares those of the outermost container. A lot's quantities lie loose at a party (LotStock) or in
// a container (Content, and ContainedIn for the way back). Goods in transit have a second LotStock
// row under their destination (state 0), so that a receiver finds them without knowing the sender.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "coding/decimal_quantity.h"
#include "registry/records/records.pb.h"
#include "registry/storage/store.h"
#include "registry/trace/viewer.h"

namespace radyab::trace {

inline constexpr std::uint8_t kInboundState = 0;  // of the second row; see above

// A decimal that was written by us. DATA_LOSS (CORRUPT_RECORD) otherwise.
absl::StatusOr<coding::Decimal> StoredDecimal(std::string_view text, const std::string& key);

absl::StatusOr<std::optional<records::ObjectRecord>> FindObject(
    storage::ReadTransaction& transaction, std::string_view object_key);
Whereabouts WhereaboutsOf(const records::ObjectRecord& record);

// The key of a LotStock row.
std::string StockKey(std::string_view lot, const Whereabouts& where);
// How much of the lot lies loose there; 0 when none.
absl::StatusOr<coding::Decimal> StockOf(storage::ReadTransaction& transaction, std::string_view lot,
                                        const Whereabouts& where);
// How much of the lot is directly in the container.
absl::StatusOr<coding::Decimal> AmountInside(storage::ReadTransaction& transaction,
                                             std::string_view container, std::string_view lot);

// The event that changes the book.
struct Moment {
  std::uint64_t event = 0;
  std::int64_t time_us = 0;
  std::string place;
};

// Changes of one event. Amounts were checked before: taking more than there is answers DATA_LOSS.
class CustodyBook {
 public:
  CustodyBook(storage::WriteTransaction& transaction, Moment moment)
      : transaction_(transaction), moment_(std::move(moment)) {}

  const Moment& moment() const { return moment_; }
  // Writes the record with this event as its last.
  absl::Status PutObject(std::string_view object_key, records::ObjectRecord record);
  // Writes it as it is: what happened was not a change of its custody.
  absl::Status KeepObject(std::string_view object_key, const records::ObjectRecord& record);

  absl::Status AddStock(std::string_view lot, const Whereabouts& where,
                        const coding::Decimal& amount, const std::string& place);
  // Returns the place the stock had.
  absl::StatusOr<std::string> TakeStock(std::string_view lot, const Whereabouts& where,
                                        const coding::Decimal& amount);

  // A lot's quantity, or one piece of anything else.
  absl::Status PutInside(std::string_view container, std::string_view child,
                         const coding::Decimal& amount, const std::string& unit);
  absl::Status TakeOut(std::string_view container, std::string_view child,
                       const coding::Decimal& amount);

 private:
  absl::Status ChangeInside(const std::string& key, const coding::Decimal& change,
                            const std::string& unit);

  storage::WriteTransaction& transaction_;
  Moment moment_;
};

}  // namespace radyab::trace
