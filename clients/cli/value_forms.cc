#include "clients/cli/value_forms.h"

#include <algorithm>
#include <array>
#include <utility>

#include "coding/code.h"
#include "coding/decimal_quantity.h"
#include "coding/digit_folding.h"
#include "coding/gs1_keys.h"
#include "coding/object_words.h"

namespace radyab::cli {
namespace {

using coding::Parsed;
using coding::Refusal;
using coding::RefusalReason;

constexpr std::size_t kMemberDigits = 5;
constexpr std::size_t kSsccDigits = 18;

Refusal WholeText(RefusalReason reason, std::string message) {
  return Refusal{.reason = reason, .at = 0, .length = 0, .message = std::move(message)};
}

std::string_view AfterPrefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

// ASCII digits of a short number, or why not.
Parsed<std::string> Digits(std::string_view what, std::string_view text) {
  auto folded = coding::FoldDigits({what, text});
  if (!folded) return folded.refusal();
  return folded->digits;
}

constexpr std::array<std::pair<std::string_view, ValueForm>, 11> kFieldForms = {{
    {"code", ValueForm::kCode},
    {"successor_code", ValueForm::kCode},
    {"source_party", ValueForm::kCode},
    {"destination_party", ValueForm::kCode},
    {"complainant_party", ValueForm::kCode},
    {"party", ValueForm::kCode},
    {"member", ValueForm::kMember},
    {"class_name", ValueForm::kClass},
    {"object", ValueForm::kObject},
    {"subject", ValueForm::kObject},
    {"container", ValueForm::kContainer},
}};

}  // namespace

Parsed<std::string> CodeDigits(std::string_view text) {
  for (const std::string_view collection : {"items/", "services/", "parties/", "cases/"}) {
    text = AfterPrefix(text, collection);
  }
  auto code = coding::ParseCode(text);
  if (!code) return code.refusal();
  return code->Digits();
}

Parsed<std::string> CodeName(std::string_view collection, std::string_view text) {
  auto digits = CodeDigits(text);
  if (!digits) return digits.refusal();
  return std::string(collection) + "/" + *digits;
}

Parsed<std::string> MemberName(std::string_view text) {
  auto digits = Digits("member", AfterPrefix(text, "members/"));
  if (!digits) return digits.refusal();
  if (digits->size() > kMemberDigits) {
    return WholeText(RefusalReason::kWrongLength,
                     "member \"" + *digits + "\": want at most 5 digits, for example 00017");
  }
  return "members/" + std::string(kMemberDigits - digits->size(), '0') + *digits;
}

Parsed<std::string> ClassName(std::string_view text) {
  auto digits = Digits("class", AfterPrefix(text, "classes/"));
  if (!digits) return digits.refusal();
  return "classes/" + *digits;
}

Parsed<std::string> ObjectName(std::string_view text) {
  auto word = coding::ParseObjectWord(text);
  if (!word) return word.refusal();
  return coding::WriteObjectWord(*word);
}

Parsed<std::string> ContainerName(std::string_view text) {
  const auto digits = coding::FoldDigits({"sscc", text});
  if (digits && digits->digits.size() == kSsccDigits) {
    auto sscc = coding::ParseSscc(text);
    if (!sscc) return sscc.refusal();
    return "sscc/" + *sscc;
  }
  auto word = coding::ParseObjectWord(text);
  if (!word) return word.refusal();
  if (word->type != coding::ObjectWord::Type::kContainer) {
    return WholeText(RefusalReason::kOutOfRange,
                     "container \"" + std::string(text) + "\": want sscc/N");
  }
  return coding::WriteObjectWord(*word);
}

Parsed<AmountAndUnit> QuantityOf(std::string_view text) {
  const std::size_t space = text.find_last_of(' ');
  const bool with_unit = space != std::string_view::npos && space + 1 < text.size();
  auto amount = coding::ParseDecimal(with_unit ? text.substr(0, space) : text);
  if (!amount) return amount.refusal();
  AmountAndUnit quantity{coding::WriteDecimal(*amount), ""};
  if (with_unit) {
    auto unit = coding::ParseMeasureUnit(text.substr(space + 1));
    if (!unit) return unit.refusal();
    quantity.unit = *unit;
  }
  return quantity;
}

ValueForm FormOfField(std::string_view field_name) {
  const auto found =
      std::ranges::find(kFieldForms, field_name, &std::pair<std::string_view, ValueForm>::first);
  return found == kFieldForms.end() ? ValueForm::kText : found->second;
}

Parsed<std::string> InForm(ValueForm form, std::string_view text) {
  switch (form) {
    case ValueForm::kCode:
      return CodeDigits(text);
    case ValueForm::kMember:
      return MemberName(text);
    case ValueForm::kClass:
      return ClassName(text);
    case ValueForm::kObject:
      return ObjectName(text);
    case ValueForm::kContainer:
      return ContainerName(text);
    case ValueForm::kText:
      break;
  }
  return std::string(text);
}

}  // namespace radyab::cli
