// One HTTP/2 connection that sends gRPC calls with as little work as possible, so that a load made
// of it weighs next to nothing beside the server it loads (RFC 9113, RFC 7541, gRPC over HTTP/2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "absl/functional/function_ref.h"

namespace radyab::load {

// The fields of a request's head that are the same in every call, encoded once.
std::string EncodeHead(std::string_view authority, std::string_view path, std::string_view key);

// One thread. The socket does not block.
class Http2Connection {
 public:
  // Connects and sends what a client begins with. broken() when nobody listens.
  Http2Connection(const std::string& host, int port);
  ~Http2Connection();
  Http2Connection(Http2Connection&& other) noexcept;
  Http2Connection& operator=(Http2Connection&&) = delete;

  int socket() const { return socket_; }
  bool broken() const { return broken_; }
  bool ready() const { return ready_; }  // the server has told its settings
  bool wants_to_write() const { return !out_.empty(); }
  // Whether the server takes one more call now: streams and window.
  bool has_room() const;

  // A call with one request; `timeout_us` is told to the server. Answers the stream's number.
  std::uint32_t Send(std::string_view head, std::string_view request, std::int64_t timeout_us);
  // Nobody waits for the stream any more.
  void Cancel(std::uint32_t stream);
  // Writes what waits, as far as the socket takes it.
  void Flush();
  // Reads all there is. `ended` hears of every stream that ended: whether with an answer.
  void Read(absl::FunctionRef<void(std::uint32_t stream, bool answered)> ended);

 private:
  void Frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload);
  void Take(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload,
            absl::FunctionRef<void(std::uint32_t, bool)> ended);
  void TakeSettings(std::string_view payload);

  int socket_ = -1;
  bool broken_ = false;
  bool ready_ = false;
  std::string in_, out_;
  std::uint32_t next_stream_ = 1;
  std::uint32_t streams_max_ = 0;
  std::int64_t send_window_ = 65'535;
  std::unordered_map<std::uint32_t, bool> open_;  // whether bytes of an answer came
};

}  // namespace radyab::load
