#include "coding/scan_payload.h"

#include <algorithm>
#include <utility>

#include "coding/eci_text.h"
#include "coding/element_splits.h"
#include "coding/gs1_characters.h"
#include "coding/plain_scan.h"
#include "coding/refuse.h"
#include "coding/scan_candidates.h"
#include "coding/scan_repairs.h"
#include "coding/symbology.h"

namespace radyab::coding {
namespace {

constexpr std::size_t kRepairsMax = 3;    // faults of one text that are undone together
constexpr std::size_t kAttemptsMax = 64;  // texts that are read for one scan

std::string_view WithoutLineEnd(std::string_view text) {
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n')) text.remove_suffix(1);
  return text;
}

// A text that may have been meant, and what it says.
struct Attempt {
  std::string text;
  std::vector<Repair> repairs;
  std::size_t next_kind = 0;  // repairs are done in their order, each once
  ScanPayload payload;
};

std::string WhyOf(const std::vector<Repair>& repairs) {
  if (repairs.empty()) return "reads as it stands";
  std::string why;
  for (const Repair& repair : repairs) why += (why.empty() ? "" : "; ") + repair.why;
  return why;
}

Candidate CandidateOf(const Attempt& attempt) {
  const ScanPayload& payload = attempt.payload;
  const std::string why = WhyOf(attempt.repairs);
  if (!payload.elements.empty()) {
    return {"gs1", WriteElementString(payload.elements), why, payload.elements};
  }
  if (payload.code) return {"code", payload.code->Digits(), why};
  if (payload.gtin) return {"gtin", *payload.gtin, why};
  if (payload.sscc) return {"sscc", *payload.sscc, why};
  return {"text", payload.text, why};
}

std::vector<Repair> RepairsOf(const ElementSplit& split) {
  std::vector<Repair> repairs;
  if (split.typed > 0) {
    repairs.push_back({"alt_029_text", "\"029\" was typed for the separator GS"});
  }
  if (split.lost > 0) repairs.push_back({"separator_lost", "a separator GS was lost"});
  return repairs;
}

class RepairSearch {
 public:
  RepairSearch(std::string_view symbology, std::string_view text, int current_year)
      : symbology_(symbology), text_(text), year_(current_year) {}

  ScanPayload Read() {
    ScanPayload plain = ReadPlainScan(symbology_, text_, year_);
    const SymbologyUse use = UseOfSymbology(symbology_);
    const bool retail = use == SymbologyUse::kGtin || use == SymbologyUse::kGtinPlus ||
                        use == SymbologyUse::kAddOn;  // digits alone: nothing to mend
    if (retail || text_.size() > kRepairBytesMax) return plain;
    if (plain.kind == PayloadKind::kUnknownText) return Mend(std::move(plain));
    if (plain.kind == PayloadKind::kElementString && !plain.content_ok()) {
      return Mend(std::move(plain));
    }
    const bool raw = !plain.elements.empty() && plain.kind != PayloadKind::kDigitalLink;
    return raw ? AlsoReadAs(std::move(plain)) : plain;
  }

 private:
  bool bracketed() const { return text_[0] == '('; }

  // A text that reads as it stands, but could have been another one with its separators.
  ScanPayload AlsoReadAs(ScanPayload plain) {
    if (bracketed()) return plain;
    const std::vector<Repair> named = {RepairNamed("separator_stand_in")};
    for (const std::string& text : UndoNamedSeparators(text_)) {
      Attempt attempt{text, named, 0, ReadPlainScan(symbology_, text, year_)};
      if (!IsConvincing(attempt.payload, plain)) continue;
      return Take({std::move(attempt), {std::string(text_), {}, 0, std::move(plain)}});
    }
    // Without a separator only the last value can hold what should have been parted from it.
    if (text_.find(kGroupSeparator, 1) != text_.npos || !plain.rules.empty()) return plain;
    if (!MayHoldElement(plain.elements.back().value)) return plain;
    const Attempt as_it_stands{std::string(text_), {}, 0, plain};
    std::vector<Attempt> attempts = {as_it_stands};
    AddSplits(as_it_stands, attempts);
    if (attempts.size() == 1) return plain;
    // Everyday identifiers behind a typed "029" are no chance.
    const auto typed = std::ranges::find_if(attempts, [](const Attempt& attempt) {
      return attempt.repairs.size() == 1 && attempt.repairs[0].name == "alt_029_text";
    });
    if (typed != attempts.end()) std::rotate(attempts.begin(), typed, typed + 1);
    return Take(std::move(attempts));
  }

  // The first attempt is taken, all are told.
  static ScanPayload Take(std::vector<Attempt> attempts) {
    ScanPayload taken = attempts.front().payload;
    taken.repairs = attempts.front().repairs;
    taken.candidates.clear();
    if (attempts.size() == 1) return taken;
    for (const Attempt& attempt : attempts) taken.candidates.push_back(CandidateOf(attempt));
    return taken;
  }

  // A text that does not read as it stands: the fewest repairs that make it read.
  ScanPayload Mend(ScanPayload plain) {
    std::vector<Attempt> frontier = {{std::string(text_), {}, 0, plain}};
    for (std::size_t depth = 0; depth < kRepairsMax && !frontier.empty(); ++depth) {
      std::vector<Attempt> found;
      std::vector<Attempt> further;
      for (const Attempt& attempt : frontier) {
        if (!attempt.payload.content_ok()) AddSplits(attempt, found);
        AddRepaired(attempt, plain, found, further);
      }
      KeepTheLikely(found);
      if (found.size() == 1) return Take(std::move(found));
      if (!found.empty()) {
        plain.candidates.clear();
        for (const Attempt& attempt : found) plain.candidates.push_back(CandidateOf(attempt));
        return plain;
      }
      frontier = std::move(further);
    }
    return plain;
  }

  void AddRepaired(const Attempt& attempt, const ScanPayload& plain, std::vector<Attempt>& found,
                   std::vector<Attempt>& further) {
    const auto kinds = RepairKinds();
    for (std::size_t i = attempt.next_kind; i < kinds.size(); ++i) {
      for (std::string& text : kinds[i].undo(attempt.text)) {
        if (++attempts_ > kAttemptsMax) return;
        Attempt next{std::move(text), attempt.repairs, i + 1, {}};
        next.repairs.push_back({std::string(kinds[i].name), std::string(kinds[i].why)});
        next.payload = ReadPlainScan(symbology_, next.text, year_);
        if (IsConvincing(next.payload, plain)) {
          AddUnlike(std::move(next), found);
        } else {
          further.push_back(std::move(next));
        }
      }
    }
  }

  // The ways to part the text of an attempt, as further attempts.
  void AddSplits(const Attempt& attempt, std::vector<Attempt>& out) {
    if (attempt.text.empty() || attempt.text[0] == '(') return;
    if (attempt.payload.kind != PayloadKind::kElementString) return;
    for (const ElementSplit& split : SplitElements(attempt.text, year_)) {
      if (split.lost + split.typed == 0) continue;
      Attempt next{WriteElementString(split.elements), attempt.repairs, 0, {}};
      for (Repair& repair : RepairsOf(split)) next.repairs.push_back(std::move(repair));
      next.payload = ReadPlainScan(kGs1Symbology, next.text, year_);
      next.payload.symbology = symbology_;
      next.payload.text = attempt.text;
      AddUnlike(std::move(next), out);
    }
  }

  static void AddUnlike(Attempt next, std::vector<Attempt>& out) {
    const bool known = std::ranges::any_of(out, [&](const Attempt& one) {
      return CandidateOf(one).scheme == CandidateOf(next).scheme &&
             CandidateOf(one).value == CandidateOf(next).value;
    });
    if (!known) out.push_back(std::move(next));
  }

  // Where a space may stand for a separator it is not taken for a space; where some attempts keep
  // the rules of standing together those that break them are dropped.
  static void KeepTheLikely(std::vector<Attempt>& attempts) {
    const auto ends_with = [](const Attempt& attempt, std::string_view name) {
      return attempt.repairs.back().name == name;
    };
    if (std::ranges::any_of(
            attempts, [&](const auto& one) { return ends_with(one, "separator_stand_in"); })) {
      std::erase_if(attempts, [&](const auto& one) { return ends_with(one, "spaces"); });
    }
    const auto keeps = [](const Attempt& attempt) { return attempt.payload.rules.empty(); };
    if (!std::ranges::any_of(attempts, keeps)) return;
    std::erase_if(attempts, [&](const Attempt& attempt) { return !keeps(attempt); });
  }

  // True when a repaired text reads, and not by chance: a text that nothing marked as elements
  // must hold a number whose check digit agrees.
  static bool IsConvincing(const ScanPayload& repaired, const ScanPayload& plain) {
    if (!repaired.content_ok() || repaired.kind == PayloadKind::kUnknownText ||
        repaired.kind == PayloadKind::kDigits) {
      return false;
    }
    if (repaired.kind != PayloadKind::kElementString) return true;
    if (plain.kind == PayloadKind::kElementString) return true;
    return repaired.rules.empty() && std::ranges::any_of(repaired.elements, [](const Element& one) {
             return BeginsWithKey(one.ai + one.value);
           });
  }

  static Repair RepairNamed(std::string_view name) {
    const auto kinds = RepairKinds();
    const auto kind = std::ranges::find(kinds, name, &RepairKind::name);
    return {std::string(kind->name), std::string(kind->why)};
  }

  static constexpr std::string_view kGs1Symbology = "]d2";

  std::string_view symbology_;
  std::string_view text_;
  int year_;
  std::size_t attempts_ = 0;
};

}  // namespace

ScanPayload ParseScanPayload(std::string_view bytes, int current_year, PayloadForm form) {
  if (bytes.size() > kScanPayloadBytesMax) {
    ScanPayload payload;
    payload.refusal = RefuseWhole(
        {"scan", bytes}, {RefusalReason::kTooLong, 0, 0, std::to_string(bytes.size()) + " bytes",
                          std::to_string(kScanPayloadBytesMax) + " bytes at most"});
    return payload;
  }
  const std::string_view symbology = SymbologyOf(bytes);
  std::string_view text = WithoutLineEnd(bytes.substr(symbology.size()));
  if (text.empty()) {
    ScanPayload payload;
    payload.symbology = symbology;
    payload.refusal =
        RefuseWhole({"scan", text}, {RefusalReason::kEmpty, 0, 0, "empty scan", "a payload"});
    return payload;
  }
  std::string plain;
  if (SpeaksEci(symbology) && IsEciText(text)) {
    auto read = ReadEciText(text);
    if (!read) {
      ScanPayload payload;
      payload.symbology = symbology;
      payload.text = text;
      payload.refusal = read.refusal();
      return payload;
    }
    plain = *std::move(read);
    text = plain;
  }
  if (form != PayloadForm::kAny) return ReadScanAs(symbology, text, current_year, form);
  return RepairSearch(symbology, text, current_year).Read();
}

}  // namespace radyab::coding
