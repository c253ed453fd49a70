#include "registry/cases/case_check.h"

#include <string>

#include "coding/utf8_reader.h"
#include "registry/cases/case_registry.h"
#include "registry/parties/email_address.h"
#include "registry/parties/phone_number.h"
#include "registry/stamp.h"

namespace radyab::cases {
namespace {

// The years 1 to 9999, as google.protobuf.Timestamp allows.
constexpr std::int64_t kTimeSecondsMin = -62'135'596'800;
constexpr std::int64_t kTimeSecondsMax = 253'402'300'799;
constexpr std::int32_t kTimeNanosMax = 999'999'999;

// White space and what has no shape (Unicode 15: White_Space, and the fillers, joiners and
// direction marks that keyboards and other programs leave behind).
bool IsShapeless(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x61C || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) ||
         (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}

void CheckComplainant(v1::Case& wanted, FaultList& faults) {
  if (wanted.complainant_party().empty() && !wanted.anonymous() && wanted.contact().empty()) {
    faults.Add("case.complainant_party", "missing; want a party, a contact, or anonymous to be set",
               Reason::kMissingField);
  }
  if (!wanted.complainant_party().empty() && wanted.anonymous())
    faults.Add("case.anonymous", "a complainant with a party is not anonymous");
  if (wanted.contact().empty()) return;
  if (wanted.contact().find('@') != std::string::npos) {
    parties::EmailReading email = parties::ReadEmailAddress(wanted.contact());
    if (!email.fault.empty()) faults.Add("case.contact", email.fault);
    wanted.set_contact(std::move(email.address));
  } else {
    parties::PhoneReading phone = parties::ReadPhoneNumber(wanted.contact());
    if (!phone.fault.empty()) faults.Add("case.contact", phone.fault);
    wanted.set_contact(std::move(phone.e164));
  }
}

void CheckOccurredTime(const v1::Case& wanted, std::int64_t now_us, FaultList& faults) {
  if (!wanted.has_occurred_time()) return;
  const auto& time = wanted.occurred_time();
  if (time.seconds() < kTimeSecondsMin || time.seconds() > kTimeSecondsMax || time.nanos() < 0 ||
      time.nanos() > kTimeNanosMax) {
    faults.Add("case.occurred_time", "outside the years 1 to 9999");
  } else if (MicrosOf(time) > now_us + kOccurredAheadMaxUs) {
    faults.Add("case.occurred_time", "lies in the future");
  }
}

}  // namespace

bool IsBlank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(text, at);
    if (!character.valid || !IsShapeless(character.value)) return false;
    at += character.bytes;
  }
  return true;
}

void CheckText(const TextField& text, FaultList& faults) {
  if (!coding::IsValidUtf8(text.text)) {
    faults.Add(text.field, "no UTF-8 text");
    return;
  }
  const std::size_t characters = coding::CountCharacters(text.text, text.text.size());
  if (characters > text.characters_max) {
    faults.Add(text.field, std::to_string(characters) + " characters, want at most " +
                               std::to_string(text.characters_max));
  } else if (text.text.size() > kTextBytesMax) {
    faults.Add(text.field, std::to_string(text.text.size()) + " bytes, want at most " +
                               std::to_string(kTextBytesMax));
  }
}

void RequireText(const TextField& text, FaultList& faults) {
  if (IsBlank(text.text)) {
    faults.Add(text.field, "missing; want a text", Reason::kMissingField);
  } else {
    CheckText(text, faults);
  }
}

void CheckCase(v1::Case& wanted, std::int64_t now_us, FaultList& faults) {
  if (wanted.type() == v1::CASE_TYPE_UNSPECIFIED || !v1::CaseType_IsValid(wanted.type()))
    faults.Add("case.type", "want COMPLAINT, ENQUIRY, SUGGESTION, RETURN or PRAISE");
  if (wanted.channel() == v1::CASE_CHANNEL_UNSPECIFIED ||
      !v1::CaseChannel_IsValid(wanted.channel())) {
    faults.Add("case.channel", "want the way it came: PHONE, EMAIL, WEB, LETTER …");
  }
  if (wanted.language() != "fa" && wanted.language() != "en" && wanted.language() != "ar")
    faults.Add("case.language", "want fa, en or ar");
  RequireText({"case.narrative", wanted.narrative(), kTextCharactersMax}, faults);
  if (!wanted.owner().empty())
    RequireText({"case.owner", wanted.owner(), kOwnerCharactersMax}, faults);
  CheckOccurredTime(wanted, now_us, faults);
  CheckComplainant(wanted, faults);
}

}  // namespace radyab::cases
