#include "tests/grpc/tls_world.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "spdlog/sinks/base_sink.h"
#include "spdlog/spdlog.h"

namespace radyab::rpc {

class TlsWorld::Log : public spdlog::sinks::base_sink<std::mutex> {
 public:
  std::string text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    text_.append(message.payload.data(), message.payload.size());
    text_ += '\n';
  }
  void flush_() override {}

 private:
  std::string text_;
};

TlsWorld::TlsWorld() : log_(std::make_shared<Log>()) {
  spdlog::default_logger()->sinks().push_back(log_);
  ShowOf(authority_.Issue({.subject = "server 1"}));
  Write("clients.crt", authority_.certificate_pem());
  Write("denied", "");
}

TlsWorld::~TlsWorld() {
  server_.reset();
  spdlog::default_logger()->sinks().pop_back();
}

std::string TlsWorld::Write(const std::string& name, const std::string& content) const {
  const std::string path = Path(name);
  std::ofstream(path + ".new", std::ios::binary) << content;
  std::filesystem::permissions(path + ".new", std::filesystem::perms(0600));
  std::filesystem::rename(path + ".new", path);
  return path;
}

void TlsWorld::ShowOf(const tests::Issued& identity) const {
  Write("server.key", identity.key_pem());
  Write("server.crt", identity.certificate_pem());
}

ServerSettings TlsWorld::Settings() const {
  ServerSettings settings;
  settings.listen = "127.0.0.1:0";
  settings.tls_cert = Path("server.crt");
  settings.tls_key = Path("server.key");
  settings.tls_client_ca = Path("clients.crt");
  settings.tls_deny_list = Path("denied");
  return settings;
}

void TlsWorld::Start(const ServerSettings& settings) {
  const auto status = TryStart(settings);
  if (status.ok()) return;
  ADD_FAILURE() << status;
  std::abort();
}

absl::Status TlsWorld::TryStart(const ServerSettings& settings) {
  auto server = Server::Start(
      settings, SystemServing(world_.server().store(), world_.server().environment()));
  if (!server.ok()) return server.status();
  server_ = *std::move(server);
  return absl::OkStatus();
}

RawClient TlsWorld::ClientWith(const tests::Issued* shown, const std::string& others) const {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = authority_.certificate_pem();
  if (shown != nullptr) {
    options.pem_cert_chain = shown->certificate_pem() + others;
    options.pem_private_key = shown->key_pem();
  }
  grpc::ChannelArguments arguments;
  arguments.SetInt("grpc.use_local_subchannel_pool", 1);  // a connection of its own
  return RawClient(grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port()),
                                             grpc::SslCredentials(options), arguments));
}

Answer TlsWorld::GetMember(const RawClient& client, const std::string& secret) const {
  return client.CallBytes(
      "MemberService.GetMember",
      RequestBytes("MemberService.GetMember", ApiWorld::Fill("name: '$member'", world_.own())),
      secret);
}

tests::Issued TlsWorld::Named(const std::string& uri) const {
  return authority_.Issue({.subject = "client", .uris = {ApiWorld::Fill(uri, world_.own())}});
}

std::string TlsWorld::log() const { return log_->text(); }

bool TlsWorld::WaitForLog(const std::string& words) const {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < until) {
    if (log().find(words) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace radyab::rpc
