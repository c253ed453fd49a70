#include "registry/trace/lot_holdings.h"

#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/rows.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/event_draft.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {
namespace {

using coding::Decimal;

using VisitHolding = absl::FunctionRef<absl::Status(const Holding&)>;

// Counts what a trace looks at.
class Look {
 public:
  absl::Status One() {
    if (++count_ <= kTraceUnitsMax) return absl::OkStatus();
    return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                  "the trace meets more than " + std::to_string(kTraceUnitsMax) + " holdings",
                  {{"limit", std::to_string(kTraceUnitsMax)}});
  }

 private:
  std::size_t count_ = 0;
};

Holding HoldingOf(const Standing& standing) {
  Holding holding;
  holding.where = standing.where;
  holding.container = standing.container;
  holding.place = standing.place;
  holding.event = standing.event;
  holding.first_us = standing.since_us;
  holding.last_us = standing.since_us;
  return holding;
}

// The whereabouts in the key of a LotStock row.
Whereabouts ReadStockKey(std::string_view key, std::size_t prefix_bytes) {
  storage::OrderedKeyReader reader(key.substr(prefix_bytes));
  Whereabouts where;
  where.holder = reader.U64();
  where.state = static_cast<v1::CustodyState>(reader.U8());
  where.destination = reader.U64();
  return where;
}

absl::Status VisitLoose(storage::ReadTransaction& transaction, std::string_view lot,
                        const std::string& unit, Look& look, VisitHolding visit) {
  const std::string prefix = keyspace::LotStockPrefix(lot);
  absl::Status fault = absl::OkStatus();
  auto status = storage::ScanRows<records::LotStockRecord>(
      transaction, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
      storage::kNoRowLimit, [&](std::string_view key, records::LotStockRecord stock) {
        Holding holding;
        holding.where = ReadStockKey(key, prefix.size());
        if (static_cast<std::uint8_t>(holding.where.state) == kInboundState) return true;
        auto amount = StoredDecimal(stock.amount(), std::string(key));
        fault = amount.ok() ? look.One() : amount.status();
        if (!fault.ok()) return false;
        holding.amount = *amount;
        holding.unit = unit;
        holding.place = stock.place();
        holding.event = stock.event();
        holding.first_us = stock.first_time_us();
        holding.last_us = stock.last_time_us();
        fault = visit(holding);
        return fault.ok();
      });
  return fault.ok() ? status : fault;
}

absl::Status VisitPacked(storage::ReadTransaction& transaction, std::string_view lot,
                         Containment& containment, Look& look, VisitHolding visit) {
  const std::string prefix = keyspace::ContainedInPrefix(lot);
  absl::Status fault = absl::OkStatus();
  auto status = storage::ScanRows<records::ContentRecord>(
      transaction, {prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
      storage::kNoRowLimit, [&](std::string_view key, records::ContentRecord content) {
        auto standing = containment.Inside(std::string(key.substr(prefix.size())));
        auto amount = StoredDecimal(content.amount(), std::string(key));
        fault = !standing.ok() ? standing.status() : amount.ok() ? look.One() : amount.status();
        if (!fault.ok()) return false;
        Holding holding = HoldingOf(*standing);
        holding.amount = *amount;
        holding.unit = content.unit();
        fault = visit(holding);
        return fault.ok();
      });
  return fault.ok() ? status : fault;
}

absl::Status VisitUnits(storage::ReadTransaction& transaction, std::string_view lot,
                        Containment& containment, Look& look, VisitHolding visit) {
  const std::string prefix = keyspace::LotUnitPrefix(lot);
  absl::Status fault = absl::OkStatus();
  auto status = transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                                 storage::kNoRowLimit, [&](std::string_view key, std::string_view) {
                                   fault = look.One();
                                   if (!fault.ok()) return false;
                                   auto holding = HoldingOfPiece(
                                       transaction, key.substr(prefix.size()), containment);
                                   fault = holding.ok() ? visit(*holding) : holding.status();
                                   return fault.ok();
                                 });
  return fault.ok() ? status : fault;
}

}  // namespace

absl::StatusOr<Holding> HoldingOfPiece(storage::ReadTransaction& transaction, std::string_view key,
                                       Containment& containment) {
  auto record = FindObject(transaction, key);
  if (!record.ok()) return record.status();
  if (!record->has_value()) return storage::CorruptRecord(keyspace::Object(key));
  auto standing = containment.Of(**record);
  if (!standing.ok()) return standing.status();
  Holding holding = HoldingOf(*standing);
  holding.amount = Decimal{1, 0};
  holding.unit = kPieces;
  holding.piece = std::string(key);
  return holding;
}

absl::Status VisitLotHoldings(storage::ReadTransaction& transaction, std::string_view lot,
                              Containment& containment, VisitHolding visit) {
  auto head = FindObject(transaction, lot);
  if (!head.ok()) return head.status();
  if (!head->has_value()) return storage::CorruptRecord(keyspace::Object(lot));
  Look look;
  auto status = VisitLoose(transaction, lot, (*head)->unit(), look, visit);
  if (status.ok()) status = VisitPacked(transaction, lot, containment, look, visit);
  if (status.ok()) status = VisitUnits(transaction, lot, containment, look, visit);
  return status;
}

}  // namespace radyab::trace
