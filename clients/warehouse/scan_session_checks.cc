// What is wrong with goods, and whether they count in spite of it.
#include <chrono>

#include "clients/warehouse/scan_session.h"
#include "clients/warehouse/verdict_checks.h"
#include "coding/civil_date.h"

namespace radyab::warehouse {
namespace {

using coding::Decimal;

constexpr std::int64_t kMicrosecondsAMinute = 60'000'000;

// "2027-03-31" of a moment, where clocks stand so far from UTC.
std::string DayOf(std::int64_t moment_us, int zone_offset_minutes) {
  using std::chrono::microseconds;
  const std::int64_t local_us = moment_us + zone_offset_minutes * kMicrosecondsAMinute;
  const auto day = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_time<microseconds>(microseconds(local_us)));
  const std::chrono::year_month_day date(day);
  return coding::WriteIsoDate({.year = static_cast<int>(date.year()),
                               .month = static_cast<int>(static_cast<unsigned>(date.month())),
                               .day = static_cast<int>(static_cast<unsigned>(date.day()))});
}

}  // namespace

bool ScanSession::Fills(const std::string& container) const {
  return std::ranges::find(containers_, container) != containers_.end();
}

std::optional<VerdictKind> ScanSession::WhyNoGoods(const Meaning& meaning,
                                                   std::string& reason) const {
  switch (meaning.thing) {
    case Thing::kNothing:
      reason = meaning.message;
      return meaning.refusal == "NOT_FOUND" ? VerdictKind::kUnknown : VerdictKind::kMalformed;
    case Thing::kSeveral:
      reason = meaning.unusable_reason;
      return VerdictKind::kAmbiguous;
    case Thing::kParty:
    case Thing::kOther:
      reason = "want a lot, a unit or a container";
      return VerdictKind::kNotGoods;
    case Thing::kItem:
      if (kind_ == SessionKind::kCount) return std::nullopt;
      reason = "the label names no lot and no serial, without which no custody can be told";
      return VerdictKind::kNoLot;
    case Thing::kContainer:
      if (meaning.refusal.empty() || Fills(meaning.object)) break;
      reason = meaning.message;
      return VerdictKind::kUnknown;
    case Thing::kLot:
    case Thing::kUnit:
      break;
  }
  if (kind_ == SessionKind::kPack && container_.empty()) {
    reason = "scan the container first";
    return VerdictKind::kContainerWanted;
  }
  if (kind_ == SessionKind::kPack && meaning.object == container_) {
    reason = "it is the container itself";
    return VerdictKind::kNotGoods;
  }
  if (kind_ == SessionKind::kShip && each() && party_.empty()) {
    reason = "scan the code of who shall receive it";
    return VerdictKind::kPartyWanted;
  }
  return std::nullopt;
}

std::vector<VerdictKind> ScanSession::FaultsOf(const Scan& scan, const Meaning& meaning,
                                               const LineMatch& match, const Decimal& amount,
                                               std::string& reason) const {
  std::vector<VerdictKind> faults;
  const auto add = [&](VerdictKind kind, const std::string& why) {
    faults.push_back(kind);
    if (!why.empty()) reason += (reason.empty() ? "" : "; ") + why;
  };
  const std::string today = DayOf(scan.moment_us, terms_.zone_offset_minutes);
  const bool counts = match.line && (!match.fault || *match.fault == VerdictKind::kTooMany);
  const std::string told = counts ? tally_.line(*match.line).expiry_date : "";
  const std::string expiry = meaning.expiry_date.empty() ? told : meaning.expiry_date;
  const bool said_expired = !meaning.usable && meaning.active && !meaning.expiry_date.empty();
  if (IsPiece(meaning.thing) && tally_.HasPiece(meaning.object)) {
    add(VerdictKind::kDouble, "counted before");
  }
  if (!meaning.usable && !said_expired) add(VerdictKind::kBlocked, meaning.unusable_reason);
  const std::string inside =
      meaning.thing == Thing::kContainer ? tally_.EarliestInside(meaning.object) : "";
  if (said_expired || (!expiry.empty() && expiry < today)) {
    add(VerdictKind::kExpired, "expired on " + expiry);
  } else if (!inside.empty() && inside < today) {
    add(VerdictKind::kExpired, "something inside expired on " + inside);
  }
  const bool too_many = match.fault == VerdictKind::kTooMany;
  if (match.fault && !too_many) add(*match.fault, match.reason);
  const bool here = !meaning.held || coding::CompareDecimal(*meaning.held, {0, 0}) != 0;
  if (!tally_.expects() && !here) {
    add(VerdictKind::kUnexpected, "by the books there is none of it here");
  }
  if (!told.empty() && !meaning.expiry_date.empty() && told != meaning.expiry_date) {
    add(VerdictKind::kWrongExpiry, "the notice says " + told);
  }
  const bool told_already = Has(faults, VerdictKind::kDouble) || !here;
  if (!told_already && (too_many || tally_.TooMany(meaning, amount))) {
    add(VerdictKind::kTooMany, "more than expected");
  }
  return faults;
}

// Goods that are counted are there, whatever is wrong with them; goods that move are set aside.
bool ScanSession::CountsInSpite(const std::vector<VerdictKind>& faults) const {
  return faults.empty() || (kind_ == SessionKind::kCount && !Has(faults, VerdictKind::kDouble));
}

}  // namespace radyab::warehouse
