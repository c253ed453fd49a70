#include "registry/notices/notice_draft.h"

#include <map>

#include "coding/civil_date.h"
#include "coding/decimal_quantity.h"
#include "coding/gs1_characters.h"
#include "coding/object_words.h"
#include "registry/catalog/entry_facts.h"
#include "registry/notices/notice_row.h"
#include "registry/stamp.h"
#include "registry/trace/event_capture.h"
#include "registry/trace/event_draft.h"
#include "registry/trace/event_fields.h"

namespace radyab::notices {
namespace {

using coding::ObjectWord;
using Type = ObjectWord::Type;

constexpr std::int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01T00:00:00Z
constexpr std::int64_t kLastSecond = 253'402'300'799;   // 9999-12-31T23:59:59Z
constexpr int kNanosMax = 999'999'999;

bool IsPiece(Type type) { return type == Type::kUnit || type == Type::kContainer; }

void CheckTime(const google::protobuf::Timestamp& time, std::string_view field, FaultList& faults) {
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond || time.nanos() < 0 ||
      time.nanos() > kNanosMax) {
    faults.Add(field, "out of range; want a time of the years 0001 to 9999");
  }
}

// Reads the lines one by one and remembers what was named where.
class LineReader {
 public:
  LineReader(storage::ReadTransaction& transaction, FaultList& faults)
      : transaction_(transaction), faults_(faults) {}

  absl::Status Read(const v1::ShippingNoticeLine& wanted, std::size_t place) {
    field_ = "lines[" + std::to_string(place) + "]";
    v1::ShippingNoticeLine& line = lines_.emplace_back();
    line.set_number(static_cast<int>(place) + 1);
    const auto word = coding::ParseObjectWord(wanted.object());
    if (!word.ok()) {
      faults_.Add(field_ + ".object", word.refusal().message);
      return absl::OkStatus();
    }
    line.set_object(coding::WriteObjectWord(*word));
    if (word->code) {
      if (auto status = CheckItem(*word, line.object()); !status.ok()) return status;
    }
    ReadAmount(*word, wanted, line);
    ReadOrigin(*word, wanted, line);
    ReadContainer(wanted, line);
    CheckNamedBefore(*word, line);
    return absl::OkStatus();
  }

  // What can be said only when all lines are known.
  void CheckContainers() {
    for (const v1::ShippingNoticeLine& line : lines_) {
      if (line.container().empty()) continue;
      const std::string field = "lines[" + std::to_string(line.number() - 1) + "].container";
      if (!named_.contains(line.container())) {
        faults_.Add(field, line.container() + " is no line of this notice");
        continue;
      }
      std::string around = line.container();
      int depth = 0;
      while (!around.empty() && depth <= trace::kContainerDepthMax) {
        ++depth;
        const auto found = named_.find(around);
        around = found == named_.end() ? "" : lines_[found->second].container();
      }
      if (depth > trace::kContainerDepthMax) {
        faults_.Add(field, line.object() + " is inside itself, or more than " +
                               std::to_string(trace::kContainerDepthMax) + " containers deep");
      }
    }
  }

  std::vector<v1::ShippingNoticeLine> Take() { return std::move(lines_); }

 private:
  absl::Status CheckItem(const ObjectWord& word, const std::string& name) {
    const std::string field = field_ + ".object";
    if (word.code->kind() != coding::Kind::kItem) {
      faults_.Add(field, name + " begins with the code of a " +
                             std::string(coding::KindName(word.code->kind())) +
                             "; only items are shipped");
      return absl::OkStatus();
    }
    const auto [known, fresh] = items_.try_emplace(word.code->number());
    if (fresh) {
      auto item = catalog::ReadStoredEntry<v1::Item>(transaction_, *word.code);
      if (!item.ok() && !absl::IsNotFound(item.status())) return item.status();
      if (!item.ok()) {
        known->second = "there is no item " + word.code->Digits();
      } else if (item->generic) {
        known->second = word.code->Digits() + " is a generic item, which has no goods; name the " +
                        "supplier's item";
      }
    }
    if (!known->second.empty()) faults_.Add(field, known->second);
    return absl::OkStatus();
  }

  void ReadAmount(const ObjectWord& word, const v1::ShippingNoticeLine& wanted,
                  v1::ShippingNoticeLine& line) {
    const std::string field = field_ + ".quantity";
    if (IsPiece(word.type)) {
      if (!wanted.has_quantity()) return;
      const auto amount = coding::ParseDecimal(wanted.quantity().amount());
      const bool one = amount.ok() && coding::NormalizeDecimal(*amount) == coding::Decimal{1, 0};
      if (!one || wanted.quantity().unit() != trace::kPieces) {
        faults_.Add(field, line.object() + " is one piece: leave it empty");
      }
      return;
    }
    if (!wanted.has_quantity()) {
      faults_.Add(field, "missing; say how much of it", Reason::kMissingField);
      return;
    }
    const std::string& text = wanted.quantity().amount();
    const auto amount = coding::ParseDecimal(text);
    if (!amount.ok()) {
      faults_.Add(field + ".amount", amount.refusal().message);
    } else if (amount->mantissa <= 0) {
      faults_.Add(field + ".amount", "\"" + text + "\"; want more than nothing");
    } else if (amount->mantissa > trace::kQuantityMantissaMax) {
      faults_.Add(field + ".amount", "\"" + text + "\" has more than 18 digits");
    } else {
      line.mutable_quantity()->set_amount(coding::WriteDecimal(coding::NormalizeDecimal(*amount)));
    }
    const auto unit = coding::ParseMeasureUnit(wanted.quantity().unit());
    if (!unit.ok()) {
      faults_.Add(field + ".unit", unit.refusal().message);
      return;
    }
    line.mutable_quantity()->set_unit(*unit);
    if (word.type != Type::kLot) return;
    const auto [known, fresh] = measures_.try_emplace(line.object(), *unit);
    if (!fresh && known->second != *unit) {
      faults_.Add(field + ".unit", *unit + "; " + line.object() + " is measured in " +
                                       known->second + " in a line before");
    }
  }

  std::optional<coding::CivilDate> ReadDate(const std::string& text, const std::string& field) {
    if (text.empty()) return std::nullopt;
    const auto date = coding::ParseIsoDate(text);
    if (date.ok()) return *date;
    faults_.Add(field_ + field, date.refusal().message);
    return std::nullopt;
  }

  void ReadOrigin(const ObjectWord& word, const v1::ShippingNoticeLine& wanted,
                  v1::ShippingNoticeLine& line) {
    if (!wanted.lot().empty()) {
      if (word.type != Type::kUnit) {
        faults_.Add(field_ + ".lot",
                    "only a unit tells the lot it belongs to; a lot is named "
                    "CODE/lot/L");
      } else if (const auto lot = coding::ParseLot(wanted.lot()); !lot.ok()) {
        faults_.Add(field_ + ".lot", lot.refusal().message);
      }
    }
    const bool dated = word.type == Type::kLot || word.type == Type::kUnit;
    if (!dated) {
      if (!wanted.production_date().empty()) {
        faults_.Add(field_ + ".production_date", "only a lot or unit has it");
      }
      if (!wanted.expiry_date().empty()) {
        faults_.Add(field_ + ".expiry_date", "only a lot or unit has it");
      }
      return;
    }
    const auto made = ReadDate(wanted.production_date(), ".production_date");
    const auto ends = ReadDate(wanted.expiry_date(), ".expiry_date");
    if (made && ends && *ends < *made) {
      faults_.Add(
          field_ + ".expiry_date",
          wanted.expiry_date() + " is before the production date " + wanted.production_date());
    }
    line.set_lot(wanted.lot());
    line.set_production_date(wanted.production_date());
    line.set_expiry_date(wanted.expiry_date());
  }

  void ReadContainer(const v1::ShippingNoticeLine& wanted, v1::ShippingNoticeLine& line) {
    if (wanted.container().empty()) return;
    const auto word = coding::ParseObjectWord(wanted.container());
    if (!word.ok()) {
      faults_.Add(field_ + ".container", word.refusal().message);
    } else if (word->type != Type::kContainer) {
      faults_.Add(field_ + ".container", wanted.container() + " is no container; want sscc/N");
    } else {
      line.set_container(coding::WriteObjectWord(*word));
    }
  }

  void CheckNamedBefore(const ObjectWord& word, const v1::ShippingNoticeLine& line) {
    if (!IsPiece(word.type)) return;
    const std::size_t place = lines_.size() - 1;
    const auto [found, fresh] = named_.try_emplace(line.object(), place);
    if (!fresh) {
      faults_.Add(field_ + ".object", line.object() + " is named twice, first in lines[" +
                                          std::to_string(found->second) + "]");
    }
  }

  storage::ReadTransaction& transaction_;
  FaultList& faults_;
  std::string field_;
  std::vector<v1::ShippingNoticeLine> lines_;
  std::map<std::uint64_t, std::string> items_;   // what is wrong with an item; empty: nothing
  std::map<std::string, std::string> measures_;  // of lots
  std::map<std::string, std::size_t> named_;     // units and containers
};

}  // namespace

void CheckChangeable(const v1::ShippingNotice& header, FaultList& faults) {
  trace::CheckText(header.reference(), "reference", kReferenceCharactersMax, faults);
  if (header.has_ship_time()) CheckTime(header.ship_time(), "ship_time", faults);
  if (!header.has_expected_arrival()) return;
  CheckTime(header.expected_arrival(), "expected_arrival", faults);
  if (header.has_ship_time() &&
      MicrosOf(header.expected_arrival()) < MicrosOf(header.ship_time())) {
    faults.Add("expected_arrival", "is before ship_time");
  }
}

void ReadHeader(const v1::ShippingNotice& wanted, v1::ShippingNotice& header, FaultList& faults) {
  if (wanted.number().empty()) {
    faults.Add("number", "missing; want the number of the document", Reason::kMissingField);
  }
  trace::CheckText(wanted.number(), "number", kNumberCharactersMax, faults);
  header.set_number(wanted.number());
  header.set_reference(wanted.reference());
  if (wanted.has_ship_time()) *header.mutable_ship_time() = wanted.ship_time();
  if (wanted.has_expected_arrival()) {
    *header.mutable_expected_arrival() = wanted.expected_arrival();
  }
}

absl::StatusOr<std::vector<v1::ShippingNoticeLine>> ReadGivenLines(
    storage::ReadTransaction& transaction, const v1::ShippingNotice& wanted, FaultList& faults) {
  const auto count = static_cast<std::size_t>(wanted.lines_size());
  if (count > kNoticeLinesMax) {
    faults.Add("lines",
               std::to_string(count) + " lines; at most " + std::to_string(kNoticeLinesMax));
    return std::vector<v1::ShippingNoticeLine>();
  }
  LineReader reader(transaction, faults);
  for (std::size_t place = 0; place < count; ++place) {
    auto status = reader.Read(wanted.lines(static_cast<int>(place)), place);
    if (!status.ok()) return status;
  }
  reader.CheckContainers();
  return reader.Take();
}

v1::ShippingNoticeCounts CountLines(const std::vector<v1::ShippingNoticeLine>& lines) {
  v1::ShippingNoticeCounts counts;
  counts.set_lines(static_cast<int>(lines.size()));
  for (const v1::ShippingNoticeLine& line : lines) {
    if (line.container().empty()) counts.set_outer_lines(counts.outer_lines() + 1);
    const auto word = coding::ParseObjectWord(line.object());
    if (!word.ok()) continue;
    switch (word->type) {
      case Type::kContainer:
        counts.set_containers(counts.containers() + 1);
        break;
      case Type::kUnit:
        counts.set_units(counts.units() + 1);
        break;
      case Type::kLot:
        counts.set_lots(counts.lots() + 1);
        break;
      case Type::kCode:
        counts.set_codes(counts.codes() + 1);
    }
  }
  return counts;
}

}  // namespace radyab::notices
