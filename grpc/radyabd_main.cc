// radyabd: the server. Exit codes: 0 ended as asked, 1 a scrub found damage, 2 could not start, 3
// the store failed, 4 out of memory.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <memory>
#include <new>
#include <string>

#include "absl/synchronization/mutex.h"
#include "grpc/event_log.h"
#include "grpc/offline_work.h"
#include "grpc/server.h"
#include "grpc/server_config.h"
#include "grpc/service_manager.h"
#include "grpc/store_log.h"
#include "registry/access/open_registry.h"
#include "registry/access/pack_signer.h"

namespace {

using radyab::rpc::LogEvent;
using radyab::rpc::LogForm;
using radyab::rpc::Server;
using radyab::rpc::ServerConfig;

constexpr int kCouldNotStart = 2;
constexpr int kStoreFailed = 3;
constexpr int kOutOfMemory = 4;

// SIGINT, SIGTERM and SIGHUP are taken by one thread that waits for them: blocked here, before any
// thread is made.
sigset_t BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

// Nothing acknowledged is lost when the process ends at once: that is what the log is for.
void EndOnLackOfMemory() {
  std::set_new_handler([] {
    constexpr char kWords[] =
        "radyabd: out of memory: the server ends; what was answered is kept, start it again\n";
    if (write(STDERR_FILENO, kWords, sizeof kWords - 1) < 0) _exit(kOutOfMemory);
    _exit(kOutOfMemory);
  });
}

// Every connection takes a file; the usual soft limit is meant for programs that use select.
void AllowManyConnections() {
  rlimit limit = {};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

void OpenLog(const ServerConfig& config) {
  radyab::rpc::OpenEventLog(spdlog::level::from_str(config.log_level),
                            config.log_form == "json" ? LogForm::kJson : LogForm::kText);
  radyab::rpc::SetRefusalLevel(spdlog::level::from_str(config.log_refused));
}

radyab::rpc::ServerSettings SettingsOf(const ServerConfig& config) {
  radyab::rpc::ServerSettings settings = config.settings;
  settings.heartbeat.interval = std::chrono::milliseconds(config.heartbeat_ms);
  settings.heartbeat.silence_max = 3 * settings.heartbeat.interval;
  return settings;
}

int Refuse(const absl::Status& status) {
  std::fprintf(stderr, "radyabd: %s\n", std::string(status.message()).c_str());
  return kCouldNotStart;
}

std::string HostOf(const std::string& listen) { return listen.substr(0, listen.rfind(':')); }

bool TellPort(const ServerConfig& config, int port) {
  if (!config.port_file.empty()) {
    std::ofstream file(config.port_file);
    file << port << '\n';
    file.close();
    if (!file) {
      std::fprintf(stderr, "radyabd: cannot write %s\n", config.port_file.c_str());
      return false;
    }
  }
  std::printf("radyabd: listening on %s:%d\n", HostOf(config.settings.listen).c_str(), port);
  std::fflush(stdout);
  return true;
}

}  // namespace

int main(int argument_count, char** arguments) {
  const auto read = radyab::rpc::ReadCommandLine(argument_count, arguments);
  if (read.finished) return read.exit_code;
  const ServerConfig& config = read.config;
  // Debian builds Abseil to look for deadlocks at every lock, which costs a twentieth of the
  // server.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  EndOnLackOfMemory();
  if (const auto ended = radyab::rpc::RunOffline(config)) return *ended;
  AllowManyConnections();
  const sigset_t signals = BlockSignals();
  OpenLog(config);

  std::atomic<bool> store_failed = false;
  radyab::storage::StoreOptions options;
  options.file_bytes_max = config.file_bytes_max;
  options.on_fatal = [&](const absl::Status& status) {
    LogEvent(spdlog::level::critical, "store_failed",
             {{"message", "the store failed, the server ends: " + status.ToString()}});
    store_failed = true;
    kill(getpid(), SIGTERM);  // blocked in every thread: it wakes the one that waits below
  };
  options.on_slow_fold = &radyab::rpc::LogSlowFold;
  auto registry = radyab::access::OpenRegistry(
      {config.data, config.store, config.reserved_per_member}, options);
  if (!registry.ok()) return Refuse(registry.status());
  registry->StartSealing([](const absl::Status& status) {
    LogEvent(spdlog::level::err, "sealing_stopped", {{"status", status.ToString()}});
  });
  registry->StartIndexing([](const absl::Status& status) {
    LogEvent(spdlog::level::err, "indexing_stopped", {{"status", status.ToString()}});
  });
  std::atomic<int> refuse_seconds = 0;
  auto serving = radyab::rpc::SystemServing(*registry->store, *registry->environment);
  auto pack_signer = radyab::access::OpenPackSigner(config.data);
  if (!pack_signer.ok()) return Refuse(pack_signer.status());
  serving.pack_signer = std::make_shared<const radyab::access::PackSigner>(*std::move(pack_signer));
  serving.facts->ask_to_end = [&](std::chrono::seconds refuse) {
    refuse_seconds = static_cast<int>(refuse.count());
    kill(getpid(), SIGTERM);  // as above
  };
  auto server = Server::Start(SettingsOf(config), serving);
  if (!server.ok()) return Refuse(server.status());
  if (registry->created) {
    LogEvent(spdlog::level::info, "new_registry",
             {{"folder", config.data},
              {"message",
               "its admin key is in admin.key, the keys without which nothing can be read are in "
               "secrets (no part of a backup: keep a copy elsewhere)"}});
  }
  if (!TellPort(config, (*server)->port())) return kCouldNotStart;

  LogEvent(spdlog::level::info, "start",
           {{"listen", config.settings.listen},
            {"port", std::int64_t{(*server)->port()}},
            {"data", config.data}});
  radyab::rpc::TellServiceManager("READY=1");

  int signal = 0;
  while (sigwait(&signals, &signal) == 0 && signal == SIGHUP) (*server)->ReloadTls();
  radyab::rpc::TellServiceManager("STOPPING=1");
  if (!store_failed) {
    LogEvent(spdlog::level::info, "draining", {{"signal", std::int64_t{signal}}});
  }
  // Calls are refused with words for a while; another signal cuts it short.
  if (!store_failed && refuse_seconds > 0) {
    (*server)->RefuseCalls();
    const timespec wait = {refuse_seconds, 0};
    sigtimedwait(&signals, nullptr, &wait);
  }
  // Whoever calls in the first moment of a failed store is still told of it, not cut off.
  if (store_failed) {
    constexpr timespec kTimeToTell = {0, 300'000'000};
    sigtimedwait(&signals, nullptr, &kTimeToTell);
  }
  (*server)->Drain(std::chrono::milliseconds(store_failed ? 0 : config.drain_ms));
  server->reset();
  const bool closed = registry->Close().ok();  // a failure was told by on_fatal
  LogEvent(spdlog::level::info, "stop", {});
  return closed && !store_failed ? 0 : kStoreFailed;
}
