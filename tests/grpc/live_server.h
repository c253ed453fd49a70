// A server that runs inside the test, on a free port over a memory store, and a client of it that
// sees everything the wire carries.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/sync_stream.h>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/message.h"
#include "grpc/server.h"
#include "registry/environment.h"
#include "tests/grpc/switchable_store.h"

namespace radyab::rpc {

// What came back from one call.
struct Answer {
  grpc::Status status;
  std::string bytes;                                        // of the answer, when OK
  std::string reason;                                       // ErrorInfo.reason; "" without details
  std::string domain;                                       // ErrorInfo.domain
  std::map<std::string, std::string> metadata;              // ErrorInfo.metadata
  std::vector<std::pair<std::string, std::string>> fields;  // BadRequest: path, description
  bool may_be_tried_again = false;                          // RetryInfo
  std::chrono::milliseconds retry_after{0};                 // RetryInfo.retry_delay

  bool ok() const { return status.ok(); }
  // "OK", "NOT_FOUND" or, with a reason, "INVALID_ARGUMENT/INVALID_FIELD".
  std::string Outcome() const;
  std::string first_field() const { return fields.empty() ? "" : fields.front().first; }
  template <class Message>
  Message As() const {
    Message message;
    if (!message.ParseFromString(bytes)) std::abort();
    return message;
  }
};
void PrintTo(const Answer& answer, std::ostream* stream);

// The details of a status, read back.
Answer AnswerOf(const grpc::Status& status);

using RawStream = grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>;

// A client of any server.
class RawClient {
 public:
  explicit RawClient(std::shared_ptr<grpc::Channel> channel) : channel_(std::move(channel)) {}
  explicit RawClient(const std::string& address);

  // `method` is "CatalogService.GetItem"; an empty secret sends no key.
  Answer Call(const std::string& method, const google::protobuf::Message& request,
              const std::string& secret,
              std::chrono::milliseconds deadline = std::chrono::seconds(20)) const;
  Answer CallBytes(const std::string& method, const std::string& request, const std::string& secret,
                   std::chrono::milliseconds deadline = std::chrono::seconds(20)) const;
  // The same, with the whole authorization header given, or any other metadata.
  Answer CallWith(const std::string& method, const std::string& request,
                  const std::multimap<std::string, std::string>& metadata,
                  std::chrono::milliseconds deadline = std::chrono::seconds(20)) const;
  // Opens a stream; `context` lives as long.
  std::unique_ptr<RawStream> Stream(const std::string& method, grpc::ClientContext& context,
                                    const std::string& secret) const;
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
};

grpc::ByteBuffer Buffer(const std::string& bytes);
std::string TextOf(const grpc::ByteBuffer& buffer);

// The server. Its clock is the machine's unless the test sets one.
class LiveServer {
 public:
  LiveServer();
  ~LiveServer();

  SwitchableStore& store() { return store_; }
  const Environment& environment() const { return environment_; }
  const RawClient& client() const { return *client_; }
  const std::string& admin() const { return admin_; }  // secret of the first admin key
  Server& server() { return *server_; }
  int port() const { return server_->port(); }
  void Stop() { server_.reset(); }

 private:
  SwitchableStore store_;
  Environment environment_;
  std::string admin_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<RawClient> client_;
};

}  // namespace radyab::rpc
