// admin backup, restore, scrub, stats, drain.
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "clients/cli/backup_folder.h"
#include "clients/cli/output/language.h"
#include "clients/cli/output/progress_bar.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/list_verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/maintenance_client.h"
#include "google/protobuf/util/json_util.h"

namespace radyab::cli {
namespace {

constexpr const char* kSecretsAdvice =
    "not in this backup: DATA/secrets/hash.key and DATA/secrets/seal.key of the server. Without "
    "them "
    "no key is known and no personal part can be read: keep a copy of both, apart from this one.\n";

struct UpkeepArguments {
  std::string folder, data;
  bool drill = false, rows = false;
  int generation = 0;
  int refuse_seconds = 1;  // long enough for the answer to arrive before the port is closed
};

volatile sig_atomic_t interrupted = 0;

// Ctrl-C ends a backup in order, with the next bytes that come: what was written is removed. The
// second one ends the program at once.
class Interruptible {
 public:
  Interruptible() {
    interrupted = 0;
    struct sigaction action = {};
    action.sa_handler = [](int) { interrupted = 1; };
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    for (const int number : {SIGINT, SIGTERM}) sigaction(number, &action, nullptr);
  }
  ~Interruptible() {
    for (const int number : {SIGINT, SIGTERM}) signal(number, SIG_DFL);
  }
};

std::string ManifestText(const v1::BackupManifest& manifest) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string text;
  if (!google::protobuf::util::MessageToJsonString(manifest, &text, options).ok()) text.clear();
  return text;
}

ExitCode Backup(Session& session, const UpkeepArguments& arguments) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  std::string fault;
  const Interruptible interruptible;
  const auto folder = BackupFolder::Make(arguments.folder, fault);
  if (folder == nullptr) return session.errors().PrintFault(ExitCode::kUsage, fault);
  v1::BackupManifest manifest;
  bool whole = false;
  std::int64_t byte_count = 0;
  ProgressBar bar("backup", 0);
  const auto error =
      client::MaintenanceClient(connection).Backup({}, [&](const v1::BackupResponse& part) {
        if (interrupted != 0) return false;
        if (part.has_manifest()) {
          manifest = part.manifest();
          whole = true;
          return true;
        }
        byte_count += static_cast<std::int64_t>(part.chunk().size());
        bar.Show(byte_count, "bytes");
        return folder->Append(part.chunk());
      });
  bar.Clear();
  if (error) return session.errors().Print(*error);
  if (interrupted != 0) {
    return session.errors().PrintFault(ExitCode::kRefused, "interrupted: there is no backup");
  }
  if (folder->fault().empty() && !whole) {
    return session.errors().PrintFault(ExitCode::kUnreachable,
                                       "the server ended before the backup: there is none");
  }
  if (!folder->fault().empty() ||
      !folder->Finish(manifest.byte_count(), manifest.sha256(), ManifestText(manifest))) {
    return session.errors().PrintFault(ExitCode::kInternal, folder->fault());
  }
  const Printer printer = session.printer();
  if (!printer.json()) manifest.clear_families();  // MANIFEST has them
  printer.PrintMessage(manifest);
  std::fputs(kSecretsAdvice, stderr);
  return ExitCode::kOk;
}

ExitCode Scrub(Session& session) {
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const Printer printer = session.printer();
  v1::ScrubSummary summary;
  bool whole = false;
  ProgressBar bar("scrub", 0);
  const auto error =
      client::MaintenanceClient(connection).Scrub({}, [&](const v1::ScrubResponse& news) {
        if (news.has_finding()) {
          bar.Clear();
          const v1::ScrubFinding& finding = news.finding();
          if (printer.json()) {
            printer.PrintMessage(finding);
          } else {
            printer.PrintText(finding.family() + " " + finding.key() + ": " + finding.fault() +
                              "\n");
          }
        } else if (news.has_summary()) {
          summary = news.summary();
          whole = true;
        } else {
          bar.Show(news.row_count(), "rows");
        }
        return true;
      });
  bar.Clear();
  if (error) return session.errors().Print(*error);
  if (!whole) {
    return session.errors().PrintFault(ExitCode::kUnreachable,
                                       "the server ended before the scrub did");
  }
  if (printer.json()) {
    printer.PrintMessage(summary);
  } else {
    const std::string rows = std::to_string(summary.row_count());
    printer.PrintText((summary.finding_count() == 0
                           ? LocalSentence("{1} rows read: nothing is wrong", {rows})
                           : LocalSentence("{1} rows read: {2} faults",
                                           {rows, std::to_string(summary.finding_count())})) +
                      "\n");
  }
  return summary.finding_count() == 0 ? ExitCode::kOk : ExitCode::kRefused;
}

ExitCode Stats(Session& session, const UpkeepArguments& arguments) {
  v1::GetStatsRequest request;
  request.set_count_rows(arguments.rows);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  return PrintAnswer(session, client::MaintenanceClient(connection).GetStats(request));
}

ExitCode Drain(Session& session, const UpkeepArguments& arguments) {
  v1::DrainRequest request;
  request.set_refuse_seconds(arguments.refuse_seconds);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  const auto answer = client::MaintenanceClient(connection).Drain(request);
  if (!answer) return session.errors().Print(answer.error());
  if (session.printer().json()) {
    session.printer().PrintMessage(*answer);
  } else {
    session.printer().PrintText("the server ends\n");
  }
  return ExitCode::kOk;
}

// The server program does it: it alone knows what lies in a data folder. It stands beside this one.
ExitCode Restore(Session& session, const UpkeepArguments& arguments) {
  std::error_code error;
  const auto own = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string program = (own.parent_path() / "radyabd").string();
  std::vector<std::string> words = {program, "--restore", arguments.folder, "--data",
                                    arguments.data};
  if (arguments.drill) words.emplace_back("--drill");
  if (arguments.generation != 0) {
    words.insert(words.end(), {"--generation", std::to_string(arguments.generation)});
  }
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  execv(program.c_str(), pointers.data());
  return session.errors().PrintFault(ExitCode::kUsage,
                                     "\"" + program +
                                         "\" cannot be run: restore on the machine "
                                         "where the server program is");
}

}  // namespace

void AddUpkeepVerbs(CLI::App& admin, Session& session) {
  auto backup = std::make_shared<UpkeepArguments>();
  CLI::App& backup_verb =
      AddVerb(admin, "backup", "copies the store of the running server into a new folder", session,
              [&session, backup] { return Backup(session, *backup); });
  AddBytes(backup_verb, "folder", backup->folder, "missing or empty; on this machine").Required();

  auto restore = std::make_shared<UpkeepArguments>();
  CLI::App& restore_verb =
      AddVerb(admin, "restore", "makes a data folder from a backup, without a server", session,
              [&session, restore] { return Restore(session, *restore); });
  AddBytes(restore_verb, "backup", restore->folder, "what `admin backup` made").Required();
  AddBytes(restore_verb, "data", restore->data, "the data folder to make: missing or empty")
      .Required();
  AddNumber(restore_verb, "--generation", restore->generation,
            "which part of the numbers it goes on with; see docs/backup.md")
      .AtLeastOne();
  AddFlag(restore_verb, "--drill", restore->drill,
          "only to try the backup: what it issues must not be used");

  AddVerb(admin, "scrub", "reads the whole store and tells all damage", session,
          [&session] { return Scrub(session); });

  auto stats = std::make_shared<UpkeepArguments>();
  CLI::App& stats_verb = AddVerb(admin, "stats", "figures of the server", session,
                                 [&session, stats] { return Stats(session, *stats); });
  AddFlag(stats_verb, "--rows", stats->rows, "count the rows of every family too");

  auto drain = std::make_shared<UpkeepArguments>();
  CLI::App& drain_verb = AddVerb(admin, "drain", "ends the server in order", session,
                                 [&session, drain] { return Drain(session, *drain); });
  AddNumber(drain_verb, "--refuse-seconds", drain->refuse_seconds,
            "refuse new calls for so long before the port is closed")
      .ShowDefault();
}

}  // namespace radyab::cli
