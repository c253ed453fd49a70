#include "clients/warehouse/scan_session.h"

#include <algorithm>
#include <utility>

#include "clients/warehouse/verdict_checks.h"

namespace radyab::warehouse {
namespace {

using coding::Decimal;

Verdict VerdictOf(const Scan& scan, VerdictKind kind) {
  Verdict verdict;
  verdict.kind = kind;
  verdict.scan = scan.number;
  verdict.moment_us = scan.moment_us;
  verdict.text = scan.text;
  return verdict;
}

void Name(const Meaning& meaning, Verdict& verdict) {
  verdict.object = meaning.object;
  verdict.code = meaning.code;
  verdict.name = meaning.name;
  verdict.unit = meaning.unit;
  verdict.expiry_date = meaning.expiry_date;
}

}  // namespace

ScanSession::ScanSession(SessionTerms terms)
    : terms_(std::move(terms)), kind_(terms_.kind), tally_(terms_.notice, terms_.expects) {}

Verdict ScanSession::Faulty(const Scan& scan, VerdictKind kind, std::string reason) {
  Verdict verdict = VerdictOf(scan, kind);
  verdict.reason = std::move(reason);
  return verdict;
}

Verdict ScanSession::TakeCommand(const Scan& scan, const CommandReading& reading) {
  if (!reading.command) return Faulty(scan, VerdictKind::kBadCommand, reading.fault);
  if (finishing_) {
    return Faulty(scan, VerdictKind::kCommandRefused, "the session is being finished");
  }
  switch (reading.command->kind) {
    case CommandKind::kReceive:
      return Begin(scan, SessionKind::kReceive);
    case CommandKind::kShip:
      return Begin(scan, SessionKind::kShip);
    case CommandKind::kPack:
      return Begin(scan, SessionKind::kPack);
    case CommandKind::kCount:
      return Begin(scan, SessionKind::kCount);
    case CommandKind::kTimes:
      return SetTimes(scan, reading.command->times);
    case CommandKind::kUndo:
      return Undo(scan);
    case CommandKind::kAccept:
      return Accept(scan);
    case CommandKind::kRemove:
      return AwaitRemoval(scan);
    case CommandKind::kContainer:
      return AwaitContainer(scan);
    case CommandKind::kFinish:
      return Finish(scan);
  }
  return Faulty(scan, VerdictKind::kBadCommand, "no such command");
}

Verdict ScanSession::Begin(const Scan& scan, SessionKind kind) {
  const bool begun = !tally_.empty() || event_count_ > 0;
  if (begun && kind != kind_) {
    return Faulty(scan, VerdictKind::kCommandRefused,
                  "goods were counted to " + std::string(SessionKindWord(kind_)) +
                      ": finish that, or take them back");
  }
  if (kind != kind_) {
    party_.clear();
    container_.clear();
    containers_.clear();
    container_next_ = false;
    aside_.reset();
  }
  kind_ = kind;
  return VerdictOf(scan, VerdictKind::kBegun);
}

Verdict ScanSession::SetTimes(const Scan& scan, int times) {
  times_ = times;
  Verdict verdict = VerdictOf(scan, VerdictKind::kTimesSet);
  verdict.amount = {times, 0};
  return verdict;
}

Verdict ScanSession::Undo(const Scan& scan) {
  times_ = 1;
  remove_next_ = false;
  if (counts_.empty()) {
    return Faulty(scan, VerdictKind::kNothingToUndo,
                  event_count_ > 0 ? "what was counted before is recorded" : "nothing was counted");
  }
  const Count count = counts_.back();
  Verdict verdict = VerdictOf(scan, VerdictKind::kUndone);
  verdict.object = count.object;
  const auto tally = tally_.objects().find({count.container, count.object});
  if (tally != tally_.objects().end()) {
    verdict.name = tally->second.name;
    verdict.unit = tally->second.unit;
  }
  if (!tally_.TakeBack(count)) {
    return Faulty(scan, VerdictKind::kNothingToUndo, count.object + " is recorded");
  }
  counts_.pop_back();
  aside_.reset();
  verdict.amount = {-count.amount.mantissa, count.amount.scale};
  tally_.Fill(count, verdict);
  return verdict;
}

Verdict ScanSession::Accept(const Scan& scan) {
  if (!aside_) {
    return Faulty(scan, VerdictKind::kAcceptRefused, "the label before was not set aside");
  }
  const bool moves = kind_ == SessionKind::kShip || kind_ == SessionKind::kPack;
  const std::vector<VerdictKind>& faults = aside_->faults;
  if (Has(faults, VerdictKind::kDouble)) {
    return Faulty(scan, VerdictKind::kAcceptRefused,
                  aside_->count.object + " was counted before, and there is only one");
  }
  if (moves && (Has(faults, VerdictKind::kBlocked) || Has(faults, VerdictKind::kExpired))) {
    return Faulty(scan, VerdictKind::kAcceptRefused,
                  "what is blocked or expired does not leave: " + aside_->meaning.unusable_reason);
  }
  const SetAside accepted = *std::exchange(aside_, std::nullopt);
  Verdict verdict = VerdictOf(scan, VerdictKind::kAccepted);
  Name(accepted.meaning, verdict);
  verdict.faults = accepted.faults;
  Count count = accepted.count;
  count.party = party_;
  Keep(count, accepted.meaning, verdict);
  if (verdict.counted) --fault_count_;
  return verdict;
}

Verdict ScanSession::AwaitRemoval(const Scan& scan) {
  if (each()) {
    return Faulty(scan, VerdictKind::kCommandRefused,
                  "each scan is recorded by itself: undo takes the last one back");
  }
  remove_next_ = true;
  return VerdictOf(scan, VerdictKind::kRemoveNext);
}

Verdict ScanSession::AwaitContainer(const Scan& scan) {
  if (kind_ != SessionKind::kPack) {
    return Faulty(scan, VerdictKind::kCommandRefused, "only packing has a container");
  }
  container_next_ = true;
  return VerdictOf(scan, VerdictKind::kContainerNext);
}

Verdict ScanSession::Finish(const Scan& scan) {
  if (kind_ == SessionKind::kAny) {
    return Faulty(scan, VerdictKind::kNotBegun, "no command said what is done");
  }
  const bool events_to_come = kind_ != SessionKind::kCount && tally_.has_unrecorded();
  if (tally_.empty() && event_count_ == 0) {
    return Faulty(scan, VerdictKind::kNothingCounted, "nothing was counted");
  }
  if (kind_ == SessionKind::kShip && events_to_come && !each() && party_.empty()) {
    return Faulty(scan, VerdictKind::kPartyWanted, "scan the code of who shall receive it");
  }
  finishing_ = true;
  refused_ = false;
  aside_.reset();
  if (events_to_come && each()) Release();
  if (events_to_come && !each()) MakeEvents(scan.moment_us);
  return VerdictOf(scan, VerdictKind::kFinishing);
}

Verdict ScanSession::TakeLabel(const Scan& scan, const Meaning& meaning) {
  aside_.reset();
  if (finishing_) {
    return Faulty(scan, VerdictKind::kCommandRefused, "the session is being finished");
  }
  if (kind_ == SessionKind::kAny && meaning.thing != Thing::kNothing) {
    return Faulty(scan, VerdictKind::kNotBegun,
                  "scan first what is done: receive, ship, pack, count");
  }
  if (meaning.thing == Thing::kParty) return TakeParty(scan, meaning);
  const bool fills = kind_ == SessionKind::kPack && meaning.thing == Thing::kContainer &&
                     (container_.empty() || container_next_);
  if (fills) return TakeContainer(scan, meaning);
  std::string reason;
  if (const auto why = WhyNoGoods(meaning, reason)) {
    Verdict verdict = Faulty(scan, *why, std::move(reason));
    Name(meaning, verdict);
    return verdict;
  }
  return remove_next_ ? RemoveGoods(scan, meaning) : TakeGoods(scan, meaning);
}

Verdict ScanSession::TakeParty(const Scan& scan, const Meaning& meaning) {
  Verdict verdict = VerdictOf(scan, VerdictKind::kPartySet);
  Name(meaning, verdict);
  verdict.unit.clear();
  if (kind_ != SessionKind::kShip && kind_ != SessionKind::kReceive) {
    verdict.kind = VerdictKind::kNotGoods;
    verdict.reason = "a party is no goods";
  } else if (!meaning.usable) {
    verdict.kind = VerdictKind::kPartyRefused;
    verdict.reason = meaning.unusable_reason;
  } else if (kind_ == SessionKind::kShip && !meaning.customer) {
    verdict.kind = VerdictKind::kPartyRefused;
    verdict.reason = "it is no customer: what is sent could not arrive";
  } else {
    party_ = meaning.code;
    verdict.reason = meaning.message;
  }
  return verdict;
}

Verdict ScanSession::TakeContainer(const Scan& scan, const Meaning& meaning) {
  Verdict verdict = VerdictOf(scan, VerdictKind::kContainerSet);
  Name(meaning, verdict);
  verdict.unit.clear();
  if (tally_.HasPiece(meaning.object)) {
    verdict.kind = VerdictKind::kDouble;
    verdict.faults = {VerdictKind::kDouble};
    verdict.reason = "it was packed itself in this session";
    return verdict;
  }
  container_ = meaning.object;
  if (!Fills(container_)) containers_.push_back(container_);
  container_next_ = false;
  return verdict;
}

Verdict ScanSession::TakeGoods(const Scan& scan, const Meaning& meaning) {
  const int times = std::exchange(times_, 1);
  Verdict verdict = VerdictOf(scan, VerdictKind::kCounted);
  Name(meaning, verdict);
  const auto refuse = [&](VerdictKind kind, std::string why) {
    verdict.kind = kind;
    verdict.reason = std::move(why);
    return verdict;
  };
  if (times > 1 && IsPiece(meaning.thing)) {
    return refuse(VerdictKind::kTimesRefused,
                  "there is one " + meaning.object + " only, not " + std::to_string(times));
  }
  const auto amount = Multiplied(meaning.amount, times);
  if (!amount || tally_.full()) {
    return refuse(VerdictKind::kFull, "no more fits into this session: finish it");
  }
  const LineMatch match = tally_.Match(meaning, *amount);
  if (match.fault == VerdictKind::kUnitDiffers) {
    return refuse(VerdictKind::kUnitDiffers, "by the notice: " + match.reason);
  }
  const bool pack = kind_ == SessionKind::kPack;
  const Count count = {.scan = scan.number,
                       .moment_us = scan.moment_us,
                       .container = pack ? container_ : "",
                       .party = party_,
                       .object = meaning.object,
                       .amount = *amount,
                       .unit = meaning.unit,
                       .lot = meaning.lot};
  verdict.faults = FaultsOf(scan, meaning, match, *amount, verdict.reason);
  if (!verdict.faults.empty()) verdict.kind = verdict.faults.front();
  if (!verdict.faults.empty() && verdict.kind != VerdictKind::kDouble) ++fault_count_;
  if (verdict.faults.empty() && !match.around.empty()) {
    verdict.reason = match.inside ? "inside " + match.around + ", which was counted"
                                  : "announced inside " + match.around;
  }
  if (CountsInSpite(verdict.faults)) {
    Keep(count, meaning, verdict);
  } else {
    aside_ = SetAside{count, meaning, verdict.faults};
    tally_.Fill(count, verdict);
  }
  return verdict;
}

void ScanSession::Keep(const Count& count, const Meaning& meaning, Verdict& verdict) {
  if (!tally_.Add(count, meaning)) {
    verdict.kind = VerdictKind::kFull;
    verdict.reason = "the sum does not fit";
    return;
  }
  if (each()) Release();
  counts_.push_back(count);
  verdict.counted = true;
  verdict.amount = count.amount;
  tally_.Fill(count, verdict);
}

Verdict ScanSession::RemoveGoods(const Scan& scan, const Meaning& meaning) {
  remove_next_ = false;
  const int times = std::exchange(times_, 1);
  Verdict verdict = VerdictOf(scan, VerdictKind::kRemoved);
  Name(meaning, verdict);
  const auto amount = Multiplied(meaning.amount, times);
  // The latest count of it says which line it was of.
  const std::string container = kind_ == SessionKind::kPack ? container_ : "";
  const auto same = [&](const Count& count) {
    return count.object == meaning.object && count.container == container;
  };
  const auto found = std::find_if(counts_.rbegin(), counts_.rend(), same);
  Count count = found == counts_.rend() ? Count{} : *found;
  if (amount) count.amount = *amount;
  if (!amount || found == counts_.rend() || !tally_.TakeBack(count)) {
    verdict.kind = VerdictKind::kNotCounted;
    verdict.reason = "so much of it was not counted";
    return verdict;
  }
  // What undo would take back is now smaller: the counts of this object become one of what is left.
  std::erase_if(counts_, same);
  const auto tally = tally_.objects().find({container, meaning.object});
  if (tally != tally_.objects().end()) {
    count.amount = coding::SubtractDecimal(tally->second.counted, tally->second.recorded)
                       .value_or(Decimal{0, 0});
    counts_.push_back(count);
  }
  verdict.amount = {-amount->mantissa, amount->scale};
  tally_.Fill(count, verdict);
  return verdict;
}

}  // namespace radyab::warehouse
