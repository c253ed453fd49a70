// The end of a session: events, what became of them, what is missing.
#include <utility>

#include "clients/warehouse/scan_session.h"

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

}  // namespace

std::string ScanSession::NextEventId() { return terms_.id + "-" + std::to_string(++event_count_); }

void ScanSession::Release() {
  if (counts_.empty()) return;
  const Count count = counts_.back();
  counts_.clear();
  const auto tally = tally_.objects().find({count.container, count.object});
  if (tally == tally_.objects().end() || kind_ == SessionKind::kCount) return;
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
    const auto rest = coding::SubtractDecimal(tally.counted, tally.recorded);
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
  std::vector<Verdict> missing;
  for (std::size_t at = 0; at < tally_.line_count(); ++at) {
    const NoticeLine& line = tally_.line(at);
    if (coding::CompareDecimal(tally_.counted_of_line(at), line.amount) >= 0) continue;
    Verdict verdict;
    verdict.kind = VerdictKind::kMissing;
    verdict.faults = {VerdictKind::kMissing};
    verdict.object = line.object;
    verdict.unit = line.unit;
    verdict.expiry_date = line.expiry_date;
    verdict.counted_so_far = tally_.counted_of_line(at);
    verdict.expected = line.amount;
    missing.push_back(std::move(verdict));
  }
  return missing;
}

std::vector<ReportLine> ScanSession::Report() const {
  std::vector<ReportLine> report;
  for (std::size_t at = 0; at < tally_.line_count(); ++at) {
    const NoticeLine& line = tally_.line(at);
    report.push_back({.object = line.object,
                      .name = "",
                      .unit = line.unit,
                      .counted = tally_.counted_of_line(at),
                      .expected = line.amount});
  }
  // What no line names, and what counts for the line of a code, by itself.
  std::map<std::string, ReportLine> rows;
  for (const auto& [key, tally] : tally_.objects()) {
    bool in_notice = false;
    for (ReportLine& row : report) {
      if (row.object != key.second) continue;
      in_notice = true;
      row.name = tally.name;
      if (row.unit.empty()) row.unit = tally.unit;
    }
    if (in_notice) continue;
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
