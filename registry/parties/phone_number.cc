#include "registry/parties/phone_number.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>

#include "coding/utf8_reader.h"

namespace radyab::parties {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr char kRegionOfPlainNumbers[] = "IR";

PhoneReading Fault(std::string_view fault) { return {"", std::string(fault)}; }

// The library reads letters of a keypad ("0800 SHOP") as digits; we do not.
bool HoldsLetter(std::string_view text) {
  return std::ranges::any_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

std::string_view FaultOf(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return "begins with the calling code of no country";
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
      return "too short for a telephone number";
    case PhoneNumberUtil::TOO_LONG_NSN:
      return "too long for a telephone number";
    default:
      return "no telephone number; want +COUNTRY NUMBER or an Iranian number";
  }
}

std::string_view FaultOf(PhoneNumberUtil::ValidationResult result) {
  switch (result) {
    case PhoneNumberUtil::TOO_SHORT:
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return "too short for a number of its country; want it with its area code";
    case PhoneNumberUtil::TOO_LONG:
      return "too long for a number of its country";
    default:
      return "no number of its country's numbering plan";
  }
}

}  // namespace

PhoneReading ReadPhoneNumber(std::string_view text) {
  if (text.empty()) return Fault("empty");
  if (text.size() > kPhoneBytesMax)
    return Fault("longer than " + std::to_string(kPhoneBytesMax) + " bytes");
  if (!coding::IsValidUtf8(text)) return Fault("no UTF-8 text");
  if (HoldsLetter(text)) return Fault("letters in a telephone number; extensions are not kept");
  const PhoneNumberUtil& plans = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  const auto error = plans.Parse(std::string(text), kRegionOfPlainNumbers, &number);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR) return Fault(FaultOf(error));
  if (number.has_extension()) return Fault("an extension cannot be kept; give the number alone");
  if (!plans.IsValidNumber(number)) return Fault(FaultOf(plans.IsPossibleNumberWithReason(number)));
  PhoneReading reading;
  plans.Format(number, PhoneNumberUtil::E164, &reading.e164);
  return reading;
}

}  // namespace radyab::parties
