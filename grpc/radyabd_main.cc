// radyabd: the server. Exit codes: 0 ended as asked, 2 could not start, 3 the store failed,
// 4 out of memory.
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

#include "grpc/server.h"
#include "grpc/server_config.h"
#include "registry/access/open_registry.h"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace {

using radyab::rpc::Server;
using radyab::rpc::ServerConfig;

constexpr int kCouldNotStart = 2;
constexpr int kStoreFailed = 3;
constexpr int kOutOfMemory = 4;

// SIGINT and SIGTERM are taken by one thread that waits for them: blocked here, before any thread
// is made.
sigset_t BlockEndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
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

void LogToStandardError(const std::string& level) {
  auto logger = spdlog::stderr_logger_mt("radyabd");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%fZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
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
  EndOnLackOfMemory();
  AllowManyConnections();
  const sigset_t signals = BlockEndSignals();
  LogToStandardError(config.log_level);

  std::atomic<bool> store_failed = false;
  radyab::storage::StoreOptions options;
  options.on_fatal = [&](const absl::Status& status) {
    spdlog::critical("the store failed, the server ends: {}", status.ToString());
    store_failed = true;
    kill(getpid(), SIGTERM);  // blocked in every thread: it wakes the one that waits below
  };
  auto registry = radyab::access::OpenRegistry({config.data, config.store}, options);
  if (!registry.ok()) return Refuse(registry.status());
  auto server = Server::Start(config.settings,
                              radyab::rpc::SystemServing(*registry->store, *registry->environment));
  if (!server.ok()) return Refuse(server.status());
  if (registry->created) {
    spdlog::info(
        "made a new registry in {}; its admin key is in {}/admin.key, the keys without "
        "which nothing can be read are in {}/secrets (no part of a backup: keep a copy "
        "elsewhere)",
        config.data, config.data, config.data);
  }
  if (!TellPort(config, (*server)->port())) return kCouldNotStart;

  int signal = 0;
  sigwait(&signals, &signal);
  if (!store_failed) spdlog::info("signal {}: draining", signal);
  (*server)->Drain(std::chrono::milliseconds(store_failed ? 0 : config.drain_ms));
  server->reset();
  registry->store.reset();
  return store_failed ? kStoreFailed : 0;
}
