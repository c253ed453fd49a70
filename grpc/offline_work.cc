#include "grpc/offline_work.h"

#include <cstdio>
#include <string>

#include "registry/upkeep/restore.h"
#include "registry/upkeep/scrub.h"

namespace radyab::rpc {
namespace {

constexpr int kDamage = 1;
constexpr int kCouldNot = 2;

int Refuse(const absl::Status& status) {
  std::fprintf(stderr, "radyabd: %s\n", std::string(status.message()).c_str());
  return kCouldNot;
}

int Restore(const ServerConfig& config) {
  upkeep::RestoreWanted wanted{config.restore, config.data, std::nullopt, config.drill};
  if (config.generation != 0) wanted.generation = config.generation;
  const auto restored = upkeep::RestoreBackup(wanted);
  if (!restored.ok()) return Refuse(restored.status());
  std::printf(
      "restored %lld rows up to change %lld into %s\n"
      "it is generation %u: no number that was issued before, also after the backup, comes again\n"
      "now put the secrets of this registry, hash.key and seal.key, into %s/secrets: they are no "
      "part of a backup, and without them nothing can be read\n",
      static_cast<long long>(restored->manifest.row_count()),
      static_cast<long long>(restored->manifest.commit_sequence()), config.data.c_str(),
      restored->generation, config.data.c_str());
  if (config.drill) {
    std::printf("a drill: nothing that this registry issues may be used\n");
  }
  return 0;
}

int Scrub(const ServerConfig& config) {
  const auto summary = upkeep::ScrubFolder(
      config.data,
      [](const v1::ScrubFinding& finding) {
        std::printf("%s %s: %s\n", finding.family().c_str(), finding.key().c_str(),
                    finding.fault().c_str());
        return absl::OkStatus();
      },
      [](std::uint64_t) { return absl::OkStatus(); });
  if (!summary.ok()) return Refuse(summary.status());
  std::printf("%lld rows read, %lld findings%s\n", static_cast<long long>(summary->row_count()),
              static_cast<long long>(summary->finding_count()),
              summary->stopped() ? ", stopped before the end" : "");
  return summary->finding_count() == 0 ? 0 : kDamage;
}

}  // namespace

std::optional<int> RunOffline(const ServerConfig& config) {
  if (!config.restore.empty()) return Restore(config);
  if (config.scrub) return Scrub(config);
  return std::nullopt;
}

}  // namespace radyab::rpc
