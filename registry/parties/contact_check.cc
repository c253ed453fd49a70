#include "registry/parties/contact_check.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <set>
#include <utility>

#include "coding/civil_date.h"
#include "coding/jalali_date.h"
#include "coding/text_fold.h"
#include "coding/utf8_reader.h"
#include "registry/parties/email_address.h"
#include "registry/parties/phone_number.h"
#include "registry/stamp.h"

namespace radyab::parties {
namespace {

constexpr std::size_t kPostcodeCharactersMin = 4;
constexpr int kYearMin = 1800;  // nobody older is anybody's customer
constexpr int kYearMax = 2100;
constexpr int kJalaliYearMin = 1300;
constexpr int kJalaliYearMax = 1500;
constexpr int kJalaliYearOffset = 621;  // 1 Farvardin falls in this Gregorian year or a day beside
constexpr std::size_t kBirthDateBytesMax = 40;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The Gregorian day of a Jalali one. It is looked for from the beginning of its year: a year has
// 366 days at most.
std::optional<coding::CivilDate> GregorianOf(const coding::JalaliDate& wanted) {
  coding::CivilDate day{wanted.year + kJalaliYearOffset, 3, 19};
  for (int step = 0; step < 370; ++step) {
    if (coding::JalaliOf(day) == wanted) return day;
    if (++day.day <= coding::DaysInMonth(day.year, day.month)) continue;
    day.day = 1;
    if (++day.month <= 12) continue;
    day.month = 1;
    ++day.year;
  }
  return std::nullopt;
}

// The numbers between the marks; none when something else stands there.
std::optional<std::array<int, 3>> PartsOf(const std::string& text, std::size_t& count) {
  std::array<int, 3> parts{};
  count = 0;
  std::size_t at = 0;
  while (count < parts.size()) {
    const std::size_t begin = at;
    while (at < text.size() && IsDigit(text[at])) ++at;
    const std::size_t length = at - begin;
    if (length < 1 || length > (count == 0 ? 4U : 2U)) return std::nullopt;
    parts[count++] = std::stoi(text.substr(begin, length));
    if (at == text.size()) return parts;
    if (text[at] != '-' && text[at] != '/') return std::nullopt;
    ++at;
  }
  return std::nullopt;
}

// Digits of every script to ASCII, blanks out; '/' and '-' stay.
std::string PlainDigits(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const coding::Utf8Character character = coding::ReadUtf8(text, at);
    const std::string_view one = text.substr(at, character.bytes);
    if (one == "-" || one == "/") {
      plain += one;
    } else if (one != " ") {
      const std::string folded = coding::FoldText(one);
      plain += folded.empty() ? std::string(one) : folded;
    }
    at += character.bytes;
  }
  return plain;
}

void CheckPoint(v1::ContactPoint& point, const std::string& place, FaultList& faults) {
  std::string kept, fault;
  switch (point.kind()) {
    case v1::CONTACT_KIND_PHONE: {
      PhoneReading phone = ReadPhoneNumber(point.value());
      kept = std::move(phone.e164), fault = std::move(phone.fault);
      break;
    }
    case v1::CONTACT_KIND_EMAIL: {
      EmailReading email = ReadEmailAddress(point.value());
      kept = std::move(email.address), fault = std::move(email.fault);
      break;
    }
    default:
      faults.Add(place + ".kind", "missing; want PHONE or EMAIL", Reason::kMissingField);
      return;
  }
  if (!fault.empty()) faults.Add(place + ".value", fault);
  point.set_value(std::move(kept));
}

void CheckPoints(v1::Party& party, const std::string& field, FaultList& faults) {
  const int count = party.contact_points_size();
  if (count > kContactPointsMax) {
    faults.Add(field,
               std::to_string(count) + " given, want at most " + std::to_string(kContactPointsMax),
               Reason::kLimitExceeded);
    return;
  }
  std::set<std::pair<int, std::string>> seen;
  for (int i = 0; i < count; ++i) {
    const std::string place = field + "[" + std::to_string(i) + "]";
    v1::ContactPoint& point = *party.mutable_contact_points(i);
    CheckPoint(point, place, faults);
    if (!point.value().empty() && !seen.insert({point.kind(), point.value()}).second) {
      faults.Add(place, "the same number or address twice");
    }
  }
}

void CheckAddress(v1::PostalAddress& address, const std::string& field, FaultList& faults) {
  const std::pair<const char*, std::string*> texts[] = {{".city", address.mutable_city()},
                                                        {".street", address.mutable_street()},
                                                        {".number", address.mutable_number()},
                                                        {".unit", address.mutable_unit()}};
  for (const auto& [name, text] : texts) {
    const std::size_t characters = coding::CountCharacters(*text, text->size());
    if (!coding::IsValidUtf8(*text)) {
      faults.Add(field + name, "not valid UTF-8");
    } else if (characters > kAddressCharactersMax) {
      faults.Add(field + name, "has " + std::to_string(characters) + " characters, want at most " +
                                   std::to_string(kAddressCharactersMax));
    } else if (!text->empty() && coding::FoldText(*text).empty()) {
      faults.Add(field + name, "has no letter or digit");
    }
  }
  if (address.postcode().empty()) return;
  std::string postcode = PostcodeOf(address.postcode());
  if (postcode.empty()) {
    faults.Add(field + ".postcode", "want " + std::to_string(kPostcodeCharactersMin) + " to " +
                                        std::to_string(kPostcodeCharactersMax) +
                                        " letters and digits");
  }
  address.set_postcode(std::move(postcode));
}

bool IsPurpose(std::string_view text) {
  return !text.empty() && text.size() <= kPurposeBytesMax && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '-' || c == '_';
  });
}

bool IsChannel(int channel) {
  return channel != v1::CONTACT_CHANNEL_UNSPECIFIED && v1::ContactChannel_IsValid(channel);
}

void CheckConsents(const v1::Party& party, const std::string& field, FaultList& faults) {
  const int count = party.consents_size();
  if (count > kConsentsMax) {
    faults.Add(field,
               std::to_string(count) + " given, want at most " + std::to_string(kConsentsMax),
               Reason::kLimitExceeded);
    return;
  }
  std::set<std::pair<std::string, int>> seen;
  for (int i = 0; i < count; ++i) {
    const v1::Consent& consent = party.consents(i);
    const std::string place = field + "[" + std::to_string(i) + "]";
    if (!IsPurpose(consent.purpose())) {
      faults.Add(place + ".purpose", "want 1 to 40 small letters, digits, '-' and '_'");
    }
    if (!IsChannel(consent.channel())) {
      faults.Add(place + ".channel", "missing; want PHONE, SMS, EMAIL, POST or MESSENGER",
                 Reason::kMissingField);
    }
    if (!consent.has_given_time() && !consent.has_withdrawn_time()) {
      faults.Add(place, "neither given nor withdrawn; want a time of one of the two",
                 Reason::kMissingField);
    } else if (consent.has_given_time() && consent.has_withdrawn_time() &&
               MicrosOf(consent.withdrawn_time()) < MicrosOf(consent.given_time())) {
      faults.Add(place + ".withdrawn_time", "before it was given");
    }
    if (!seen.insert({consent.purpose(), consent.channel()}).second) {
      faults.Add(place, "the same purpose and channel twice");
    }
  }
}

void CheckSchemes(const v1::Party& party, const std::string& field, FaultList& faults) {
  const bool person = party.kind() == v1::PARTY_KIND_PERSON;
  const int wanted = person ? v1::ALIAS_SCHEME_NATIONAL_ID : v1::ALIAS_SCHEME_LEGAL_ID;
  for (int i = 0; i < party.verified_schemes_size(); ++i) {
    const std::string place = field + "[" + std::to_string(i) + "]";
    if (party.verified_schemes(i) != wanted) {
      faults.Add(place, person ? "want NATIONAL_ID, which persons have"
                               : "want LEGAL_ID, which organisations have");
    } else if (i > 0) {
      faults.Add(place, "the same scheme twice");
    }
    if (i > 0) return;
  }
}

}  // namespace

BirthDateReading ReadBirthDate(std::string_view text) {
  const std::string want = "want a day such as 1983-07-06 or 1362-04-15, a month or a year";
  if (text.size() > kBirthDateBytesMax) return {"", want};
  std::size_t count = 0;
  const auto parts = PartsOf(PlainDigits(text), count);
  if (!parts) return {"", want};
  const auto [year, month, day] = *parts;
  if (year >= kJalaliYearMin && year <= kJalaliYearMax) {
    if (count < 3) return {"", "of the Iranian calendar the whole day is wanted"};
    const auto gregorian = GregorianOf({year, month, day});
    if (!gregorian) return {"", "no such day of the Iranian calendar"};
    return {coding::WriteIsoDate(*gregorian), ""};
  }
  if (year < kYearMin || year > kYearMax) return {"", want};
  if (!coding::IsValidDate({year, count > 1 ? month : 1, count > 2 ? day : 1})) {
    return {"", "no such day"};
  }
  std::string date = coding::WriteIsoDate({year, std::max(month, 1), std::max(day, 1)});
  constexpr std::size_t kSizes[] = {4, 7, 10};
  date.resize(kSizes[count - 1]);
  return {date, ""};
}

std::string PostcodeOf(std::string_view text) {
  std::string postcode;
  for (const char c : PlainDigits(text)) {
    if (c == '-') continue;
    const bool small = c >= 'a' && c <= 'z';
    const bool large = c >= 'A' && c <= 'Z';
    if (!small && !large && !IsDigit(c)) return "";
    postcode += small ? static_cast<char>(c - 'a' + 'A') : c;
  }
  const bool fits =
      postcode.size() >= kPostcodeCharactersMin && postcode.size() <= kPostcodeCharactersMax;
  return fits ? postcode : "";
}

void CheckContacts(v1::Party& party, std::string_view prefix, FaultList& faults) {
  const std::string base(prefix);
  CheckPoints(party, base + "contact_points", faults);
  if (party.has_address()) CheckAddress(*party.mutable_address(), base + "address", faults);
  if (!party.birth_date().empty()) {
    BirthDateReading birth = ReadBirthDate(party.birth_date());
    if (party.kind() == v1::PARTY_KIND_ORGANISATION) {
      birth = {"", "an organisation has no birth date"};
    }
    if (!birth.fault.empty()) faults.Add(base + "birth_date", birth.fault);
    party.set_birth_date(std::move(birth.date));
  }
  CheckConsents(party, base + "consents", faults);
  if (party.preferred_channel() != v1::CONTACT_CHANNEL_UNSPECIFIED &&
      !IsChannel(party.preferred_channel())) {
    faults.Add(base + "preferred_channel", std::to_string(party.preferred_channel()) +
                                               " is no channel; want PHONE, SMS, EMAIL, POST or "
                                               "MESSENGER");
  }
  CheckSchemes(party, base + "verified_schemes", faults);
}

}  // namespace radyab::parties
