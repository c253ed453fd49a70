// A server with TLS over the things of ApiWorld, and the files it reads.
#pragma once

#include <memory>
#include <string>

#include "grpc/server.h"
#include "tests/grpc/api_world.h"
#include "tests/grpc/server_process.h"
#include "tests/support/certificates.h"

namespace radyab::rpc {

class TlsWorld {
 public:
  TlsWorld();
  ~TlsWorld();

  ApiWorld& world() { return world_; }
  const tests::Issued& authority() const { return authority_; }
  std::string Path(const std::string& name) const { return (folder_.path() / name).string(); }
  // Replaces a file in one step; its owner alone may read it.
  std::string Write(const std::string& name, const std::string& content) const;
  void ShowOf(const tests::Issued& identity) const;  // server.crt and server.key

  // Its settings with these files; client certificates are wanted.
  ServerSettings Settings() const;
  // Starts the server; the test fails when it does not start.
  void Start(const ServerSettings& settings);
  // How starting with these settings ends.
  absl::Status TryStart(const ServerSettings& settings);
  Server& server() { return *server_; }
  int port() const { return server_->port(); }

  // A client of its own connection, which shows this certificate, if any, and `others` behind it.
  RawClient ClientWith(const tests::Issued* shown, const std::string& others = "") const;
  // A call of `GetMember` for the member of the tests, with an optional API key.
  Answer GetMember(const RawClient& client, const std::string& secret = "") const;
  // A certificate of our authority with this name; $member is the tests' member.
  tests::Issued Named(const std::string& uri) const;

  // What was logged since the start of the test.
  std::string log() const;
  // Waits until the log says so; false when it does not within 20 seconds.
  bool WaitForLog(const std::string& words) const;

 private:
  class Log;
  ScratchFolder folder_;
  ApiWorld world_;
  const tests::Issued authority_ = tests::NewAuthority("Our authority");
  std::shared_ptr<Log> log_;
  std::unique_ptr<Server> server_;
};

}  // namespace radyab::rpc
