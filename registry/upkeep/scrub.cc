#include "registry/upkeep/scrub.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/escaping.h"
#include "coding/absl_text.h"
#include "registry/reason.h"
#include "registry/storage/data_folder.h"
#include "registry/storage/key_families.h"
#include "registry/storage/lmdb_pages_store.h"
#include "registry/storage/open_store.h"
#include "registry/storage/store_upkeep.h"
#include "registry/upkeep/row_check.h"

namespace radyab::upkeep {
namespace {

// Counts what it tells, and stops the scrub when nobody listens or there is too much.
class Findings {
 public:
  explicit Findings(Found found) : found_(found) {}

  void Tell(std::string_view family, std::string_view key, std::string_view fault) {
    if (!may_go_on()) return;
    v1::ScrubFinding finding;
    finding.set_family(std::string(family));
    finding.set_key(absl::BytesToHexString(AbslText(key)));
    finding.set_fault(std::string(fault));
    ++count_;
    heard_ = found_(finding);
  }
  bool may_go_on() const { return heard_.ok() && count_ < kFindingsMax; }
  std::uint64_t count() const { return count_; }
  const absl::Status& heard() const { return heard_; }

 private:
  Found found_;
  std::uint64_t count_ = 0;
  absl::Status heard_;
};

bool IsDamage(const absl::Status& status) {
  const auto detail = ReasonOf(status);
  return detail.has_value() && detail->reason == Reason::kCorruptRecord;
}

absl::Status CheckRows(storage::Store& store, Findings& findings, RowCount& count,
                       Progress progress) {
  return WalkRows(
      store,
      [&](storage::ReadTransaction& transaction, std::string_view key, std::string_view value) {
        count.Add(key);
        const keyspace::KeyFamily* family = keyspace::FamilyOf(key);
        auto status = CheckRow(transaction, key, value, [&](const std::string& fault) {
          findings.Tell(family == nullptr ? "unknown" : family->name, key, fault);
        });
        if (status.ok() && !findings.may_go_on()) {
          status = findings.heard().ok() ? absl::CancelledError() : findings.heard();
        }
        return status;
      },
      progress);
}

absl::StatusOr<v1::ScrubSummary> Summary(const Findings& findings, const RowCount& count,
                                         bool stopped) {
  if (!findings.heard().ok()) return findings.heard();
  v1::ScrubSummary summary;
  summary.set_row_count(static_cast<std::int64_t>(count.total()));
  summary.set_finding_count(static_cast<std::int64_t>(findings.count()));
  *summary.mutable_families() = count.Families();
  summary.set_stopped(stopped);
  return summary;
}

absl::StatusOr<v1::ScrubSummary> ScrubRows(storage::Store& store, Findings& findings,
                                           Progress progress) {
  RowCount count;
  const auto status = CheckRows(store, findings, count, progress);
  if (IsDamage(status)) findings.Tell("file", "", StdText(status.message()));
  if (!status.ok() && !IsDamage(status) && findings.may_go_on()) return status;
  return Summary(findings, count, !status.ok());
}

// Holds the folder meanwhile: under a running server the pages would move.
absl::Status CheckStoppedFile(const std::string& folder, Findings& findings) {
  const std::filesystem::path file = std::filesystem::path(folder) / "data.mdb";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return absl::FailedPreconditionError("\"" + folder +
                                         "\" is no data folder: it has no data.mdb");
  }
  auto held = storage::DataFolder::Open(folder);
  if (!held.ok()) return held.status();
  return storage::CheckLmdbFile(file, [&](const std::string& fault) {
    findings.Tell("file", "", fault);
    return findings.may_go_on();
  });
}

}  // namespace

absl::StatusOr<v1::ScrubSummary> Scrub(storage::Store& store, Found found, Progress progress) {
  Findings findings(found);
  if (storage::StoreUpkeep* upkeep = storage::UpkeepOf(store); upkeep != nullptr) {
    auto checked = upkeep->CheckStructure([&](const std::string& fault) {
      findings.Tell("file", "", fault);
      return findings.may_go_on();
    });
    if (!checked.ok()) return checked;
    // What leads to the rows is broken: following it may lead to anything.
    if (findings.count() > 0) return Summary(findings, {}, true);
  }
  return ScrubRows(store, findings, progress);
}

absl::StatusOr<v1::ScrubSummary> ScrubFolder(const std::string& folder, Found found,
                                             Progress progress) {
  Findings findings(found);
  if (auto checked = CheckStoppedFile(folder, findings); !checked.ok()) return checked;
  if (findings.count() > 0) return Summary(findings, {}, true);
  storage::StoreOptions options;
  options.fold.at_close = false;
  auto store = storage::OpenStore("lmdb:" + folder, options);
  if (!store.ok()) return store.status();
  return ScrubRows(**store, findings, progress);
}

}  // namespace radyab::upkeep
