#include "registry/resolver.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "coding/gs1_keys.h"
#include "coding/object_words.h"
#include "coding/scan_payload.h"
#include "coding/utf8_reader.h"
#include "registry/cases/case_registry.h"
#include "registry/catalog/alias_registry.h"
#include "registry/catalog/alias_value.h"
#include "registry/catalog/catalog_entry.h"
#include "registry/catalog/generic_item.h"
#include "registry/catalog/life.h"
#include "registry/parties/party_registry.h"
#include "registry/reason.h"
#include "registry/storage/rows.h"
#include "registry/trace/trace_query.h"

namespace radyab {
namespace {

using coding::Kind;
using coding::PayloadKind;
using coding::ScanPayload;

struct SchemeOfName {
  std::string_view name;
  v1::AliasScheme scheme;
};
constexpr SchemeOfName kAliasSchemes[] = {
    {"gtin", v1::ALIAS_SCHEME_GTIN},
    {"gln", v1::ALIAS_SCHEME_GLN},
    {"irancode", v1::ALIAS_SCHEME_IRANCODE},
    {"stuffid", v1::ALIAS_SCHEME_STUFFID},
    {"national_id", v1::ALIAS_SCHEME_NATIONAL_ID},
    {"legal_id", v1::ALIAS_SCHEME_LEGAL_ID},
};

// One question being answered: everything the steps below share.
class Resolving {
 public:
  Resolving(storage::ReadTransaction& transaction, const Environment& environment,
            const access::Caller& caller, const ReadableKinds& readable, std::string_view text,
            const coding::CivilDate& today)
      : transaction_(transaction),
        environment_(environment),
        caller_(caller),
        readable_(readable),
        today_(today) {
    answer_.set_text(std::string(text));
  }

  absl::StatusOr<v1::Resolution> Answer(const ScanPayload& payload);

 private:
  absl::Status AnswerPayload(const ScanPayload& payload);
  absl::Status AnswerObjectWord(std::string_view text);
  absl::Status AnswerCode(coding::Code code);
  absl::Status AnswerSscc(const std::string& sscc);
  absl::Status AnswerGtin(const std::string& gtin);
  absl::Status AnswerCandidates(const ScanPayload& payload);
  absl::Status UnknownDigits(std::string_view text) const;
  template <class Entry>
  absl::Status AnswerEntry(coding::Code code, Entry* entry);
  absl::Status AddSupplierItems(coding::Code generic);
  absl::Status AddTraceFacts();
  absl::Status NameObject(const ScanPayload& payload);
  void Judge();
  absl::Status Missing() const;
  // The live alias in the caller's scope or everybody's; for a GTIN that ended, the generic item
  // that keeps it.
  absl::StatusOr<std::optional<records::AliasRecord>> LookUp(v1::AliasScheme scheme,
                                                             std::string_view value);
  // What a candidate leads to, if the caller may see it.
  struct Reading {
    std::string code;  // empty: nowhere
    std::optional<v1::Alias> alias;
  };
  absl::StatusOr<Reading> ReadCandidate(const coding::Candidate& candidate);
  absl::StatusOr<bool> MaySee(coding::Code code);

  storage::ReadTransaction& transaction_;
  const Environment& environment_;
  const access::Caller& caller_;
  const ReadableKinds& readable_;
  const coding::CivilDate& today_;
  v1::Resolution answer_;
  v1::Life life_;
};

absl::Status Resolving::Missing() const {
  return NotFound("\"" + answer_.text().substr(0, 80) + "\"");
}

template <class Entry>
absl::Status Resolving::AnswerEntry(coding::Code code, Entry* entry) {
  auto found = catalog::ReadEntry<Entry>(transaction_, code);
  if (absl::IsNotFound(found.status())) return Missing();
  if (!found.ok()) return found.status();
  *entry = *std::move(found);
  life_ = entry->life();
  return absl::OkStatus();
}

absl::Status Resolving::AnswerCode(coding::Code code) {
  answer_.set_code(code.Digits());
  if (answer_.object().empty()) answer_.set_object(code.Digits());
  absl::Status status;
  switch (code.kind()) {
    case Kind::kItem:
      status = AnswerEntry(code, answer_.mutable_item());
      if (status.ok() && answer_.item().generic()) status = AddSupplierItems(code);
      break;
    case Kind::kService:
      status = AnswerEntry(code, answer_.mutable_service());
      break;
    case Kind::kParty: {
      if (!readable_.parties) return Missing();
      auto party = parties::GetParty(transaction_, environment_, caller_, code.Digits());
      status = absl::IsNotFound(party.status()) ? Missing() : party.status();
      if (party.ok()) life_ = party->life();
      if (party.ok()) *answer_.mutable_party() = *std::move(party);
      break;
    }
    case Kind::kCase: {
      if (!readable_.cases) return Missing();
      auto found = cases::GetCase(transaction_, environment_, caller_, code.Digits());
      status = absl::IsNotFound(found.status()) ? Missing() : found.status();
      if (found.ok()) *answer_.mutable_case_() = *std::move(found);
      if (found.ok()) life_.set_state(v1::LIFE_STATE_ACTIVE);
      break;
    }
  }
  if (!status.ok() || life_.successor_code().empty()) return status;
  auto last = catalog::LastSuccessor(transaction_, code);
  if (!last.ok()) return last.status();
  answer_.set_successor_code(last->Digits());
  return absl::OkStatus();
}

absl::Status Resolving::AddSupplierItems(coding::Code generic) {
  auto items = catalog::SupplierItemsOf(transaction_, generic, kSupplierItemsMax);
  if (!items.ok()) return items.status();
  for (coding::Code code : *items) {
    auto item = catalog::ReadEntry<v1::Item>(transaction_, code);
    if (!item.ok()) return item.status();
    *answer_.add_supplier_items() = *std::move(item);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<records::AliasRecord>> Resolving::LookUp(v1::AliasScheme scheme,
                                                                      std::string_view value) {
  if (caller_.member) {
    auto own = catalog::FindAlias(transaction_, scheme, *caller_.member, value);
    if (!own.ok() || own->has_value()) return own;
  }
  auto shared = catalog::FindAlias(transaction_, scheme, MemberId::kRegistry, value);
  if (!shared.ok() || shared->has_value() || scheme != v1::ALIAS_SCHEME_GTIN) return shared;
  return storage::GetRow<records::AliasRecord>(transaction_, keyspace::EndedGtin(value));
}

absl::Status Resolving::AnswerGtin(const std::string& gtin) {
  auto found = LookUp(v1::ALIAS_SCHEME_GTIN, gtin);
  if (!found.ok()) return found.status();
  if (!found->has_value()) return Missing();
  const auto code = coding::Code::FromNumber((*found)->code());
  if (!code.ok()) return storage::CorruptRecord(keyspace::EndedGtin(gtin));
  *answer_.mutable_via_alias() = (*found)->alias();
  answer_.set_contained_quantity(std::max(1, (*found)->alias().contained_quantity()));
  return AnswerCode(*code);
}

absl::Status Resolving::AnswerSscc(const std::string& sscc) {
  const std::string object = coding::WriteObjectWord(coding::ObjectWord::ForContainer(sscc));
  if (!readable_.trace) return Missing();
  auto facts = trace::FactsOf(transaction_, caller_, object);
  if (!facts.ok()) return facts.status();
  if (!facts->known) return Missing();
  answer_.set_object(object);
  life_.set_state(v1::LIFE_STATE_ACTIVE);
  return absl::OkStatus();
}

absl::Status Resolving::AnswerObjectWord(std::string_view text) {
  const auto word = coding::ParseObjectWord(text);
  if (!word.ok()) return RefuseText("text", word.refusal(), Reason::kInvalidCode);
  if (word->type == coding::ObjectWord::Type::kContainer) return AnswerSscc(word->text);
  answer_.set_object(coding::WriteObjectWord(*word));
  return AnswerCode(*word->code);
}

absl::StatusOr<bool> Resolving::MaySee(coding::Code code) {
  Resolving probe(transaction_, environment_, caller_, readable_, code.Digits(), today_);
  const auto status = probe.AnswerCode(code);
  if (absl::IsNotFound(status)) return false;
  return status.ok() ? absl::StatusOr<bool>(true) : status;
}

absl::StatusOr<Resolving::Reading> Resolving::ReadCandidate(const coding::Candidate& candidate) {
  if (candidate.scheme == "code") {
    const auto code = coding::ParseCode(candidate.value);
    if (!code.ok()) return Reading{};
    auto sees = MaySee(*code);
    if (!sees.ok()) return sees.status();
    return *sees ? Reading{code->Digits(), std::nullopt} : Reading{};
  }
  const auto* row = std::find_if(std::begin(kAliasSchemes), std::end(kAliasSchemes),
                                 [&](const auto& one) { return one.name == candidate.scheme; });
  if (row == std::end(kAliasSchemes)) return Reading{};
  // The normalised (for personal schemes hashed) value, as the alias rows have it.
  v1::Alias alias;
  alias.set_scheme(row->scheme);
  alias.set_value(candidate.value);
  for (Kind kind : {Kind::kItem, Kind::kService, Kind::kParty}) {
    if (kind == Kind::kParty && !readable_.parties) continue;
    auto key = catalog::CheckAlias(environment_, alias, kind, MemberId::kRegistry, "text");
    if (!key.ok()) continue;
    auto found = LookUp(row->scheme, key->value);
    if (!found.ok()) return found.status();
    if (!found->has_value()) continue;
    const auto code = coding::Code::FromNumber((*found)->code());
    if (!code.ok()) {
      return storage::CorruptRecord(keyspace::Alias(key->scheme, key->scope, key->value));
    }
    // Parties of the registry itself lie in everybody's scope and are not everybody's to see.
    auto sees = MaySee(*code);
    if (!sees.ok()) return sees.status();
    if (!*sees) continue;
    Reading reading{code->Digits(), (*found)->alias()};
    if (catalog::IsPersonal(row->scheme)) reading.alias->clear_value();
    return reading;
  }
  return Reading{};
}

// Digits that lead nowhere. When their number of places is that of a code of ours, a GTIN or an
// SSCC and its check does not agree, that is said: most of such texts were mistyped.
absl::Status Resolving::UnknownDigits(std::string_view text) const {
  constexpr std::size_t kCodeDigits = 16, kSsccDigits = 18;
  const std::size_t count = coding::CountCharacters(text, text.size());
  std::optional<coding::Refusal> refusal;
  if (count == kCodeDigits) {
    if (const auto code = coding::ParseCode(text); !code.ok()) refusal = code.refusal();
  } else if (count == kSsccDigits) {
    if (const auto sscc = coding::ParseSscc(text); !sscc.ok()) refusal = sscc.refusal();
  } else if (const auto gtin = coding::ParseGtin(text); !gtin.ok()) {
    refusal = gtin.refusal();
  }
  const bool mistyped = refusal && refusal->reason == coding::RefusalReason::kWrongCheckDigit;
  return mistyped ? RefuseText("text", *refusal, Reason::kInvalidCode) : Missing();
}

// Digits that several schemes could claim: those the registry knows come first. Exactly one known
// reading is the answer; none or several leave the candidates to the caller.
absl::Status Resolving::AnswerCandidates(const ScanPayload& payload) {
  std::vector<v1::Candidate> candidates;
  std::optional<v1::Alias> via_alias;  // of the only known reading, if there is one
  for (const coding::Candidate& candidate : payload.candidates) {
    auto reading = ReadCandidate(candidate);
    if (!reading.ok()) return reading.status();
    if (!reading->code.empty()) via_alias = reading->alias;
    v1::Candidate& shown = candidates.emplace_back();
    shown.set_scheme(candidate.scheme);
    shown.set_value(candidate.value);
    shown.set_why(candidate.why);
    shown.set_code(reading->code);
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& left, const auto& right) {
    return !left.code().empty() && right.code().empty();
  });
  const auto known = std::count_if(candidates.begin(), candidates.end(),
                                   [](const auto& one) { return !one.code().empty(); });
  for (const v1::Candidate& candidate : candidates) *answer_.add_candidates() = candidate;
  if (known == 0) return UnknownDigits(payload.text);
  if (known > 1) return absl::OkStatus();
  const v1::Candidate& only = candidates.front();
  if (only.scheme() == "code") answer_.clear_candidates();  // ours and nobody else's
  if (only.scheme() == "gtin") return AnswerGtin(only.value());
  if (via_alias) *answer_.mutable_via_alias() = *std::move(via_alias);
  const auto code = coding::ParseCode(only.code());
  return code.ok() ? AnswerCode(*code) : Missing();
}

absl::Status Resolving::AnswerPayload(const ScanPayload& payload) {
  if (payload.refusal) return RefuseText("text", *payload.refusal, Reason::kInvalidCode);
  if (payload.kind == PayloadKind::kObjectWord) return AnswerObjectWord(payload.text);
  // Bare digits that pass our check may still be another scheme's number.
  const auto& readings = payload.candidates;
  if (!readings.empty() && readings.front().scheme == "code") return AnswerCandidates(payload);
  if (payload.code) return AnswerCode(*payload.code);
  if (payload.sscc) return AnswerSscc(*payload.sscc);
  if (payload.gtin) return AnswerGtin(*payload.gtin);
  if (payload.kind == PayloadKind::kDigits) return AnswerCandidates(payload);
  if (!payload.candidates.empty()) return AnswerCandidates(payload);
  return Missing();
}

// The lot or serial that stood beside the code. Beside the GTIN of a generic item they name a thing
// only when one supplier's item bears it; the thing is then as usable as that item.
absl::Status Resolving::NameObject(const ScanPayload& payload) {
  if (answer_.code().empty() || !(payload.lot || payload.serial)) return absl::OkStatus();
  if (!answer_.has_item()) {
    return RefuseField("text", answer_.code() + " is no item; only items have lots and serials");
  }
  if (payload.kind == PayloadKind::kObjectWord) return absl::OkStatus();  // named as it stands
  std::string digits = answer_.code();
  if (answer_.item().generic()) {
    if (answer_.supplier_items_size() != 1) return absl::OkStatus();
    digits = answer_.supplier_items(0).code();
    if (life_.state() == v1::LIFE_STATE_ACTIVE) life_ = answer_.supplier_items(0).life();
  }
  const auto code = coding::ParseCode(digits);
  if (!code.ok()) return absl::OkStatus();
  if (payload.serial) {
    answer_.set_object(
        coding::WriteObjectWord(coding::ObjectWord::ForUnit(*code, *payload.serial)));
  } else if (payload.lot) {
    answer_.set_object(coding::WriteObjectWord(coding::ObjectWord::ForLot(*code, *payload.lot)));
  }
  return absl::OkStatus();
}

absl::Status Resolving::AddTraceFacts() {
  if (!readable_.trace) return absl::OkStatus();
  if (answer_.object().find('/') == std::string::npos) return absl::OkStatus();
  auto facts = trace::FactsOf(transaction_, caller_, answer_.object());
  if (!facts.ok()) return facts.status();
  if (answer_.expiry_date().empty()) answer_.set_expiry_date(facts->expiry_date);
  return absl::OkStatus();
}

void Resolving::Judge() {
  const bool several = answer_.code().empty() && answer_.object().empty();
  if (several) {
    answer_.set_unusable_reason("the text can mean several things");
  } else if (life_.state() != v1::LIFE_STATE_ACTIVE) {
    answer_.set_unusable_reason(catalog::LifeStateName(life_.state()) +
                                (life_.reason().empty() ? "" : ": " + life_.reason()));
  } else if (!answer_.expiry_date().empty() &&
             answer_.expiry_date() < coding::WriteIsoDate(today_)) {
    answer_.set_unusable_reason("expired on " + answer_.expiry_date());
  } else {
    answer_.set_usable(true);
  }
}

absl::StatusOr<v1::Resolution> Resolving::Answer(const ScanPayload& payload) {
  answer_.set_contained_quantity(1);
  if (payload.expiry) answer_.set_expiry_date(coding::WriteIsoDate(*payload.expiry));
  if (auto status = AnswerPayload(payload); !status.ok()) return status;
  if (auto status = NameObject(payload); !status.ok()) return status;
  if (auto status = AddTraceFacts(); !status.ok()) return status;
  Judge();
  return std::move(answer_);
}

}  // namespace

absl::StatusOr<v1::Resolution> Resolve(storage::ReadTransaction& transaction,
                                       const Environment& environment, const access::Caller& caller,
                                       const ReadableKinds& readable, std::string_view text,
                                       const coding::CivilDate& today) {
  if (text.size() > kResolveTextBytesMax) {
    return RefuseField("text",
                       std::to_string(text.size()) + " bytes, want at most " +
                           std::to_string(kResolveTextBytesMax),
                       Reason::kInvalidCode);
  }
  const ScanPayload payload = coding::ParseScanPayload(text, today.year);
  return Resolving(transaction, environment, caller, readable, text, today).Answer(payload);
}

}  // namespace radyab
