#include "scanner/decode_loop.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <new>
#include <string>

#include "scanner/picture_file.h"
#include "scanner/picture_reading.h"

namespace radyab::scanner {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

// Fills `bytes`; false at the end of the stream or on an error. `*any` tells whether some bytes had
// come.
bool ReadFully(int in, char* bytes, std::size_t size, bool* any) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t got = ::read(in, bytes + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  *any = done > 0;
  return done == size;
}

bool WriteFully(int out, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(out, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

bool Send(int out, MessageKind kind, std::string_view body) {
  return WriteFully(out, MessageHead(kind, body.size())) && WriteFully(out, body);
}

Outcome<GreyPicture> LoadRequested(const Message& request) {
  if (request.kind == MessageKind::kFile) {
    const auto bytes = ReadPictureBytes(request.body);
    if (!bytes) return bytes.fault();
    return DecodePicture(*bytes);
  }
  if (auto frame = ParseFrame(request.body)) return *std::move(frame);
  return ScanFault{FaultKind::kDamagedPicture, "the frame's size does not agree with its pixels"};
}

bool Answer(int out, const Message& request, const FrameReader& read) {
  try {
    const auto picture = LoadRequested(request);
    if (!picture) return Send(out, MessageKind::kFault, FaultBody(picture.fault()));
    return Send(out, MessageKind::kSymbols, SymbolsJson(read(*picture)));
  } catch (const std::bad_alloc&) {
    return Send(
        out, MessageKind::kFault,
        FaultBody({FaultKind::kOutOfMemory, "the picture needs more memory than is allowed"}));
  }
}

}  // namespace

void LimitThisProcess() {
  ::signal(SIGXFSZ, SIG_IGN);  // a full standard error is no reason to end
  ::signal(SIGALRM, SIG_DFL);  // a picture that takes for ever is one
  const auto limit = [](auto what, rlim_t most) {
    const rlimit both = {most, most};
    ::setrlimit(what, &both);
  };
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 1 << 20);  // standard error may be a file
  if (!kSanitized) limit(RLIMIT_AS, kDecodeMemoryBytesMax);
}

int ServeDecodeRequests(int in, int out, const FrameReader& read, unsigned answer_seconds_max) {
  if (!Send(out, MessageKind::kHello, kDecodeGreeting)) return 1;
  for (;;) {
    char head[5];
    bool any = false;
    if (!ReadFully(in, head, sizeof head, &any)) return any ? 1 : 0;
    const std::uint32_t length = LengthOfBytes({head, 4});
    const auto kind = static_cast<MessageKind>(head[4]);
    const bool file = kind == MessageKind::kFile;
    if (length < 1 || length > (file ? kPathBytesMax + 1 : kMessageBytesMax)) return 1;
    if (!file && kind != MessageKind::kFrame) return 1;
    Message request{kind, std::string(length - 1, '\0')};
    if (!ReadFully(in, request.body.data(), request.body.size(), &any)) return 1;
    ::alarm(answer_seconds_max);
    const bool answered = Answer(out, request, read);
    ::alarm(0);
    if (!answered) return 1;
  }
}

}  // namespace radyab::scanner
