#include "registry/trace/custody_book.h"

#include <algorithm>

#include "coding/code.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"

namespace radyab::trace {
namespace {

using coding::Decimal;
using storage::CorruptRecord;

bool IsLotKey(std::string_view key) { return !key.empty() && key.front() == '\x01'; }

// The row under the destination of goods in transit.
std::string InboundKey(std::string_view lot, const Whereabouts& where) {
  const auto destination = coding::Code::FromNumber(where.destination);
  return keyspace::LotStock(lot, *destination, kInboundState, where.holder);
}

Decimal Negated(const Decimal& amount) { return {-amount.mantissa, amount.scale}; }

// What stands in `text` (empty: nothing) and the change together; DATA_LOSS below zero.
absl::StatusOr<Decimal> Changed(std::string_view text, const Decimal& change,
                                const std::string& key) {
  auto present = text.empty() ? Decimal{} : StoredDecimal(text, key);
  if (!present.ok()) return present.status();
  const auto sum = coding::AddDecimal(*present, change);
  if (!sum || sum->mantissa < 0) return CorruptRecord(key);
  return coding::NormalizeDecimal(*sum);
}

}  // namespace

absl::StatusOr<Decimal> StoredDecimal(std::string_view text, const std::string& key) {
  const auto amount = coding::ParseDecimal(text);
  if (!amount.ok()) return CorruptRecord(key);
  return *amount;
}

absl::StatusOr<std::optional<records::ObjectRecord>> FindObject(
    storage::ReadTransaction& transaction, std::string_view object_key) {
  return storage::GetRow<records::ObjectRecord>(transaction, keyspace::Object(object_key));
}

Whereabouts WhereaboutsOf(const records::ObjectRecord& record) {
  return {record.holder(), record.state(), record.destination()};
}

std::string StockKey(std::string_view lot, const Whereabouts& where) {
  const auto holder = coding::Code::FromNumber(where.holder);
  return keyspace::LotStock(lot, *holder, static_cast<std::uint8_t>(where.state),
                            where.destination);
}

absl::StatusOr<Decimal> StockOf(storage::ReadTransaction& transaction, std::string_view lot,
                                const Whereabouts& where) {
  const std::string key = StockKey(lot, where);
  auto row = storage::GetRow<records::LotStockRecord>(transaction, key);
  if (!row.ok()) return row.status();
  return row->has_value() ? StoredDecimal((*row)->amount(), key) : Decimal{};
}

absl::StatusOr<Decimal> AmountInside(storage::ReadTransaction& transaction,
                                     std::string_view container, std::string_view lot) {
  const std::string key = keyspace::Content(container, lot);
  auto row = storage::GetRow<records::ContentRecord>(transaction, key);
  if (!row.ok()) return row.status();
  return row->has_value() ? StoredDecimal((*row)->amount(), key) : Decimal{};
}

absl::Status CustodyBook::PutObject(std::string_view object_key, records::ObjectRecord record) {
  record.set_event(moment_.event);
  record.set_event_time_us(moment_.time_us);
  return KeepObject(object_key, record);
}

absl::Status CustodyBook::KeepObject(std::string_view object_key,
                                     const records::ObjectRecord& record) {
  return storage::PutRow(transaction_, keyspace::Object(object_key), record);
}

absl::Status CustodyBook::AddStock(std::string_view lot, const Whereabouts& where,
                                   const Decimal& amount, const std::string& place) {
  const std::string key = StockKey(lot, where);
  auto row = storage::GetRow<records::LotStockRecord>(transaction_, key);
  if (!row.ok()) return row.status();
  const bool fresh = !row->has_value();
  records::LotStockRecord stock = fresh ? records::LotStockRecord() : std::move(**row);
  auto sum = Changed(stock.amount(), amount, key);
  if (!sum.ok()) return sum.status();
  stock.set_amount(coding::WriteDecimal(*sum));
  // Quantities that meet are one quantity: its place is known only while it is that of all of it.
  stock.set_place(fresh || stock.place() == place ? place : "");
  stock.set_event(moment_.event);
  stock.set_first_time_us(fresh ? moment_.time_us
                                : std::min(stock.first_time_us(), moment_.time_us));
  stock.set_last_time_us(fresh ? moment_.time_us : std::max(stock.last_time_us(), moment_.time_us));
  if (where.state == v1::CUSTODY_STATE_IN_TRANSIT) {
    auto status = storage::PutRow(transaction_, InboundKey(lot, where), stock);
    if (!status.ok()) return status;
  }
  return storage::PutRow(transaction_, key, stock);
}

absl::StatusOr<std::string> CustodyBook::TakeStock(std::string_view lot, const Whereabouts& where,
                                                   const Decimal& amount) {
  const std::string key = StockKey(lot, where);
  auto row = storage::GetRow<records::LotStockRecord>(transaction_, key);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return CorruptRecord(key);
  records::LotStockRecord& stock = **row;
  auto rest = Changed(stock.amount(), Negated(amount), key);
  if (!rest.ok()) return rest.status();
  stock.set_amount(coding::WriteDecimal(*rest));
  const bool transit = where.state == v1::CUSTODY_STATE_IN_TRANSIT;
  if (rest->mantissa == 0) {
    if (auto status = transaction_.Delete(key); !status.ok()) return status;
    if (transit) {
      auto status = transaction_.Delete(InboundKey(lot, where));
      if (!status.ok()) return status;
    }
    return stock.place();
  }
  if (transit) {
    auto status = storage::PutRow(transaction_, InboundKey(lot, where), stock);
    if (!status.ok()) return status;
  }
  if (auto status = storage::PutRow(transaction_, key, stock); !status.ok()) return status;
  return stock.place();
}

absl::Status CustodyBook::ChangeInside(const std::string& key, const Decimal& change,
                                       const std::string& unit) {
  auto row = storage::GetRow<records::ContentRecord>(transaction_, key);
  if (!row.ok()) return row.status();
  records::ContentRecord content;
  if (row->has_value()) {
    content = std::move(**row);
  } else {
    content.set_unit(unit);
    content.set_event(moment_.event);
  }
  auto sum = Changed(content.amount(), change, key);
  if (!sum.ok()) return sum.status();
  if (sum->mantissa == 0) return transaction_.Delete(key);
  content.set_amount(coding::WriteDecimal(*sum));
  return storage::PutRow(transaction_, key, content);
}

absl::Status CustodyBook::PutInside(std::string_view container, std::string_view child,
                                    const Decimal& amount, const std::string& unit) {
  if (IsLotKey(child)) {
    auto status = ChangeInside(keyspace::ContainedIn(child, container), amount, unit);
    if (!status.ok()) return status;
  }
  return ChangeInside(keyspace::Content(container, child), amount, unit);
}

absl::Status CustodyBook::TakeOut(std::string_view container, std::string_view child,
                                  const Decimal& amount) {
  if (IsLotKey(child)) {
    auto status = ChangeInside(keyspace::ContainedIn(child, container), Negated(amount), "");
    if (!status.ok()) return status;
  }
  return ChangeInside(keyspace::Content(container, child), Negated(amount), "");
}

}  // namespace radyab::trace
