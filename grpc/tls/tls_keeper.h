// Keeps TLS as its files say while the server runs: what is replaced is used from the next
// connection on, and a file that is bad never takes the place of a good one.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "grpc/server_settings.h"
#include "grpc/tls/client_gate.h"
#include "grpc/tls/memory_file.h"
#include "grpcpp/security/server_credentials.h"

namespace radyab::rpc {

// How often it looks whether a file was replaced. gRPC looks once a second for what it made of it.
inline constexpr std::chrono::milliseconds kTlsLookInterval{500};

// Thread safe.
class TlsKeeper {
 public:
  // FAILED_PRECONDITION: the file, and what is wrong with it.
  static absl::StatusOr<std::unique_ptr<TlsKeeper>> Start(const ServerSettings& settings,
                                                          std::function<std::int64_t()> now_us);
  ~TlsKeeper();
  TlsKeeper(const TlsKeeper&) = delete;
  TlsKeeper& operator=(const TlsKeeper&) = delete;

  const std::shared_ptr<grpc::ServerCredentials>& credentials() const { return credentials_; }
  // Null when clients show no certificates.
  const std::shared_ptr<ClientGate>& gate() const { return gate_; }
  // Reads the files now, whether or not they look as before.
  void Reload();

 private:
  // Files that belong together: they are taken together or not at all.
  struct Group {
    std::vector<std::string> files;
    std::vector<std::int64_t> marks;
  };

  TlsKeeper(const ServerSettings& settings, std::function<std::int64_t()> now_us);
  absl::Status Begin();
  void Run();
  // Takes a group whose files changed; with `anyway` one whose did not.
  void Look(Group& group, bool anyway, absl::Status (TlsKeeper::*take)());
  absl::Status TakeIdentity();
  absl::Status TakeRules();
  std::time_t now() const { return static_cast<std::time_t>(now_us_() / 1'000'000); }

  const ServerSettings settings_;
  const std::function<std::int64_t()> now_us_;
  Group identity_;
  Group rules_;
  std::unique_ptr<MemoryFile> file_;  // key and certificates, as gRPC reads them
  std::shared_ptr<ClientGate> gate_;
  std::shared_ptr<grpc::ServerCredentials> credentials_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool ending_ = false;     // guarded by mutex_, as is
  bool reloading_ = false;  // asked for
  std::thread thread_;
};

}  // namespace radyab::rpc
