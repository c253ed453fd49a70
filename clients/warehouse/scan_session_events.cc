// The end of a session: events, what became of them, what is missing.
#include <algorithm>
#include <utility>

#include "clients/warehouse/scan_session.h"
#include "clients/warehouse/verdict_checks.h"

namespace radyab::warehouse {
namespace {

using coding::Decimal;

SessionEvent::Object ObjectOf(const std::string& object, const ObjectTally& tally,
                              const Decimal& amount) {
  const bool lot = tally.thing == Thing::kLot;
  return {.object = object,
          .amount = lot ? std::optional(amount) : std::nullopt,
          .unit = lot ? tally.unit : ""};
}

bool Verdicts(const coding::LineOutcome& line, coding::NoticeVerdict verdict) {
  return std::ranges::find(line.verdicts, verdict) != line.verdicts.end();
}

}  // namespace

std::string ScanSession::NextEventId() { return terms_.id + "-" + std::to_string(++event_count_); }

void ScanSession::Release() {
  if (counts_.empty()) return;
  const Count count = counts_.back();
  counts_.clear();
  const auto tally = tally_.objects().find({count.container, count.object});
  if (tally == tally_.objects().end() || kind_ == SessionKind::kCount) return;
  // A piece inside a container that was counted moves with that.
  if (IsPiece(tally->second.thing) &&
      coding::CompareDecimal(tally_.Moving(count.object, tally->second), {0, 0}) == 0) {
    return;
  }
  SessionEvent event = {.id = NextEventId(),
                        .kind = kind_,
                        .moment_us = count.moment_us,
                        .party = count.party,
                        .container = count.container,
                        .objects = {ObjectOf(count.object, tally->second, count.amount)},
                        .scan = count.scan};
  sent_.emplace(event.id, count);
  events_.push_back(std::move(event));
}

void ScanSession::MakeEvents(std::int64_t moment_us) {
  if (kind_ != SessionKind::kPack) return MakeEventsOf("", moment_us);
  // A box is filled before it goes onto a pallet.
  for (const std::string& container : containers_) MakeEventsOf(container, moment_us);
}

void ScanSession::MakeEventsOf(const std::string& container, std::int64_t moment_us) {
  const auto& objects = tally_.objects();
  std::size_t room = 0;
  for (auto at = objects.lower_bound({container, ""});
       at != objects.end() && at->first.first == container; ++at) {
    const ObjectTally& tally = at->second;
    const auto rest =
        coding::SubtractDecimal(tally_.Moving(at->first.second, tally), tally.recorded);
    if (!rest || coding::CompareDecimal(*rest, {0, 0}) <= 0) continue;
    if (room == 0) {
      events_.push_back({.id = NextEventId(),
                         .kind = kind_,
                         .moment_us = moment_us,
                         .party = party_,
                         .container = container,
                         .objects = {},
                         .scan = 0});
      room = kEventObjectsMax;
    }
    --room;
    events_.back().objects.push_back(ObjectOf(at->first.second, tally, *rest));
  }
}

Verdict ScanSession::Recorded(const std::string& name) {
  const SessionEvent event = std::move(events_.front());
  events_.pop_front();
  for (const SessionEvent::Object& object : event.objects) tally_.Record(event.container, object);
  std::erase_if(counts_, [&](const Count& count) {
    const auto tally = tally_.objects().find({count.container, count.object});
    return tally == tally_.objects().end() ||
           coding::CompareDecimal(tally->second.counted, tally->second.recorded) == 0;
  });
  sent_.erase(event.id);
  if (events_.empty() && refused_) finishing_ = false;
  Verdict verdict;
  verdict.kind = VerdictKind::kEventRecorded;
  verdict.scan = event.scan;
  verdict.moment_us = event.moment_us;
  verdict.object = name;
  verdict.amount = {static_cast<std::int64_t>(event.objects.size()), 0};
  return verdict;
}

Verdict ScanSession::Refused(const std::string& reason) {
  const SessionEvent event = std::move(events_.front());
  events_.pop_front();
  Verdict verdict;
  verdict.kind = VerdictKind::kEventRefused;
  verdict.scan = event.scan;
  verdict.moment_us = event.moment_us;
  verdict.reason = reason;
  verdict.amount = {static_cast<std::int64_t>(event.objects.size()), 0};
  if (const auto sent = sent_.find(event.id); sent != sent_.end()) {
    verdict.object = sent->second.object;
    tally_.TakeBack(sent->second);
    sent_.erase(sent);
    ++fault_count_;
  } else {
    refused_ = true;
  }
  if (events_.empty() && refused_) finishing_ = false;
  return verdict;
}

std::vector<Verdict> ScanSession::Missing() const {
  const std::vector<coding::LineOutcome> lines = tally_.Lines();
  // What is missing of a container: the whole of it, or what it holds piece by piece.
  std::map<std::string, bool> opened;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const bool some = Verdicts(lines[at], coding::NoticeVerdict::kShort);
    opened[tally_.line(at).object] = some;
  }
  std::vector<Verdict> missing;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const NoticeLine& line = tally_.line(at);
    if (coding::CompareDecimal(lines[at].missing, {0, 0}) <= 0) continue;
    const auto around = opened.find(line.container);
    if (around != opened.end() && !around->second) continue;
    if (line.object.starts_with("sscc/") && opened.at(line.object)) continue;
    Verdict verdict;
    verdict.kind = VerdictKind::kMissing;
    verdict.faults = {VerdictKind::kMissing};
    verdict.object = line.object;
    verdict.unit = line.unit;
    verdict.expiry_date = line.expiry_date;
    verdict.counted_so_far = lines[at].scanned;
    verdict.expected = line.amount;
    if (!line.container.empty()) verdict.reason = "announced inside " + line.container;
    missing.push_back(std::move(verdict));
  }
  return missing;
}

std::vector<ReportLine> ScanSession::Report() const {
  std::vector<ReportLine> report;
  const std::vector<coding::LineOutcome> lines = tally_.Lines();
  const std::vector<Decimal> beyond = tally_.Beyond();
  std::map<std::string, std::vector<std::size_t>> rows_of;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const NoticeLine& line = tally_.line(at);
    rows_of[line.object].push_back(at);
    report.push_back(
        {.object = line.object,
         .name = "",
         .unit = line.unit,
         .counted = coding::AddDecimal(lines[at].scanned, beyond[at]).value_or(lines[at].scanned),
         .expected = line.amount});
  }
  // What no line names, and what counts for the line of a code, by itself.
  std::map<std::string, ReportLine> rows;
  for (const auto& [key, tally] : tally_.objects()) {
    if (const auto named = rows_of.find(key.second); named != rows_of.end()) {
      for (const std::size_t at : named->second) {
        report[at].name = tally.name;
        if (report[at].unit.empty()) report[at].unit = tally.unit;
      }
      continue;
    }
    ReportLine& row = rows[key.second];
    row.object = key.second;
    row.name = tally.name;
    row.unit = tally.unit;
    row.counted = coding::AddDecimal(row.counted, tally.counted).value_or(row.counted);
    if (!tally_.expects()) row.expected = tally.held;
  }
  for (auto& [object, row] : rows) report.push_back(std::move(row));
  return report;
}

}  // namespace radyab::warehouse
