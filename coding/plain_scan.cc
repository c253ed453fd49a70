#include "coding/plain_scan.h"

#include <algorithm>

#include "coding/bracketed_elements.h"
#include "coding/check_digits.h"
#include "coding/code_link.h"
#include "coding/digital_link.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "coding/link_text.h"
#include "coding/object_words.h"
#include "coding/scan_candidates.h"
#include "coding/symbology.h"

namespace radyab::coding {
namespace {

// No scheme of bare digits has more.
constexpr std::size_t kBareDigitsMax = 20;

// The GTIN-13 without the 2 or 5 digits of an add-on (issue number, price) behind it.
std::string_view WithoutAddOn(std::string_view text) {
  constexpr std::size_t kGtinDigits = 13;
  const bool add_on = text.size() == kGtinDigits + 2 || text.size() == kGtinDigits + 5;
  return add_on && IsAllDigits(text) ? text.substr(0, kGtinDigits) : text;
}

std::optional<std::string> ValueOf(const std::vector<Element>& elements, std::string_view ai) {
  const std::string* value = FindElement(elements, ai);
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<CivilDate> DateOf(const std::vector<Element>& elements, std::string_view ai,
                                int year) {
  const std::string* value = FindElement(elements, ai);
  if (value == nullptr) return std::nullopt;
  const auto date = ParseYymmdd(*value, year);
  return date ? std::optional(*date) : std::nullopt;
}

// "(01)…": a bracket, two to four digits, a bracket.
bool LooksBracketed(std::string_view text) {
  const std::size_t close = std::min(text.find(')'), text.size());
  return close >= 3 && close <= 5 && text[0] == '(' && IsAllDigits(text.substr(1, close - 1));
}

class PayloadReader {
 public:
  PayloadReader(std::string_view text, int current_year) : text_(text), year_(current_year) {}

  ScanPayload Read(std::string_view symbology) {
    payload_.symbology = symbology;
    payload_.text = text_;
    switch (UseOfSymbology(symbology)) {
      case SymbologyUse::kElements:
        LooksLikeLink(text_) ? ReadLink() : ReadElements(Brackets::kForPeople);
        break;
      case SymbologyUse::kGtin:
      case SymbologyUse::kGtinPlus:
        ReadGtin();
        break;
      case SymbologyUse::kItf:
        ReadItf();
        break;
      case SymbologyUse::kAddOn:
        break;
      case SymbologyUse::kAnything:
        ReadUnmarked();
    }
    return std::move(payload_);
  }

  ScanPayload ReadAs(std::string_view symbology, PayloadForm form) {
    payload_.symbology = symbology;
    payload_.text = text_;
    if (form == PayloadForm::kDigitalLink) {
      ReadDigitalLinkText();
    } else {
      ReadBracketedText(Brackets::kExact);
    }
    return std::move(payload_);
  }

 private:
  void ReadUnmarked() {
    if (LooksLikeLink(text_)) return ReadLink();
    if (LooksBracketed(text_)) return ReadElements(Brackets::kForPeople);
    if (text_.find(kGroupSeparator) != text_.npos) return ReadElements(Brackets::kForPeople);
    if (LooksLikeObjectWord(text_)) return ReadWord();
    const auto digits = ReadBareDigits(text_);
    if (digits && digits->size() <= kBareDigitsMax) return ReadDigits(*digits);
    const bool marked = !payload_.symbology.empty();  // the scanner says that it is no GS1 symbol
    if (!marked && BeginsWithKey(text_)) return ReadElements(Brackets::kForPeople);
    if (digits) return ReadDigits(*digits);
  }

  void ReadElements(Brackets brackets) {
    if (!text_.empty() && text_[0] == '(') return ReadBracketedText(brackets);
    TakeReading(ReadElementString(text_, year_));
  }

  void ReadBracketedText(Brackets brackets) {
    TakeReading(ReadBracketed(text_, year_, brackets));
    if (brackets == Brackets::kForPeople) MentionOtherSplits();
  }

  void TakeReading(const Parsed<ElementReading>& reading) {
    payload_.kind = PayloadKind::kElementString;
    if (!reading) {
      payload_.refusal = reading.refusal();
      return;
    }
    const auto whole = CheckPartners(text_, *reading);
    if (!whole) payload_.refusal = whole.refusal();
    TakeElements(reading->elements);
  }

  // A value may hold brackets itself: the usual reading is taken, the others are told.
  void MentionOtherSplits() {
    const auto others = OtherSplits(text_, year_);
    if (others.empty()) return;
    const auto usual = ParseBracketed(text_, year_);
    if (usual) {
      payload_.candidates.push_back({"gs1", WriteElementString(*usual),
                                     "every bracket with an identifier begins an element", *usual});
    }
    for (const auto& elements : others) {
      payload_.candidates.push_back({"gs1", WriteElementString(elements),
                                     "a bracket may be part of the value before it", elements});
    }
  }

  void ReadLink() {
    if (LooksLikeCodeLink(text_)) return ReadOurLink();
    if (!LooksLikeDigitalLink(text_)) return;  // someone's web page
    ReadDigitalLinkText();
  }

  void ReadDigitalLinkText() {
    payload_.kind = PayloadKind::kDigitalLink;
    const auto link = ReadDigitalLink(text_, year_);
    if (!link) {
      payload_.refusal = link.refusal();
      return;
    }
    const auto whole = ParseDigitalLink(text_, year_);
    if (!whole) payload_.refusal = whole.refusal();
    TakeElements(link->elements);
  }

  void ReadOurLink() {
    payload_.kind = PayloadKind::kOurLink;
    const auto link = ParseCodeLink(text_);
    if (!link) {
      payload_.refusal = link.refusal();
      return;
    }
    payload_.code = link->code;
    payload_.lot = link->lot;
    payload_.serial = link->serial;
    payload_.production = link->production;
    payload_.best_before = link->best_before;
    payload_.expiry = link->expiry;
  }

  void ReadWord() {
    payload_.kind = PayloadKind::kObjectWord;
    const auto word = ParseObjectWord(text_);
    if (!word) {
      payload_.refusal = word.refusal();
      return;
    }
    payload_.code = word->code;
    if (word->type == ObjectWord::Type::kLot) payload_.lot = word->text;
    if (word->type == ObjectWord::Type::kUnit) payload_.serial = word->text;
    if (word->type == ObjectWord::Type::kContainer) payload_.sscc = word->text;
  }

  void ReadGtin() {
    payload_.kind = PayloadKind::kGtin;
    const bool add_on = UseOfSymbology(payload_.symbology) == SymbologyUse::kGtinPlus;
    const auto gtin = ParseGtin(add_on ? WithoutAddOn(text_) : text_);
    if (gtin) {
      payload_.gtin = *gtin;
    } else {
      payload_.refusal = gtin.refusal();
    }
  }

  // The case code of 14 digits; other lengths have no meaning of their own.
  void ReadItf() {
    constexpr std::size_t kCaseCodeDigits = 14;
    if (text_.size() == kCaseCodeDigits && IsAllDigits(text_)) return ReadGtin();
    ReadUnmarked();
  }

  void ReadDigits(std::string_view digits) {
    payload_.candidates = RankDigitCandidates(digits, year_);
    payload_.kind = PayloadKind::kDigits;
    if (payload_.candidates.empty()) return RefuseUnclaimed(digits);
    const Candidate& first = payload_.candidates.front();
    if (first.scheme == "code") {
      payload_.kind = PayloadKind::kOurCode;
      payload_.code = *ParseCode(first.value);
    } else if (payload_.candidates.size() == 1 && first.scheme == "gtin") {
      payload_.kind = PayloadKind::kGtin;
      payload_.gtin = first.value;
    } else if (first.scheme == "sscc") {  // a person's GSRN of the same form is told, not taken
      payload_.kind = PayloadKind::kSscc;
      payload_.sscc = first.value;
    }
  }

  // Digits of a length that only identifiers with a check digit have.
  void RefuseUnclaimed(std::string_view digits) {
    constexpr std::size_t kGtin8Digits = 8;
    constexpr std::size_t kSsccDigits = 18;
    if (digits.size() == kGtin8Digits) payload_.refusal = ParseGtin(text_).refusal();
    if (digits.size() == kSsccDigits) payload_.refusal = ParseSscc(text_).refusal();
  }

  void TakeElements(const std::vector<Element>& elements) {
    payload_.elements = elements;
    payload_.rules = BrokenRules(elements);
    payload_.gtin = ValueOf(elements, "01");
    payload_.sscc = ValueOf(elements, "00");
    payload_.lot = ValueOf(elements, "10");
    payload_.serial = ValueOf(elements, "21");
    payload_.production = DateOf(elements, "11", year_);
    payload_.packaging = DateOf(elements, "13", year_);
    payload_.best_before = DateOf(elements, "15", year_);
    payload_.expiry = DateOf(elements, "17", year_);
    const std::string* additional = FindElement(elements, "240");
    if (additional == nullptr) return;
    const auto code = ParseCode(*additional);
    if (!code || code->Digits() != *additional) return;
    payload_.code = *code;
    payload_.kind = PayloadKind::kOurCode;
  }

  std::string_view text_;
  int year_;
  ScanPayload payload_;
};

}  // namespace

ScanPayload ReadPlainScan(std::string_view symbology, std::string_view text, int current_year) {
  return PayloadReader(text, current_year).Read(symbology);
}

ScanPayload ReadScanAs(std::string_view symbology, std::string_view text, int current_year,
                       PayloadForm form) {
  return PayloadReader(text, current_year).ReadAs(symbology, form);
}

}  // namespace radyab::coding
