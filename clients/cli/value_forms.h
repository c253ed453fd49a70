// The forms in which people give codes, names and objects, brought into the form the server wants.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "coding/refusal.h"

namespace radyab::cli {

// The 16 digits of a code typed in any way (Persian digits, grouped, "items/CODE").
coding::Parsed<std::string> CodeDigits(std::string_view text);

// "items/1042000017000113" of any form of the code; `collection` is "items", "services", "parties"
// or "cases".
coding::Parsed<std::string> CodeName(std::string_view collection, std::string_view text);

// "members/00017" of "17", "00017" or "members/00017".
coding::Parsed<std::string> MemberName(std::string_view text);

// "classes/0412" of "0412" or "classes/0412".
coding::Parsed<std::string> ClassName(std::string_view text);

// An object word in its canonical form: CODE, CODE/lot/L, CODE/serial/S, sscc/N.
coding::Parsed<std::string> ObjectName(std::string_view text);

// "sscc/N" of "sscc/N" or of 18 bare digits.
coding::Parsed<std::string> ContainerName(std::string_view text);

// An amount as the server wants it, of "12", "0.750", "۱۲" or "12 KGM"; the unit is empty when none
// was given.
struct AmountAndUnit {
  std::string amount;
  std::string unit;
};
coding::Parsed<AmountAndUnit> QuantityOf(std::string_view text);

// The fields of the API that take one of these forms, by field name: "code", "source_party" …
enum class ValueForm { kText, kCode, kMember, kClass, kObject, kContainer };
ValueForm FormOfField(std::string_view field_name);

// The text in that form.
coding::Parsed<std::string> InForm(ValueForm form, std::string_view text);

}  // namespace radyab::cli
