#include "registry/resolver.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "coding/object_words.h"
#include "coding/scan_payload.h"
#include "radyab/v1/resolution.pb.h"
#include "registry/catalog/alias_readings.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/alias_schemes.h"
#include "registry/catalog/alias_value.h"
#include "registry/catalog/code_reservations.h"
#include "registry/catalog/generic_item.h"
#include "registry/catalog/life.h"
#include "registry/mistyped_code.h"
#include "registry/reason.h"
#include "registry/resolution_bytes.h"
#include "registry/storage/rows.h"
#include "registry/trace/trace_query.h"
#include "registry/wire_fields.h"

namespace radyab {
namespace {

using coding::Kind;
using coding::PayloadKind;
using coding::ScanPayload;

// One question being answered: everything the steps below share.
class Resolving {
 public:
  Resolving(storage::ReadTransaction& transaction, const Environment& environment,
            const access::Caller& caller, const ReadableKinds& readable, std::string_view text,
            const ResolveMoment& moment)
      : transaction_(transaction),
        environment_(environment),
        caller_(caller),
        readable_(readable),
        moment_(moment) {
    head_.set_text(std::string(text));
  }

  absl::Status Answer(const ScanPayload& payload);
  // The answer as v1::Resolution: what is stored is passed on as it lies.
  std::string Bytes() const;

 private:
  absl::Status AnswerPayload(const ScanPayload& payload);
  absl::Status AnswerObjectWord(std::string_view text);
  absl::Status AnswerCode(coding::Code code);
  absl::Status AnswerThing(CodedThing thing);
  absl::Status AnswerSscc(const ScanPayload& payload);
  absl::StatusOr<bool> AnswerContainer(const std::string& sscc);
  absl::Status AnswerOtherScheme(const ScanPayload& payload);
  absl::Status AnswerOnly(const coding::Candidate& candidate);
  absl::Status AnswerAlias(const v1::Alias& alias, absl::StatusOr<CodedThing> thing);
  absl::Status AnswerCandidates(const ScanPayload& payload);
  absl::StatusOr<bool> AnswerReserved(coding::Code code);
  absl::Status AddSupplierItems(coding::Code generic);
  absl::Status AddTraceFacts();
  absl::Status NameObject(const ScanPayload& payload);
  void Judge();
  absl::Status Missing() const;
  absl::StatusOr<CodedThing> ReadThing(coding::Code code);
  // What a candidate leads to, if the caller may see it.
  struct Reading {
    std::optional<CodedThing> thing;  // none: nowhere
    std::optional<v1::Alias> alias = std::nullopt;
  };
  absl::StatusOr<Reading> ReadCandidate(const coding::Candidate& candidate);
  absl::StatusOr<bool> AnswerKnown(const coding::Candidate& candidate);
  absl::StatusOr<std::optional<CodedThing>> Seen(coding::Code code);

  storage::ReadTransaction& transaction_;
  const Environment& environment_;
  const access::Caller& caller_;
  const ReadableKinds& readable_;
  const ResolveMoment& moment_;
  v1::Resolution head_;     // the answer without candidates, items and services
  std::string candidates_;  // as they stand in the answer
  std::optional<catalog::StoredEntry> item_, service_;
  std::vector<catalog::StoredEntry> supplier_items_;
  catalog::LifeFacts life_;
};

absl::Status Resolving::Missing() const {
  return NotFound("\"" + head_.text().substr(0, 80) + "\"");
}

absl::StatusOr<CodedThing> Resolving::ReadThing(coding::Code code) {
  auto thing = ReadCodedThing(transaction_, environment_, caller_, readable_, code);
  if (absl::IsNotFound(thing.status())) return Missing();
  return thing;
}

absl::Status Resolving::AnswerCode(coding::Code code) {
  auto thing = ReadThing(code);
  if (thing.ok()) return AnswerThing(*std::move(thing));
  if (!absl::IsNotFound(thing.status())) return thing.status();
  auto reserved = AnswerReserved(code);
  if (!reserved.ok()) return reserved.status();
  return *reserved ? absl::OkStatus() : thing.status();
}

absl::Status Resolving::AnswerThing(CodedThing thing) {
  const coding::Code code = thing.code;
  head_.set_code(code.Digits());
  if (head_.object().empty()) head_.set_object(head_.code());
  life_ = std::move(thing.life);
  if (thing.party) *head_.mutable_party() = *std::move(thing.party);
  if (thing.opened_case) *head_.mutable_case_() = *std::move(thing.opened_case);
  if (code.kind() == Kind::kService) service_ = std::move(thing.entry);
  if (code.kind() == Kind::kItem) item_ = std::move(thing.entry);
  if (item_ && item_->generic) {
    if (auto status = AddSupplierItems(code); !status.ok()) return status;
  }
  if (life_.successor_code.empty()) return absl::OkStatus();
  auto last = catalog::LastSuccessor(transaction_, code);
  if (last.ok()) head_.set_successor_code(last->Digits());
  return last.status();
}

absl::Status Resolving::AddSupplierItems(coding::Code generic) {
  auto items = catalog::SupplierItemsOf(transaction_, generic, kSupplierItemsMax);
  if (!items.ok()) return items.status();
  for (coding::Code code : *items) {
    auto item = catalog::ReadStoredEntry<v1::Item>(transaction_, code);
    if (!item.ok()) return item.status();
    supplier_items_.push_back(*std::move(item));
  }
  return absl::OkStatus();
}

// The thing is what the alias leads to.
absl::Status Resolving::AnswerAlias(const v1::Alias& alias, absl::StatusOr<CodedThing> thing) {
  if (!thing.ok()) return thing.status();
  *head_.mutable_via_alias() = catalog::Shown(alias);
  if (catalog::NamesPackages(alias.scheme())) {
    head_.set_contained_quantity(std::max(1, alias.contained_quantity()));
  }
  if (!alias.serial().empty()) {
    head_.set_object(
        coding::WriteObjectWord(coding::ObjectWord::ForUnit(thing->code, alias.serial())));
  }
  return AnswerThing(*std::move(thing));
}

// The container itself, when the caller may see where it went.
absl::StatusOr<bool> Resolving::AnswerContainer(const std::string& sscc) {
  const std::string object = coding::WriteObjectWord(coding::ObjectWord::ForContainer(sscc));
  if (!readable_.trace) return false;
  auto facts = trace::FactsOf(transaction_, caller_, object);
  if (!facts.ok()) return facts.status();
  if (!facts->known) return false;
  head_.set_object(object);
  life_.state = v1::LIFE_STATE_ACTIVE;
  return true;
}

// Else the item that it was said to hold, or a party's number of the same form.
absl::Status Resolving::AnswerSscc(const ScanPayload& payload) {
  auto container = AnswerContainer(*payload.sscc);
  if (!container.ok() || *container) return container.status();
  if (!payload.candidates.empty()) return AnswerCandidates(payload);
  return AnswerOnly({"sscc", *payload.sscc, ""});
}

// True when the reading led to something, which is then the answer.
absl::StatusOr<bool> Resolving::AnswerKnown(const coding::Candidate& candidate) {
  auto reading = ReadCandidate(candidate);
  if (!reading.ok()) return reading.status();
  if (!reading->thing || !reading->alias) return false;
  auto status = AnswerAlias(*reading->alias, *std::move(reading->thing));
  if (!status.ok()) return status;
  return true;
}

absl::Status Resolving::AnswerOnly(const coding::Candidate& candidate) {
  auto known = AnswerKnown(candidate);
  return known.ok() && !*known ? Missing() : known.status();
}

absl::Status Resolving::AnswerOtherScheme(const ScanPayload& payload) {
  for (const coding::Candidate& reading : catalog::OtherReadings(payload)) {
    auto known = AnswerKnown(reading);
    if (!known.ok() || *known) return known.status();
  }
  return Missing();
}

absl::Status Resolving::AnswerObjectWord(std::string_view text) {
  const auto word = coding::ParseObjectWord(text);
  if (!word.ok()) return RefuseText("text", word.refusal(), Reason::kInvalidCode);
  if (word->type == coding::ObjectWord::Type::kContainer) {
    auto container = AnswerContainer(word->text);
    return container.ok() && !*container ? Missing() : container.status();
  }
  head_.set_object(coding::WriteObjectWord(*word));
  return AnswerCode(*word->code);
}

absl::StatusOr<std::optional<CodedThing>> Resolving::Seen(coding::Code code) {
  auto thing = ReadThing(code);
  if (absl::IsNotFound(thing.status())) return std::optional<CodedThing>();
  if (!thing.ok()) return thing.status();
  return std::optional<CodedThing>(*std::move(thing));
}

absl::StatusOr<Resolving::Reading> Resolving::ReadCandidate(const coding::Candidate& candidate) {
  if (candidate.scheme == "code") {
    const auto code = coding::ParseCode(candidate.value);
    if (!code.ok()) return Reading{};
    auto seen = Seen(*code);
    if (!seen.ok()) return seen.status();
    return Reading{*std::move(seen)};
  }
  const catalog::SchemeRule* rule = catalog::RuleOf(candidate.scheme);
  if (rule == nullptr) return Reading{};
  if (catalog::NamesParties(rule->scheme) && !readable_.parties) return Reading{};
  // The normalised (for personal schemes hashed) value, as the alias rows have it.
  const auto key = catalog::LookUpKey(environment_, rule->scheme, candidate.value);
  if (!key) return Reading{};
  auto found = catalog::FindAliasFor(transaction_, caller_, rule->scheme, key->value);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return Reading{};
  const auto code = coding::Code::FromNumber((*found)->code());
  if (!code.ok()) {
    return storage::CorruptRecord(keyspace::Alias(key->scheme, key->scope, key->value));
  }
  // Parties of the registry itself lie in everybody's scope and are not everybody's to see.
  auto seen = Seen(*code);
  if (!seen.ok()) return seen.status();
  if (!seen->has_value()) return Reading{};
  return Reading{*std::move(seen), std::move(*(*found)->mutable_alias())};
}

// A code that names nothing yet, or was given up before it did.
absl::StatusOr<bool> Resolving::AnswerReserved(coding::Code code) {
  auto reserved = catalog::FindReservation(transaction_, code, moment_.now_us);
  if (!reserved.ok()) return reserved.status();
  if (!reserved->has_value()) return false;
  head_.set_code(code.Digits());
  head_.set_object(code.Digits());
  life_.state = (*reserved)->state();
  life_.reason =
      life_.state == v1::LIFE_STATE_RESERVED ? "it names nothing yet" : (*reserved)->reason();
  *head_.mutable_reservation() = **std::move(reserved);
  return true;
}

// Digits that several schemes could claim: those the registry knows come first. Exactly one known
// reading is the answer; none or several leave the candidates to the caller.
absl::Status Resolving::AnswerCandidates(const ScanPayload& payload) {
  std::vector<Reading> readings;
  readings.reserve(payload.candidates.size());
  for (const coding::Candidate& candidate : payload.candidates) {
    auto reading = ReadCandidate(candidate);
    if (!reading.ok()) return reading.status();
    readings.push_back(*std::move(reading));
  }
  const auto is_known = [](const Reading& reading) { return reading.thing.has_value(); };
  const auto known = std::ranges::count_if(readings, is_known);
  const auto only = std::ranges::find_if(readings, is_known);
  const bool ours = known == 1 && !only->alias;
  if (!ours) {  // ours is nobody else's
    std::vector<std::string> codes;
    codes.reserve(readings.size());
    for (const Reading& reading : readings) {
      codes.push_back(reading.thing ? reading.thing->code.Digits() : "");
    }
    AppendCandidates(payload.candidates, codes, candidates_);
  }
  if (known == 0) {
    if (const auto code = coding::ParseCode(payload.text); code.ok()) {
      auto reserved = AnswerReserved(*code);
      if (!reserved.ok() || *reserved) return reserved.status();
    }
    return RefuseUnknownDigits(transaction_, {environment_, caller_, readable_, moment_.now_us},
                               payload.text, Missing());
  }
  if (known > 1) return absl::OkStatus();
  if (ours) return AnswerThing(*std::move(only->thing));
  return AnswerAlias(*only->alias, *std::move(only->thing));
}

absl::Status Resolving::AnswerPayload(const ScanPayload& payload) {
  if (payload.refusal) return RefuseText("text", *payload.refusal, Reason::kInvalidCode);
  if (payload.kind == PayloadKind::kObjectWord) return AnswerObjectWord(payload.text);
  // Bare digits that pass our check may still be another scheme's number.
  const auto& readings = payload.candidates;
  if (!readings.empty() && readings.front().scheme == "code") return AnswerCandidates(payload);
  if (payload.code) return AnswerCode(*payload.code);
  if (payload.sscc) return AnswerSscc(payload);
  if (payload.gtin) return AnswerOnly({"gtin", *payload.gtin, ""});
  const bool several = payload.kind == PayloadKind::kDigits || !readings.empty();
  return several ? AnswerCandidates(payload) : AnswerOtherScheme(payload);
}

// The lot or serial that stood beside the code. Beside the GTIN of a generic item they name a thing
// only when one supplier's item bears it; the thing is then as usable as that item.
absl::Status Resolving::NameObject(const ScanPayload& payload) {
  const bool no_goods = head_.code().empty() || head_.has_reservation();
  if (no_goods || !(payload.lot || payload.serial)) return absl::OkStatus();
  if (!item_) {
    return RefuseField("text", head_.code() + " is no item; only items have lots and serials");
  }
  if (payload.kind == PayloadKind::kObjectWord) return absl::OkStatus();  // named as it stands
  std::string digits = head_.code();
  if (item_->generic) {
    if (supplier_items_.size() != 1) return absl::OkStatus();
    digits = supplier_items_.front().code;
    if (life_.state == v1::LIFE_STATE_ACTIVE) life_ = supplier_items_.front().life;
  }
  const auto code = coding::ParseCode(digits);
  if (!code.ok()) return absl::OkStatus();
  if (payload.serial) {
    head_.set_object(coding::WriteObjectWord(coding::ObjectWord::ForUnit(*code, *payload.serial)));
  } else if (payload.lot) {
    head_.set_object(coding::WriteObjectWord(coding::ObjectWord::ForLot(*code, *payload.lot)));
  }
  return absl::OkStatus();
}

absl::Status Resolving::AddTraceFacts() {
  const bool has_goods = head_.object().find('/') != std::string::npos;
  if (!readable_.trace || !has_goods) return absl::OkStatus();
  auto facts = trace::FactsOf(transaction_, caller_, head_.object());
  if (!facts.ok()) return facts.status();
  if (head_.expiry_date().empty()) head_.set_expiry_date(facts->expiry_date);
  return absl::OkStatus();
}

void Resolving::Judge() {
  const bool several = head_.code().empty() && head_.object().empty();
  if (several) {
    head_.set_unusable_reason("the text can mean several things");
  } else if (life_.state != v1::LIFE_STATE_ACTIVE) {
    head_.set_unusable_reason(catalog::LifeStateName(life_.state) +
                              (life_.reason.empty() ? "" : ": " + life_.reason));
  } else if (!head_.expiry_date().empty() &&
             head_.expiry_date() < coding::WriteIsoDate(moment_.today)) {
    head_.set_unusable_reason("expired on " + head_.expiry_date());
  } else {
    head_.set_usable(true);
  }
}

absl::Status Resolving::Answer(const ScanPayload& payload) {
  head_.set_contained_quantity(1);
  if (payload.expiry) head_.set_expiry_date(coding::WriteIsoDate(*payload.expiry));
  if (auto status = AnswerPayload(payload); !status.ok()) return status;
  if (auto status = NameObject(payload); !status.ok()) return status;
  if (auto status = AddTraceFacts(); !status.ok()) return status;
  Judge();
  return absl::OkStatus();
}

std::string Resolving::Bytes() const {
  std::string bytes;
  bytes.reserve(1024);  // more than the answer about a plain item has
  head_.AppendToString(&bytes);
  bytes.append(candidates_);
  if (item_) AppendMessageField(v1::Resolution::kItemFieldNumber, item_->bytes, bytes);
  if (service_) AppendMessageField(v1::Resolution::kServiceFieldNumber, service_->bytes, bytes);
  for (const catalog::StoredEntry& item : supplier_items_) {
    AppendMessageField(v1::Resolution::kSupplierItemsFieldNumber, item.bytes, bytes);
  }
  return bytes;
}

}  // namespace

absl::StatusOr<std::string> ResolveToBytes(storage::ReadTransaction& transaction,
                                           const Environment& environment,
                                           const access::Caller& caller,
                                           const ReadableKinds& readable, std::string_view text,
                                           const ResolveMoment& moment) {
  if (text.size() > kResolveTextBytesMax) {
    return RefuseField("text",
                       std::to_string(text.size()) + " bytes, want at most " +
                           std::to_string(kResolveTextBytesMax),
                       Reason::kInvalidCode);
  }
  const ScanPayload payload = coding::ParseScanPayload(text, moment.today.year);
  Resolving resolving(transaction, environment, caller, readable, text, moment);
  if (auto status = resolving.Answer(payload); !status.ok()) return status;
  return resolving.Bytes();
}

}  // namespace radyab
