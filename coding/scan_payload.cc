#include "coding/scan_payload.h"

#include <algorithm>

#include "coding/check_digits.h"
#include "coding/code_link.h"
#include "coding/digital_link.h"
#include "coding/gs1_characters.h"
#include "coding/gs1_keys.h"
#include "coding/link_text.h"
#include "coding/object_words.h"
#include "coding/refuse.h"
#include "coding/scan_candidates.h"

namespace radyab::coding {
namespace {

// AIM symbology identifiers (ISO/IEC 15424:2008) of symbols that hold GS1 elements.
bool IsGs1Symbology(std::string_view symbology) {
  return symbology == "]C1" || symbology == "]e0" || symbology == "]e1" || symbology == "]e2" ||
         symbology == "]d2" || symbology == "]Q3" || symbology == "]J1";
}

// EAN-13, UPC-A and UPC-E (as 13 digits), the same with an add-on, EAN-8: symbols that hold a GTIN.
bool IsGtinSymbology(std::string_view symbology) {
  return symbology == "]E0" || symbology == "]E3" || symbology == "]E4";
}

// The GTIN of such a symbol: ]E3 has 2 or 5 digits of an add-on (issue number, price) behind
// its 13.
std::string_view GtinIn(std::string_view symbology, std::string_view text) {
  constexpr std::size_t kGtinDigits = 13;
  const bool add_on = text.size() == kGtinDigits + 2 || text.size() == kGtinDigits + 5;
  return symbology == "]E3" && add_on && IsAllDigits(text) ? text.substr(0, kGtinDigits) : text;
}

// "]", a letter that names the symbology, a modifier.
std::string_view SymbologyOf(std::string_view bytes) {
  if (bytes.size() < 3 || bytes[0] != ']') return {};
  const bool letter = (bytes[1] >= 'A' && bytes[1] <= 'Z') || (bytes[1] >= 'a' && bytes[1] <= 'z');
  const bool modifier = (bytes[2] >= '0' && bytes[2] <= '9') ||
                        (bytes[2] >= 'A' && bytes[2] <= 'Z') ||
                        (bytes[2] >= 'a' && bytes[2] <= 'z');
  return letter && modifier ? bytes.substr(0, 3) : std::string_view();
}

std::string_view WithoutLineEnd(std::string_view text) {
  while (!text.empty() && (text.back() == '\r' || text.back() == '\n')) text.remove_suffix(1);
  return text;
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
    if (IsGs1Symbology(symbology) && !LooksLikeLink(text_)) {
      ReadElements();
    } else if (IsGtinSymbology(symbology)) {
      ReadGtin();
    } else {
      ReadUnmarked();
    }
    return std::move(payload_);
  }

 private:
  void ReadUnmarked() {
    if (LooksLikeLink(text_)) return ReadLink();
    if (LooksBracketed(text_)) return ReadElements();
    if (text_.find(kGroupSeparator) != text_.npos) return ReadElements();
    if (LooksLikeObjectWord(text_)) return ReadWord();
    const auto digits = ReadBareDigits(text_);
    if (digits) return ReadDigits(*digits);
    ReadUnprovenElements();
  }

  void ReadElements() {
    const bool bracketed = !text_.empty() && text_[0] == '(';
    payload_.kind = PayloadKind::kElementString;
    const auto reading = bracketed ? ReadBracketed(text_, year_) : ReadElementString(text_, year_);
    if (bracketed) MentionOtherSplits();
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
                                     "every bracket with an identifier begins an element"});
    }
    for (const auto& elements : others) {
      payload_.candidates.push_back(
          {"gs1", WriteElementString(elements), "a bracket may be part of the value before it"});
    }
  }

  void ReadLink() {
    if (LooksLikeCodeLink(text_)) return ReadOurLink();
    if (!LooksLikeDigitalLink(text_)) return;  // someone's web page
    const auto link = ParseDigitalLink(text_, year_);
    payload_.kind = PayloadKind::kDigitalLink;
    if (link) {
      TakeElements(link->elements);
    } else {
      payload_.refusal = link.refusal();
    }
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
    const auto gtin = ParseGtin(GtinIn(payload_.symbology, text_));
    if (gtin) {
      payload_.gtin = *gtin;
    } else {
      payload_.refusal = gtin.refusal();
    }
  }

  void ReadDigits(std::string_view digits) {
    payload_.candidates = RankDigitCandidates(digits, year_);
    payload_.kind = PayloadKind::kDigits;
    if (payload_.candidates.empty()) return;
    const Candidate& first = payload_.candidates.front();
    if (first.scheme == "code") {
      payload_.kind = PayloadKind::kOurCode;
      payload_.code = *ParseCode(first.value);
    } else if (payload_.candidates.size() == 1 && first.scheme == "gtin") {
      payload_.kind = PayloadKind::kGtin;
      payload_.gtin = first.value;
    } else if (payload_.candidates.size() == 1 && first.scheme == "sscc") {
      payload_.kind = PayloadKind::kSscc;
      payload_.sscc = first.value;
    }
  }

  // Text that reads as elements although no symbology, FNC1 or bracket says so: told, not taken.
  void ReadUnprovenElements() {
    const auto elements = ParseElementString(text_, year_);
    if (!elements) return;
    payload_.candidates.push_back(
        {"gs1", WriteBracketed(*elements),
         "reads as GS1 elements, but nothing in the scan says that it is"});
  }

  void TakeElements(const std::vector<Element>& elements) {
    payload_.elements = elements;
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

std::string_view PayloadKindName(PayloadKind kind) {
  switch (kind) {
    case PayloadKind::kUnknownText:
      return "unknown_text";
    case PayloadKind::kOurCode:
      return "our_code";
    case PayloadKind::kOurLink:
      return "our_link";
    case PayloadKind::kObjectWord:
      return "object_word";
    case PayloadKind::kElementString:
      return "element_string";
    case PayloadKind::kDigitalLink:
      return "digital_link";
    case PayloadKind::kGtin:
      return "gtin";
    case PayloadKind::kSscc:
      return "sscc";
    case PayloadKind::kDigits:
      return "digits";
  }
  return "unknown_text";
}

ScanPayload ParseScanPayload(std::string_view bytes, int current_year) {
  if (bytes.size() > kScanPayloadBytesMax) {
    ScanPayload payload;
    payload.refusal = RefuseWhole(
        {"scan", bytes}, {RefusalReason::kTooLong, 0, 0, std::to_string(bytes.size()) + " bytes",
                          std::to_string(kScanPayloadBytesMax) + " bytes at most"});
    return payload;
  }
  const std::string_view symbology = SymbologyOf(bytes);
  const std::string_view text = WithoutLineEnd(bytes.substr(symbology.size()));
  if (text.empty()) {
    ScanPayload payload;
    payload.symbology = symbology;
    payload.refusal =
        RefuseWhole({"scan", text}, {RefusalReason::kEmpty, 0, 0, "empty scan", "a payload"});
    return payload;
  }
  return PayloadReader(text, current_year).Read(symbology);
}

}  // namespace radyab::coding
