#include "clients/offline/offline_resolver.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clients/offline/offline_refusal.h"
#include "clients/offline/pack_schemes.h"
#include "coding/object_words.h"
#include "coding/scan_payload.h"
#include "coding/utf8_reader.h"

namespace radyab::offline {
namespace {

using coding::Kind;
using coding::PayloadKind;
using coding::ScanPayload;

constexpr std::size_t kSupplierItemsMax = 50;  // as the server
constexpr int kSuccessorStepsMax = 8;          // of a chain

const v1::Life& LifeOf(const v1::PackEntry& entry) {
  return entry.has_service() ? entry.service().life() : entry.item().life();
}

// One question being answered, as registry/resolver.cc does it: the two give the same answers
// (tests/clients/offline/same_answers_test.cc).
class Resolving {
 public:
  Resolving(KeptRows& rows, std::string_view text, coding::CivilDate today)
      : rows_(rows), today_(today) {
    head_.set_text(std::string(text));
  }

  v1::Resolution Answer(const ScanPayload& payload) {
    head_.set_contained_quantity(1);
    if (payload.expiry) head_.set_expiry_date(coding::WriteIsoDate(*payload.expiry));
    std::optional<v1::ResolveRefusal> refusal = AnswerPayload(payload);
    if (!refusal) refusal = NameObject(payload);
    if (!refusal) AddExpiry();
    if (refusal) {
      v1::Resolution refused;
      refused.set_text(head_.text());
      *refused.mutable_refusal() = *std::move(refusal);
      return refused;
    }
    Judge();
    return std::move(head_);
  }

 private:
  using Refused = std::optional<v1::ResolveRefusal>;

  struct Reading {
    std::optional<v1::PackEntry> entry;  // none: nowhere
    std::optional<coding::Code> code = std::nullopt;
    std::optional<v1::Alias> alias = std::nullopt;
  };

  Refused AnswerPayload(const ScanPayload& payload) {
    if (payload.refusal) return RefuseText(*payload.refusal);
    if (payload.kind == PayloadKind::kObjectWord) return AnswerObjectWord(payload.text);
    const auto& readings = payload.candidates;
    if (!readings.empty() && readings.front().scheme == "code") return AnswerCandidates(payload);
    if (payload.code) return AnswerCode(*payload.code);
    if (payload.sscc) {
      if (!readings.empty()) return AnswerCandidates(payload);
      return Missing();
    }
    if (payload.gtin) return AnswerOnly({{"gtin", *payload.gtin, ""}});
    const bool several = payload.kind == PayloadKind::kDigits || !readings.empty();
    return several ? AnswerCandidates(payload) : AnswerOnly(OtherReadings(payload));
  }

  Refused Missing() const { return NotInPack(head_.text()); }

  Refused AnswerObjectWord(std::string_view text) {
    const auto word = coding::ParseObjectWord(text);
    if (!word.ok()) return RefuseText(word.refusal());
    if (word->type == coding::ObjectWord::Type::kContainer) return Missing();
    head_.set_object(coding::WriteObjectWord(*word));
    return AnswerCode(*word->code);
  }

  Refused AnswerCode(coding::Code code) {
    auto entry = Seen(code);
    return entry ? AnswerEntry(code, *std::move(entry)) : Missing();
  }

  std::optional<v1::PackEntry> Seen(coding::Code code) {
    if (code.kind() != Kind::kItem && code.kind() != Kind::kService) return std::nullopt;
    return EntryOf(rows_, code);
  }

  Refused AnswerEntry(coding::Code code, v1::PackEntry entry) {
    head_.set_code(code.Digits());
    if (head_.object().empty()) head_.set_object(head_.code());
    life_ = LifeOf(entry);
    if (entry.has_service()) {
      *head_.mutable_service() = std::move(*entry.mutable_service());
    } else {
      *head_.mutable_item() = std::move(*entry.mutable_item());
    }
    if (head_.item().generic()) {
      for (coding::Code item : ItemsOfGeneric(rows_, head_.code(), kSupplierItemsMax)) {
        if (auto found = EntryOf(rows_, item)) *head_.add_supplier_items() = found->item();
      }
    }
    std::string successor = life_.successor_code();
    for (int step = 0; step < kSuccessorStepsMax && !successor.empty(); ++step) {
      head_.set_successor_code(successor);
      const auto next = coding::ParseCode(successor);
      const auto found = next.ok() ? Seen(*next) : std::nullopt;
      successor = found ? LifeOf(*found).successor_code() : "";
    }
    return std::nullopt;
  }

  Refused AnswerAlias(Reading reading) {
    const v1::Alias& alias = *reading.alias;
    *head_.mutable_via_alias() = alias;
    if (alias.scheme() == v1::ALIAS_SCHEME_GTIN) {
      head_.set_contained_quantity(std::max(1, alias.contained_quantity()));
    }
    return AnswerEntry(*reading.code, *std::move(reading.entry));
  }

  // The first reading that the pack knows.
  Refused AnswerOnly(const std::vector<coding::Candidate>& readings) {
    for (const coding::Candidate& candidate : readings) {
      Reading reading = ReadCandidate(candidate);
      if (reading.entry && reading.alias) return AnswerAlias(std::move(reading));
    }
    return Missing();
  }

  Reading ReadCandidate(const coding::Candidate& candidate) {
    if (candidate.scheme == "code") {
      const auto code = coding::ParseCode(candidate.value);
      if (!code.ok()) return {};
      return {Seen(*code), *code};
    }
    const auto key = LookUpKey(candidate);
    if (!key) return {};
    auto alias = AliasOf(rows_, key->scheme, key->value);
    if (!alias) return {};
    const auto code = coding::ParseCode(alias->code());
    if (!code.ok()) return {};
    return {Seen(*code), *code, std::move(alias)};
  }

  Refused AnswerCandidates(const ScanPayload& payload) {
    std::vector<Reading> readings;
    for (const coding::Candidate& candidate : payload.candidates) {
      readings.push_back(ReadCandidate(candidate));
    }
    const auto is_known = [](const Reading& reading) { return reading.entry.has_value(); };
    const auto known = std::ranges::count_if(readings, is_known);
    const auto only = std::ranges::find_if(readings, is_known);
    const bool ours = known == 1 && !only->alias;
    if (!ours) AddCandidates(payload.candidates, readings);
    if (known == 0) {
      return RefuseUnknownDigits(payload.text, head_.text(),
                                 [&](coding::Code code) { return Seen(code).has_value(); });
    }
    if (known > 1) return std::nullopt;
    if (ours) return AnswerEntry(*only->code, *std::move(only->entry));
    return AnswerAlias(std::move(*only));
  }

  void AddCandidates(const std::vector<coding::Candidate>& candidates,
                     const std::vector<Reading>& readings) {
    for (const bool known : {true, false}) {
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (readings[i].entry.has_value() != known) continue;
        v1::Candidate& shown = *head_.add_candidates();
        shown.set_scheme(candidates[i].scheme);
        shown.set_value(candidates[i].value);
        shown.set_why(candidates[i].why);
        if (known) shown.set_code(readings[i].code->Digits());
      }
    }
  }

  // The lot or serial that stood beside the code.
  Refused NameObject(const ScanPayload& payload) {
    if (head_.code().empty() || !(payload.lot || payload.serial)) return std::nullopt;
    if (!head_.has_item()) {
      return RefuseField(head_.code() + " is no item; only items have lots and serials");
    }
    if (payload.kind == PayloadKind::kObjectWord) return std::nullopt;
    std::string digits = head_.code();
    if (head_.item().generic()) {
      if (head_.supplier_items_size() != 1) return std::nullopt;
      digits = head_.supplier_items(0).code();
      if (life_.state() == v1::LIFE_STATE_ACTIVE) life_ = head_.supplier_items(0).life();
    }
    const auto code = coding::ParseCode(digits);
    if (!code.ok()) return std::nullopt;
    if (payload.serial) {
      head_.set_object(
          coding::WriteObjectWord(coding::ObjectWord::ForUnit(*code, *payload.serial)));
    } else if (payload.lot) {
      head_.set_object(coding::WriteObjectWord(coding::ObjectWord::ForLot(*code, *payload.lot)));
    }
    return std::nullopt;
  }

  // Of the lot, when the text does not say it.
  void AddExpiry() {
    if (!head_.expiry_date().empty()) return;
    const auto word = coding::ParseObjectWord(head_.object());
    if (!word.ok() || word->type != coding::ObjectWord::Type::kLot) return;
    const auto entry = Seen(*word->code);
    if (!entry) return;
    const auto lot = std::ranges::find(entry->lots(), word->text, &v1::PackLot::lot);
    if (lot != entry->lots().end()) head_.set_expiry_date(lot->expiry_date());
  }

  void Judge() {
    if (head_.code().empty() && head_.object().empty()) {
      head_.set_unusable_reason("the text can mean several things");
    } else if (life_.state() != v1::LIFE_STATE_ACTIVE) {
      head_.set_unusable_reason(LifeStateName(life_.state()) +
                                (life_.reason().empty() ? "" : ": " + life_.reason()));
    } else if (!head_.expiry_date().empty() && head_.expiry_date() < coding::WriteIsoDate(today_)) {
      head_.set_unusable_reason("expired on " + head_.expiry_date());
    } else {
      head_.set_usable(true);
    }
  }

  static std::string LifeStateName(v1::LifeState state) {
    constexpr std::string_view kPrefix = "LIFE_STATE_";
    const std::string& name = v1::LifeState_Name(state);
    return name.empty() ? std::to_string(state) : name.substr(kPrefix.size());
  }

  KeptRows& rows_;
  const coding::CivilDate today_;
  v1::Resolution head_;
  v1::Life life_;
};

}  // namespace

AskedAt AskedNow() {
  const auto now = std::chrono::system_clock::now();
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(now));
  const auto since = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch());
  return {{static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
           static_cast<int>(static_cast<unsigned>(day.day()))},
          since.count()};
}

Answer<v1::Resolution> OfflineResolver::Resolve(std::string_view text, const AskedAt& asked) const {
  v1::Resolution answer;
  if (text.size() > coding::kScanPayloadBytesMax) {
    *answer.mutable_refusal() = RefuseField(std::to_string(text.size()) + " bytes, want at most " +
                                                std::to_string(coding::kScanPayloadBytesMax),
                                            "INVALID_CODE");
    return answer;
  }
  if (!coding::IsValidUtf8(text)) {
    *answer.mutable_refusal() = RefuseField("not UTF-8", "INVALID_CODE");
    return answer;
  }
  const ScanPayload payload = coding::ParseScanPayload(text, asked.today.year);
  auto fault = pack_.Ask(asked.now_us, [&](const v1::CodePack&, KeptRows& rows) {
    answer = Resolving(rows, text, asked.today).Answer(payload);
  });
  if (fault) return *std::move(fault);
  return answer;
}

}  // namespace radyab::offline
