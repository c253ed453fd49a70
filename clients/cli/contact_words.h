// Contact points and consents as words of a command line or cells of a table.
#pragma once

#include <string>
#include <string_view>

#include "coding/refusal.h"
#include "radyab/v1/party.pb.h"

namespace radyab::cli {

// "phone=0912 123 4567", "email=a@b.ir,verified".
coding::Parsed<v1::ContactPoint> ContactPointOf(std::string_view word);
std::string ContactPointWord(const v1::ContactPoint& point);

// PURPOSE/CHANNEL and what became of it: "marketing/sms=given", "survey/email=withdrawn", each with
// its time or, without one, now: "marketing/sms=given@2026-03-01T10:20:30+03:30",
// "marketing/sms=given@…,withdrawn@…".
coding::Parsed<v1::Consent> ConsentOf(std::string_view word);
std::string ConsentWord(const v1::Consent& consent);

}  // namespace radyab::cli
