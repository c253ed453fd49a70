#include "coding/scan_candidates.h"

#include <algorithm>

#include "coding/ai_table.h"
#include "coding/bracketed_elements.h"
#include "coding/check_digits.h"
#include "coding/digit_folding.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "coding/iranian_ids.h"
#include "coding/linters/rules.h"
#include "coding/published_ids.h"

namespace radyab::coding {
namespace {

using Candidates = std::vector<Candidate>;

constexpr std::size_t kCodeDigits = 16;

void AddCode(std::string_view digits, Candidates& out) {
  if (digits.size() != kCodeDigits) return;
  const auto code = ParseCode(digits);
  if (!code) return;
  out.push_back(
      {"code", code->Digits(), "our check pair agrees; 1 of 240 other numbers would pass it"});
}

// A scheme of ours whose check digit agrees.
void AddChecked(const std::string& scheme, const Parsed<std::string>& parsed, std::string why,
                Candidates& out) {
  if (parsed) out.push_back({scheme, *parsed, std::move(why)});
}

void AddUnchecked(const std::string& scheme, std::string_view digits, Candidates& out) {
  out.push_back(
      {scheme, std::string(digits),
       std::to_string(digits.size()) + " digits; this scheme has no check digit to tell"});
}

void AddElements(std::string_view digits, int current_year, Candidates& out) {
  if (!BeginsWithKey(digits)) return;  // "91…" and "400…" would make elements of any digits
  const auto elements = ParseElementString(digits, current_year);
  if (!elements) return;
  out.push_back({"gs1", WriteBracketed(*elements),
                 "reads as GS1 elements, but nothing in the scan says that it is", *elements});
}

}  // namespace

std::optional<std::string> ReadBareDigits(std::string_view text) {
  auto folded = FoldDigits({"digits", text});
  if (!folded) return std::nullopt;
  return folded->digits;
}

bool BeginsWithKey(std::string_view text) {
  const AiMatch match = MatchAi(text);
  if (match.entry == nullptr) return false;
  const std::string_view value = text.substr(match.ai.size());
  std::size_t length = 0;
  for (const AiPart& part : match.entry->parts) {
    const auto has = [&](LintRule rule) {
      return std::ranges::any_of(part.checks,
                                 [rule](const Linter* linter) { return linter->rule == rule; });
    };
    length += part.length_max;
    if (has(rules::Csum)) return value.size() >= length && IsAllDigits(value.substr(0, length));
    if (has(rules::CsumAlpha)) {  // letters and digits say nothing unless their pair agrees
      return !rules::CsumAlpha(value.substr(0, value.find(kGroupSeparator)), {});
    }
  }
  return false;
}

std::vector<Candidate> RankDigitCandidates(std::string_view digits, int current_year) {
  Candidates out;
  const std::size_t length = digits.size();
  AddCode(digits, out);
  if (length == 8 || length == 12 || length == 13 || length == 14) {
    AddChecked("gtin", ParseGtin(digits), "GS1 check digit agrees", out);
  }
  if (length == 13) {
    AddChecked("gln", ParseGln(digits), "GS1 check digit agrees; a GLN has the form of a GTIN-13",
               out);
  }
  if (length == 18) AddChecked("sscc", ParseSscc(digits), "GS1 check digit agrees", out);
  if (length == 18) {
    AddChecked("gsrn", ParseGs1Key(Gs1Key::kGsrn, digits),
               "GS1 check digit agrees; a GSRN has the form of an SSCC", out);
  }
  if (length == 17) {
    AddChecked("gsin", ParseGs1Key(Gs1Key::kGsin, digits), "GS1 check digit agrees", out);
  }
  if (length == 15) AddChecked("imei", ParseImei(digits), "check digit agrees", out);
  if (length >= 8 && length <= 10) {
    AddChecked(
        "national_id", ParseNationalId(digits),
        length == 10 ? "check digit agrees" : "check digit agrees after padding to 10 digits", out);
  }
  if (length == 11) AddChecked("legal_id", ParseLegalId(digits), "check digit agrees", out);
  AddElements(digits, current_year, out);
  if (length == 13) AddUnchecked("stuffid", digits, out);
  if (length == 13) AddUnchecked("nsn", digits, out);
  if (length == 12 || length == 14) AddUnchecked("economic_code", digits, out);
  if (length == kCodeDigits) AddUnchecked("irancode", digits, out);
  if (length == kCodeDigits) AddUnchecked("irc", digits, out);
  if (length == kCodeDigits) {
    out.push_back({"authenticity16", std::string(digits),
                   "16 digits; one under a scratch layer answers once, and only when it is asked "
                   "for as such"});
  }
  if (length == 17) AddUnchecked("irancode_service", digits, out);
  if (length == 20) AddUnchecked("uid20", digits, out);
  return out;
}

}  // namespace radyab::coding
