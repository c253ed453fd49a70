// CompareNotice: the rules are those of coding/notice_comparison.h; here is what they are asked
// about.
#include <map>

#include "coding/gs1_characters.h"
#include "coding/notice_comparison.h"
#include "registry/catalog/entry_facts.h"
#include "registry/catalog/life.h"
#include "registry/fault_list.h"
#include "registry/notices/notice_registry.h"
#include "registry/notices/notice_row.h"
#include "registry/page_scan.h"
#include "registry/reason.h"
#include "registry/storage/record.h"
#include "registry/trace/custody_book.h"
#include "registry/trace/event_draft.h"
#include "registry/trace/trace_query.h"

namespace radyab::notices {
namespace {

using coding::AnnouncedLine;
using coding::NoticeVerdict;
using coding::ObjectWord;
using coding::ScannedThing;
using Type = ObjectWord::Type;

constexpr std::size_t kReasonBytesMax = 100;

// A reason to be told very many times: as many whole characters of it as fit.
std::string Shortened(const std::string& reason) {
  if (reason.size() <= kReasonBytesMax) return reason;
  std::size_t end = kReasonBytesMax;
  while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0) == 0x80) --end;
  return reason.substr(0, end) + "…";
}

// What the registry says of lots, units and items, as far as the caller may see it.
class Facts {
 public:
  Facts(storage::ReadTransaction& transaction, const access::Caller& caller)
      : transaction_(transaction), caller_(caller) {}

  // Why goods of this item may not move; empty: they may.
  absl::StatusOr<std::string> Blocked(const ObjectWord& object) {
    if (!object.code) return std::string();
    const auto [known, fresh] = blocked_.try_emplace(object.code->number());
    if (!fresh) return known->second;
    auto item = catalog::ReadStoredEntry<v1::Item>(transaction_, *object.code);
    if (absl::IsNotFound(item.status())) return known->second = "there is no such item";
    if (!item.ok()) return item.status();
    if (item->life.state == v1::LIFE_STATE_ACTIVE) return std::string();
    known->second = catalog::LifeStateName(item->life.state);
    if (!item->life.reason.empty()) known->second += ": " + Shortened(item->life.reason);
    return known->second;
  }

  // The lot of a unit and the last day of use, where they are not told already.
  absl::Status Complete(const ObjectWord& object, std::string& lot,
                        std::optional<coding::CivilDate>& expiry) {
    const bool unit = object.type == Type::kUnit;
    if (!unit && object.type != Type::kLot) return absl::OkStatus();
    if (expiry && (!unit || !lot.empty())) return absl::OkStatus();
    const std::string word = coding::WriteObjectWord(object);
    const auto [known, fresh] = traced_.try_emplace(word);
    if (fresh) {
      auto facts = trace::FactsOf(transaction_, caller_, word);
      if (!facts.ok()) return facts.status();
      known->second = *std::move(facts);
    }
    if (unit && lot.empty()) lot = known->second.lot;
    if (expiry || known->second.expiry_date.empty()) return absl::OkStatus();
    const auto date = coding::ParseIsoDate(known->second.expiry_date);
    if (!date.ok()) return storage::CorruptRecord(word);
    expiry = *date;
    return absl::OkStatus();
  }

 private:
  storage::ReadTransaction& transaction_;
  const access::Caller& caller_;
  std::map<std::uint64_t, std::string> blocked_;  // by code
  std::map<std::string, trace::TraceFacts> traced_;
};

absl::StatusOr<AnnouncedLine> Announced(const v1::ShippingNoticeLine& stored, Facts& facts) {
  AnnouncedLine line;
  const auto word = coding::ParseObjectWord(stored.object());
  if (!word.ok()) return storage::CorruptRecord(stored.object());
  line.object = *word;
  if (stored.has_quantity()) {
    auto amount = trace::StoredDecimal(stored.quantity().amount(), stored.object());
    if (!amount.ok()) return amount.status();
    line.quantity = *amount;
    line.unit = stored.quantity().unit();
  }
  line.lot = stored.lot();
  if (const auto date = coding::ParseIsoDate(stored.expiry_date()); date.ok()) line.expiry = *date;
  if (!stored.container().empty()) {
    const auto around = coding::ParseObjectWord(stored.container());
    if (!around.ok()) return storage::CorruptRecord(stored.object());
    line.container = around->text;
  }
  if (auto status = facts.Complete(line.object, line.lot, line.expiry); !status.ok()) {
    return status;
  }
  auto blocked = facts.Blocked(line.object);
  if (!blocked.ok()) return blocked.status();
  line.blocked = *std::move(blocked);
  return line;
}

void ReadQuantity(const v1::ScannedObject& wanted, const std::string& field, ScannedThing& thing,
                  FaultList& faults) {
  if (!wanted.has_quantity()) return;
  const auto amount = coding::ParseDecimal(wanted.quantity().amount());
  const bool piece = thing.object.type == Type::kUnit || thing.object.type == Type::kContainer;
  if (piece) {
    const bool one = amount.ok() && coding::NormalizeDecimal(*amount) == coding::Decimal{1, 0};
    if (!one || wanted.quantity().unit() != trace::kPieces) {
      faults.Add(field, wanted.object() + " is one piece: leave it empty");
    }
    return;
  }
  if (!amount.ok()) {
    faults.Add(field + ".amount", amount.refusal().message);
  } else if (amount->mantissa <= 0 || amount->mantissa > trace::kQuantityMantissaMax) {
    faults.Add(field + ".amount", "\"" + wanted.quantity().amount() +
                                      "\"; want more than nothing, of at most 18 digits");
  } else {
    thing.quantity = *amount;
  }
  const auto unit = coding::ParseMeasureUnit(wanted.quantity().unit());
  if (unit.ok()) {
    thing.unit = *unit;
  } else {
    faults.Add(field + ".unit", unit.refusal().message);
  }
}

ScannedThing ReadScanned(const v1::ScannedObject& wanted, std::size_t place, FaultList& faults) {
  const std::string field = "scanned[" + std::to_string(place) + "]";
  ScannedThing thing;
  const auto word = coding::ParseObjectWord(wanted.object());
  if (!word.ok()) {
    faults.Add(field + ".object", word.refusal().message);
    return thing;
  }
  thing.object = *word;
  if (word->code && word->code->kind() != coding::Kind::kItem) {
    faults.Add(field + ".object", wanted.object() + " begins with the code of a " +
                                      std::string(coding::KindName(word->code->kind())) +
                                      "; only items are shipped");
  }
  ReadQuantity(wanted, field + ".quantity", thing, faults);
  if (!wanted.lot().empty()) {
    if (word->type != Type::kUnit) {
      faults.Add(field + ".lot", "only a unit tells the lot it belongs to");
    } else if (const auto lot = coding::ParseLot(wanted.lot()); !lot.ok()) {
      faults.Add(field + ".lot", lot.refusal().message);
    }
    thing.lot = wanted.lot();
  }
  if (wanted.expiry_date().empty()) return thing;
  const auto date = coding::ParseIsoDate(wanted.expiry_date());
  if (date.ok()) {
    thing.expiry = *date;
  } else {
    faults.Add(field + ".expiry_date", date.refusal().message);
  }
  return thing;
}

v1::NoticeVerdict Told(NoticeVerdict verdict) {
  switch (verdict) {
    case NoticeVerdict::kBlocked:
      return v1::NOTICE_VERDICT_BLOCKED;
    case NoticeVerdict::kExpired:
      return v1::NOTICE_VERDICT_EXPIRED;
    case NoticeVerdict::kDouble:
      return v1::NOTICE_VERDICT_DOUBLE;
    case NoticeVerdict::kWrongLot:
      return v1::NOTICE_VERDICT_WRONG_LOT;
    case NoticeVerdict::kWrongUnit:
      return v1::NOTICE_VERDICT_WRONG_UNIT;
    case NoticeVerdict::kUnexpected:
      return v1::NOTICE_VERDICT_UNEXPECTED;
    case NoticeVerdict::kTooMany:
      return v1::NOTICE_VERDICT_TOO_MANY;
    case NoticeVerdict::kMissing:
      return v1::NOTICE_VERDICT_MISSING;
    case NoticeVerdict::kShort:
      return v1::NOTICE_VERDICT_SHORT;
    case NoticeVerdict::kAsExpected:
      return v1::NOTICE_VERDICT_AS_EXPECTED;
  }
  return v1::NOTICE_VERDICT_UNSPECIFIED;
}

// No answer is larger than pages are.
absl::StatusOr<NoticeCompared> CheckBytes(NoticeCompared compared) {
  std::size_t byte_count = 0;
  for (const auto& row : compared.scanned) byte_count += row.ByteSizeLong();
  for (const auto& row : compared.lines) byte_count += row.ByteSizeLong();
  if (byte_count <= kAnswerBytesMax) return compared;
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                "the answer would have " + std::to_string(byte_count) + " bytes, more than " +
                    std::to_string(kAnswerBytesMax) + ": hold fewer scans against it at a time",
                {{"limit", std::to_string(kAnswerBytesMax)}});
}

template <class Outcome, class Row>
bool Tell(const Outcome& outcome, Row& row) {
  for (const NoticeVerdict verdict : outcome.verdicts) row.add_verdicts(Told(verdict));
  row.set_wanted(outcome.wanted);
  return outcome.verdicts.front() == NoticeVerdict::kAsExpected;
}

void Tell(const coding::Decimal& amount, const std::string& unit, v1::Quantity& out) {
  out.set_amount(coding::WriteDecimal(coding::NormalizeDecimal(amount)));
  out.set_unit(unit);
}

}  // namespace

absl::StatusOr<NoticeCompared> CompareNotice(storage::ReadTransaction& transaction,
                                             const access::Caller& caller, std::string_view name,
                                             const std::vector<v1::ScannedObject>& scanned,
                                             const coding::CivilDate& today) {
  auto notice = FindNotice(transaction, caller, name);
  if (!notice.ok()) return notice.status();
  FaultList faults;
  if (scanned.size() > kScannedMax) {
    faults.Add("scanned",
               std::to_string(scanned.size()) + " things; at most " + std::to_string(kScannedMax));
    return faults.status();
  }
  std::vector<ScannedThing> things;
  for (std::size_t place = 0; place < scanned.size(); ++place) {
    things.push_back(ReadScanned(scanned[place], place, faults));
  }
  if (!faults.empty()) return faults.status();

  auto stored = ReadLines(transaction, notice->sequence);
  if (!stored.ok()) return stored.status();
  Facts facts(transaction, caller);
  std::vector<AnnouncedLine> lines;
  for (const v1::ShippingNoticeLine& line : *stored) {
    auto announced = Announced(line, facts);
    if (!announced.ok()) return announced.status();
    lines.push_back(*std::move(announced));
  }
  coding::NoticeTally tally(lines, today);
  NoticeCompared compared;
  compared.agrees = true;
  for (ScannedThing& thing : things) {
    auto status = facts.Complete(thing.object, thing.lot, thing.expiry);
    if (!status.ok()) return status;
    auto blocked = facts.Blocked(thing.object);
    if (!blocked.ok()) return blocked.status();
    thing.blocked = *std::move(blocked);
    const coding::ScanOutcome outcome = tally.Scan(thing);
    v1::ScannedObjectVerdict& row = compared.scanned.emplace_back();
    row.set_object(coding::WriteObjectWord(thing.object));
    compared.agrees = Tell(outcome, row) && compared.agrees;
    Tell(thing.quantity, thing.unit, *row.mutable_scanned());
    if (outcome.beyond.mantissa > 0) Tell(outcome.beyond, thing.unit, *row.mutable_beyond());
    for (const std::size_t line : outcome.lines) row.add_lines(static_cast<int>(line) + 1);
  }
  const std::vector<coding::LineOutcome> outcomes = tally.Lines();
  for (std::size_t place = 0; place < lines.size(); ++place) {
    v1::ShippingNoticeLineVerdict& row = compared.lines.emplace_back();
    row.set_line(static_cast<int>(place) + 1);
    row.set_object((*stored)[place].object());
    compared.agrees = Tell(outcomes[place], row) && compared.agrees;
    Tell(lines[place].quantity, lines[place].unit, *row.mutable_announced());
    Tell(outcomes[place].scanned, lines[place].unit, *row.mutable_scanned());
    if (outcomes[place].missing.mantissa > 0) {
      Tell(outcomes[place].missing, lines[place].unit, *row.mutable_missing());
    }
  }
  return CheckBytes(std::move(compared));
}

}  // namespace radyab::notices
