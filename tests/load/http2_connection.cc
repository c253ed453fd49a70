#include "tests/load/http2_connection.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace radyab::load {
namespace {

constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
constexpr std::size_t kFrameHeadBytes = 9;
constexpr std::int64_t kRequestBytesMax = 1'000;  // room in the window for one more

enum Type : std::uint8_t {
  kData = 0,
  kHeaders = 1,
  kReset = 3,
  kSettings = 4,
  kPing = 6,
  kGoAway = 7,
  kWindowUpdate = 8
};
constexpr std::uint8_t kEndStream = 1, kAck = 1, kEndHeaders = 4;
constexpr std::uint16_t kMaxConcurrentStreams = 3, kInitialWindow = 4;
constexpr std::uint32_t kWindowMax = 0x7FFFFFFF;
constexpr std::uint32_t kCancelCode = 8;

std::string U32(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

std::uint32_t ReadU32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

// A string literal of HPACK: length with a prefix of seven bits, and the plain bytes.
void AppendText(std::string& head, std::string_view text) {
  std::size_t length = text.size();
  if (length < 127) {
    head += static_cast<char>(length);
  } else {
    head += '\x7F';
    for (length -= 127; length >= 128; length /= 128) {
      head += static_cast<char>(length % 128 + 128);
    }
    head += static_cast<char>(length);
  }
  head += text;
}

// A literal field that nobody remembers.
void AppendField(std::string& head, std::string_view name, std::string_view value) {
  head += '\0';
  AppendText(head, name);
  AppendText(head, value);
}

}  // namespace

std::string EncodeHead(std::string_view authority, std::string_view path, std::string_view key) {
  std::string head;
  AppendField(head, ":method", "POST");
  AppendField(head, ":scheme", "http");
  AppendField(head, ":path", path);
  AppendField(head, ":authority", authority);
  AppendField(head, "te", "trailers");
  AppendField(head, "content-type", "application/grpc");
  if (!key.empty()) AppendField(head, "authorization", "Bearer " + std::string(key));
  return head;
}

Http2Connection::Http2Connection(const std::string& host, int port) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  inet_pton(AF_INET, host.c_str(), &address.sin_addr);
  broken_ = connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
  const int one = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  out_ = kPreface;
  Frame(kSettings, 0, 0, U32(kInitialWindow).substr(2) + U32(kWindowMax));
  Frame(kWindowUpdate, 0, 0, U32(kWindowMax - 65'535));
  Flush();
}

Http2Connection::~Http2Connection() {
  if (socket_ >= 0) close(socket_);
}

Http2Connection::Http2Connection(Http2Connection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      broken_(other.broken_),
      ready_(other.ready_),
      in_(std::move(other.in_)),
      out_(std::move(other.out_)),
      next_stream_(other.next_stream_),
      streams_max_(other.streams_max_),
      send_window_(other.send_window_),
      open_(std::move(other.open_)) {}

bool Http2Connection::has_room() const {
  return ready_ && !broken_ && open_.size() < streams_max_ && send_window_ > kRequestBytesMax;
}

std::uint32_t Http2Connection::Send(std::string_view head, std::string_view request,
                                    std::int64_t timeout_us) {
  const std::uint32_t stream = std::exchange(next_stream_, next_stream_ + 2);
  std::string fields(head);
  AppendField(fields, "grpc-timeout", std::to_string(timeout_us > 0 ? timeout_us : 1) + "u");
  Frame(kHeaders, kEndHeaders, stream, fields);
  std::string message = '\0' + U32(static_cast<std::uint32_t>(request.size()));
  message += request;
  Frame(kData, kEndStream, stream, message);
  send_window_ -= static_cast<std::int64_t>(message.size());
  open_.emplace(stream, false);
  return stream;
}

void Http2Connection::Cancel(std::uint32_t stream) {
  if (open_.erase(stream) > 0) Frame(kReset, 0, stream, U32(kCancelCode));
}

void Http2Connection::Frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                            std::string_view payload) {
  out_ += U32(static_cast<std::uint32_t>(payload.size())).substr(1);
  out_ += static_cast<char>(type);
  out_ += static_cast<char>(flags);
  out_ += U32(stream);
  out_ += payload;
}

void Http2Connection::Flush() {
  if (out_.empty() || broken_) return;
  const ssize_t count = send(socket_, out_.data(), out_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (count > 0) {
    out_.erase(0, static_cast<std::size_t>(count));
  } else if (errno != EAGAIN) {
    broken_ = true;
  }
}

void Http2Connection::Read(absl::FunctionRef<void(std::uint32_t, bool)> ended) {
  std::array<char, 65'536> bytes;
  while (!broken_) {
    const ssize_t count = recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count > 0) {
      in_.append(bytes.data(), static_cast<std::size_t>(count));
      if (static_cast<std::size_t>(count) == bytes.size()) continue;
    } else if (count == 0 || errno != EAGAIN) {
      broken_ = true;
    }
    break;
  }
  std::size_t at = 0;
  while (in_.size() - at >= kFrameHeadBytes) {
    const std::string_view rest = std::string_view(in_).substr(at);
    const std::size_t length = ReadU32(rest) >> 8;
    if (rest.size() < kFrameHeadBytes + length) break;
    Take(static_cast<std::uint8_t>(rest[3]), static_cast<std::uint8_t>(rest[4]),
         ReadU32(rest.substr(5)) & kWindowMax, rest.substr(kFrameHeadBytes, length), ended);
    at += kFrameHeadBytes + length;
  }
  in_.erase(0, at);
  Flush();
}

void Http2Connection::Take(std::uint8_t type, std::uint8_t flags, std::uint32_t stream,
                           std::string_view payload,
                           absl::FunctionRef<void(std::uint32_t, bool)> ended) {
  const auto end = [&](bool reset) {
    const auto found = open_.find(stream);
    if (found == open_.end()) return;
    const bool answered = found->second && !reset;
    open_.erase(found);
    ended(stream, answered);
  };
  switch (type) {
    case kData:
      if (const auto found = open_.find(stream); found != open_.end() && !payload.empty()) {
        found->second = true;
      }
      if ((flags & kEndStream) != 0) end(false);
      break;
    case kHeaders:
      if ((flags & kEndStream) != 0) end(false);
      break;
    case kReset:
      end(true);
      break;
    case kSettings:
      if ((flags & kAck) == 0) TakeSettings(payload);
      break;
    case kPing:
      if ((flags & kAck) == 0) Frame(kPing, kAck, 0, payload);
      break;
    case kWindowUpdate:
      if (stream == 0) send_window_ += ReadU32(payload) & kWindowMax;
      break;
    case kGoAway:
      broken_ = true;
      break;
    default:
      break;
  }
}

void Http2Connection::TakeSettings(std::string_view payload) {
  if (!ready_) streams_max_ = 100;  // when the server sets no bound
  for (; payload.size() >= 6; payload.remove_prefix(6)) {
    const auto name = static_cast<std::uint16_t>(ReadU32(payload) >> 16);
    if (name == kMaxConcurrentStreams) streams_max_ = ReadU32(payload.substr(2));
  }
  ready_ = true;
  Frame(kSettings, kAck, 0, "");
}

}  // namespace radyab::load
