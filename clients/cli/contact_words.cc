#include "clients/cli/contact_words.h"

#include <google/protobuf/util/time_util.h>

#include <optional>

#include "clients/cli/message_field.h"
#include "clients/cli/output/message_text.h"

namespace radyab::cli {
namespace {

using coding::Refusal;
using coding::RefusalReason;
using google::protobuf::util::TimeUtil;

constexpr std::string_view kVerified = ",verified";

Refusal Unfit(std::string_view word, const std::string& want) {
  return Refusal{.reason = RefusalReason::kOutOfRange,
                 .at = 0,
                 .length = 0,
                 .message = "\"" + std::string(word.substr(0, 120)) + "\": want " + want};
}

// "given", "given@TIME", "withdrawn@TIME".
std::optional<Refusal> SetMoment(std::string_view part, v1::Consent& consent) {
  const std::size_t at = part.find('@');
  const std::string_view what = part.substr(0, at);
  if (what != "given" && what != "withdrawn") {
    return Unfit(part, "given or withdrawn, with or without @TIME");
  }
  google::protobuf::Timestamp& time =
      what == "given" ? *consent.mutable_given_time() : *consent.mutable_withdrawn_time();
  if (at == std::string_view::npos) {
    time = TimeUtil::GetCurrentTime();
  } else if (!TimeUtil::FromString(std::string(part.substr(at + 1)), &time)) {
    return Unfit(part.substr(at + 1), "a time such as 2026-03-01T10:20:30+03:30");
  }
  return std::nullopt;
}

}  // namespace

coding::Parsed<v1::ContactPoint> ContactPointOf(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string_view::npos) return Unfit(word, "phone=NUMBER or email=ADDRESS");
  v1::ContactPoint point;
  if (auto refusal = SetField(point, "kind", word.substr(0, equals))) return *refusal;
  std::string_view value = word.substr(equals + 1);
  if (value.ends_with(kVerified)) {
    point.set_verified(true);
    value.remove_suffix(kVerified.size());
  }
  point.set_value(std::string(value));
  return point;
}

std::string ContactPointWord(const v1::ContactPoint& point) {
  return FieldText(point, "kind") + "=" + point.value() +
         (point.verified() ? std::string(kVerified) : "");
}

coding::Parsed<v1::Consent> ConsentOf(std::string_view word) {
  const std::size_t equals = word.find('=');
  const std::string_view what = word.substr(0, equals);
  const std::size_t slash = what.find('/');
  if (equals == std::string_view::npos || slash == std::string_view::npos) {
    return Unfit(word, "PURPOSE/CHANNEL=given or PURPOSE/CHANNEL=withdrawn");
  }
  v1::Consent consent;
  consent.set_purpose(std::string(what.substr(0, slash)));
  if (auto refusal = SetField(consent, "channel", what.substr(slash + 1))) return *refusal;
  std::string_view rest = word.substr(equals + 1);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    if (auto refusal = SetMoment(rest.substr(0, comma), consent)) return *refusal;
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return consent;
}

std::string ConsentWord(const v1::Consent& consent) {
  std::string word = consent.purpose() + "/" + FieldText(consent, "channel") + "=";
  if (consent.has_given_time()) word += "given@" + TimeUtil::ToString(consent.given_time());
  if (consent.has_withdrawn_time()) {
    word += (consent.has_given_time() ? "," : "") + std::string("withdrawn@") +
            TimeUtil::ToString(consent.withdrawn_time());
  }
  return word;
}

}  // namespace radyab::cli
