// Numbers with a meaning of their own.
#include <algorithm>

#include "coding/gs1_characters.h"
#include "coding/linters/rules.h"

namespace radyab::coding::rules {
namespace {

constexpr std::string_view kLatitudeMax = "1800000000";   // 90 degrees north, moved by 90
constexpr std::string_view kLongitudeMax = "3600000000";  // 180 degrees east, moved by 180

Fault Whole(std::string_view content, RefusalReason reason, const char* found, const char* wanted) {
  return {reason, 0, content.size(), found, wanted};
}

bool IsZeros(std::string_view digits) { return digits.find_first_not_of('0') == digits.npos; }

bool IsOneOf(std::string_view content, std::string_view values) {
  return content.size() == 1 && values.find(content[0]) != values.npos;
}

// True when digits `a` are a larger number than digits `b`; neither has zeros in front unless both
// are equally long.
bool IsLarger(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

std::optional<Fault> CheckDegrees(std::string_view content, std::string_view most,
                                  const LintContext& context) {
  if (content.size() != most.size()) {
    return Whole(content, RefusalReason::kWrongLength, "wrong length", "10 digits");
  }
  if (auto fault = CsetNumeric(content, context)) return fault;
  if (content <= most) return std::nullopt;
  return Whole(content, RefusalReason::kOutOfRange, "no such place on the globe",
               most == kLatitudeMax ? "1800000000 at most" : "3600000000 at most");
}

}  // namespace

std::optional<Fault> Zero(std::string_view content, const LintContext&) {
  if (!content.empty() && IsZeros(content)) return std::nullopt;
  return Whole(content, RefusalReason::kOutOfRange, "not zero", "0");
}

std::optional<Fault> NonZero(std::string_view content, const LintContext& context) {
  if (auto fault = CsetNumeric(content, context)) return fault;
  if (!IsZeros(content)) return std::nullopt;
  return Whole(content, RefusalReason::kOutOfRange, "zero", "a number above zero");
}

std::optional<Fault> NoZeroPrefix(std::string_view content, const LintContext& context) {
  if (auto fault = CsetNumeric(content, context)) return fault;
  if (content.empty() || content[0] != '0') return std::nullopt;
  return Fault{RefusalReason::kOutOfRange, 0, 1, "zero in front",
               "a number without zeros in front"};
}

std::optional<Fault> Winding(std::string_view content, const LintContext&) {
  if (IsOneOf(content, "019")) return std::nullopt;
  return Whole(content, RefusalReason::kOutOfRange, "no winding direction", "0, 1 or 9");
}

std::optional<Fault> YesNo(std::string_view content, const LintContext&) {
  if (IsOneOf(content, "01")) return std::nullopt;
  return Whole(content, RefusalReason::kOutOfRange, "neither yes nor no", "0 or 1");
}

std::optional<Fault> PieceOfTotal(std::string_view content, const LintContext& context) {
  if (content.empty() || content.size() % 2 != 0) {
    return Whole(content, RefusalReason::kWrongLength, "wrong length",
                 "piece and total of equal length");
  }
  if (auto fault = CsetNumeric(content, context)) return fault;
  const std::size_t half = content.size() / 2;
  const std::string_view piece = content.substr(0, half);
  const std::string_view total = content.substr(half);
  if (IsZeros(piece)) {
    return Fault{RefusalReason::kOutOfRange, 0, half, "piece zero", "1 or more"};
  }
  if (IsZeros(total)) {
    return Fault{RefusalReason::kOutOfRange, half, half, "no pieces at all", "1 or more"};
  }
  if (piece <= total) return std::nullopt;
  return Whole(content, RefusalReason::kOutOfRange, "piece above the total",
               "a piece number up to the total");
}

std::optional<Fault> PosInSeqSlash(std::string_view content, const LintContext&) {
  const std::size_t slash = std::min(content.find('/'), content.size());
  const std::string_view place = content.substr(0, slash);
  const std::string_view end = content.substr(std::min(slash + 1, content.size()));
  if (place.empty() || end.empty() || !std::ranges::all_of(place, IsDigit) ||
      !std::ranges::all_of(end, IsDigit)) {
    return Whole(content, RefusalReason::kInvalidCharacter, "no place in a sequence",
                 "digits, '/', digits");
  }
  if (place[0] == '0') {
    return Fault{RefusalReason::kOutOfRange, 0, slash, "zero in front", "1 or more"};
  }
  if (end[0] == '0') {
    return Fault{RefusalReason::kOutOfRange, slash + 1, end.size(), "zero in front", "1 or more"};
  }
  if (!IsLarger(place, end)) return std::nullopt;
  return Whole(content, RefusalReason::kOutOfRange, "place behind the end",
               "a place up to the end");
}

std::optional<Fault> Latitude(std::string_view content, const LintContext& context) {
  return CheckDegrees(content, kLatitudeMax, context);
}

std::optional<Fault> Longitude(std::string_view content, const LintContext& context) {
  return CheckDegrees(content, kLongitudeMax, context);
}

}  // namespace radyab::coding::rules
