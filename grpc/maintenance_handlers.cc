#include <chrono>
#include <future>
#include <memory>

#include "coding/absl_text.h"
#include "grpc/event_log.h"
#include "grpc/handlers.h"
#include "grpc/serving.h"
#include "radyab/v1/maintenance_service.pb.h"
#include "registry/reason.h"
#include "registry/stamp.h"
#include "registry/storage/store_upkeep.h"
#include "registry/upkeep/backup.h"
#include "registry/upkeep/last_backup.h"
#include "registry/upkeep/scrub.h"
#include "registry/upkeep/server_figures.h"
#include "spdlog/common.h"

namespace radyab::rpc {
namespace {

constexpr int kRefuseSecondsMax = 600;
// A backup that was sent is one, whether or not it is noted: on a disk that does not answer any
// more, where it is wanted most, it does not wait longer.
constexpr std::chrono::seconds kNoteTimeMax{1};
constexpr std::string_view kNotNotedYet = "the store has not answered for a second";

std::int64_t KeyOf(const WorkCall& call) { return static_cast<std::int64_t>(call.caller.key_id); }

template <class Response>
using Answer = absl::FunctionRef<absl::Status(const Response&)>;

void NoteBackup(storage::Store& store, const v1::BackupManifest& manifest) {
  const upkeep::LastBackup backup{static_cast<std::uint64_t>(manifest.commit_sequence()),
                                  MicrosOf(manifest.snapshot_time())};
  const auto noted = std::make_shared<std::promise<void>>();
  store.WriteAsync(
      [backup](storage::WriteTransaction& change) { return upkeep::NoteBackup(change, backup); },
      [noted](const absl::Status& status) {
        if (!status.ok()) {
          LogEvent(spdlog::level::warn, "backup_not_noted",
                   {{"message", StdText(status.message())}});
        }
        noted->set_value();
      });
  if (noted->get_future().wait_for(kNoteTimeMax) != std::future_status::ready) {
    LogEvent(spdlog::level::warn, "backup_not_noted", {{"message", kNotNotedYet}});
  }
}

absl::Status Backup(const WorkCall& call, const v1::BackupRequest&,
                    Answer<v1::BackupResponse> answer) {
  LogEvent(spdlog::level::info, "backup_begun", {{"key", KeyOf(call)}});
  storage::Store& store = call.serving.store;
  const auto manifest =
      upkeep::WriteBackup(store, call.serving.facts->version, [&](std::string_view bytes) {
        v1::BackupResponse response;
        response.set_chunk(std::string(bytes));
        return answer(response);
      });
  if (!manifest.ok()) {
    LogEvent(spdlog::level::warn, "backup_failed",
             {{"message", StdText(manifest.status().message())}});
    return manifest.status();
  }
  v1::BackupResponse last;
  *last.mutable_manifest() = *manifest;
  if (auto status = answer(last); !status.ok()) return status;
  NoteBackup(store, *manifest);
  LogEvent(spdlog::level::info, "backup_sent",
           {{"rows", manifest->row_count()}, {"sequence", manifest->commit_sequence()}});
  return absl::OkStatus();
}

absl::Status Scrub(const WorkCall& call, const v1::ScrubRequest&,
                   Answer<v1::ScrubResponse> answer) {
  const auto summary = upkeep::Scrub(
      call.serving.store,
      [&](const v1::ScrubFinding& finding) {
        LogEvent(
            spdlog::level::err, "scrub_finding",
            {{"family", finding.family()}, {"key", finding.key()}, {"fault", finding.fault()}});
        v1::ScrubResponse response;
        *response.mutable_finding() = finding;
        return answer(response);
      },
      [&](std::uint64_t row_count) {
        v1::ScrubResponse response;
        response.set_row_count(static_cast<std::int64_t>(row_count));
        return answer(response);
      });
  if (!summary.ok()) return summary.status();
  LogEvent(spdlog::level::info, "scrub_done",
           {{"rows", summary->row_count()}, {"findings", summary->finding_count()}});
  v1::ScrubResponse last;
  *last.mutable_summary() = *summary;
  return answer(last);
}

absl::Status GetStats(const WorkCall& call, const v1::GetStatsRequest& request,
                      Answer<v1::ServerStats> answer) {
  const ServerFacts& facts = *call.serving.facts;
  auto stats = upkeep::StoreStats(call.serving.store);
  if (!stats.ok()) return stats.status();
  stats->set_version(facts.version);
  *stats->mutable_start_time() = TimestampOf(facts.start_time_us);
  stats->set_open_stream_count(static_cast<std::int64_t>(call.serving.streams->count()) - 1);
  if (request.count_rows()) {
    auto count = upkeep::CountRows(call.serving.store,
                                   [&](std::uint64_t) { return call.serving.streams->Check(); });
    if (!count.ok()) return count.status();
    *stats->mutable_families() = count->Families();
  }
  return answer(*stats);
}

absl::Status Drain(const WorkCall& call, const v1::DrainRequest& request,
                   Answer<v1::DrainResponse> answer) {
  const int seconds = request.refuse_seconds();
  if (seconds < 0 || seconds > kRefuseSecondsMax) {
    return RefuseField("refuse_seconds", std::to_string(seconds) + ", want 0 to " +
                                             std::to_string(kRefuseSecondsMax));
  }
  if (auto status = answer(v1::DrainResponse()); !status.ok()) return status;
  LogEvent(spdlog::level::info, "drain_asked", {{"key", KeyOf(call)}});
  const auto& ask = call.serving.facts->ask_to_end;
  if (ask) ask(std::chrono::seconds(seconds));
  return absl::OkStatus();
}

}  // namespace

void AddMaintenanceMethods(MethodTable& methods) {
  methods.Work(&Backup);
  methods.Work(&Scrub);
  methods.Work(&GetStats);
  methods.Work(&Drain);
}

}  // namespace radyab::rpc
