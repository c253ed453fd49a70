#include "scanner/decode_loop.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <new>
#include <optional>
#include <string>

#include "scanner/grey_passes.h"
#include "scanner/pdf_page.h"
#include "scanner/picture_file.h"
#include "scanner/picture_reading.h"
#include "scanner/reading_budget.h"
#include "scanner/symbol_reader.h"

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

// What a request asks for, ready to be read.
struct Requested {
  GreyPicture picture;
  int page_count = 0;                      // of a PDF file
  std::optional<Symbology> expected = {};  // the one symbol that is there
};

Outcome<Requested> Loaded(Outcome<GreyPicture> picture) {
  if (!picture) return picture.fault();
  return Requested{std::move(picture).value(), 0};
}

// `body` without its limit of time.
Outcome<Requested> Load(MessageKind kind, std::string_view body) {
  switch (kind) {
    case MessageKind::kFile: {
      const auto bytes = ReadPictureBytes(std::string(body));
      if (!bytes) return bytes.fault();
      return Loaded(DecodePicture(*bytes));
    }
    case MessageKind::kBytes:
      return Loaded(DecodePicture(body));
    case MessageKind::kPage: {
      const std::uint32_t page = LengthOfBytes(body);
      const auto bytes = ReadPictureBytes(std::string(body.substr(kNumberBytes)));
      if (!bytes) return bytes.fault();
      auto drawn = DrawPdfPage(*bytes, page);
      if (!drawn) return drawn.fault();
      PdfPage pdf_page = std::move(drawn).value();
      return Requested{std::move(pdf_page.picture), pdf_page.page_count};
    }
    case MessageKind::kExpected: {
      const std::uint32_t symbology = LengthOfBytes(body);
      auto frame = ParseFrame(body.substr(kNumberBytes));
      if (!frame || symbology >= kSymbologyCount) {
        return ScanFault{FaultKind::kDamagedPicture,
                         "the frame's size does not agree with its pixels, or no such symbology"};
      }
      return Requested{*std::move(frame), 0, static_cast<Symbology>(symbology)};
    }
    default:
      if (auto frame = ParseFrame(body)) return Requested{*std::move(frame), 0};
      return ScanFault{FaultKind::kDamagedPicture,
                       "the frame's size does not agree with its pixels"};
  }
}

bool Answer(int out, const Message& request, const FrameReader& read) {
  try {
    const double begun = ThreadMilliseconds();
    const std::string_view body = request.body;
    const auto milliseconds = static_cast<int>(std::min<std::uint32_t>(
        LengthOfBytes(body), static_cast<std::uint32_t>(kAnswerMillisecondsMax)));
    const auto asked = Load(request.kind, body.substr(kNumberBytes));
    if (!asked) return Send(out, MessageKind::kFault, FaultBody(asked.fault()));
    FoundSymbols found;
    // What does not show itself at once is read like any picture.
    auto expected =
        asked->expected ? ReadExpectedSymbol(asked->picture, *asked->expected) : std::nullopt;
    if (expected) {
      found.symbols.push_back(*std::move(expected));
    } else {
      found = read(asked->picture, milliseconds);
    }
    found.page_count = asked->page_count;
    found.processor_milliseconds = ThreadMilliseconds() - begun;
    return Send(out, MessageKind::kSymbols, SymbolsJson(found));
  } catch (const std::bad_alloc&) {
    return Send(
        out, MessageKind::kFault,
        FaultBody({FaultKind::kOutOfMemory, "the picture needs more memory than is allowed"}));
  }
}

// Fewest and most bytes of a request's body; nothing for what is no request.
struct BodyBytes {
  std::size_t min = 0;
  std::size_t max = 0;
};
std::optional<BodyBytes> BodyBytesOf(MessageKind kind) {
  switch (kind) {
    case MessageKind::kFile:
      return BodyBytes{kNumberBytes, kNumberBytes + kPathBytesMax};
    case MessageKind::kExpected:
      return BodyBytes{2 * kNumberBytes, kMessageBytesMax};
    case MessageKind::kPage:
      return BodyBytes{2 * kNumberBytes, 2 * kNumberBytes + kPathBytesMax};
    case MessageKind::kFrame:
    case MessageKind::kBytes:
      return BodyBytes{kNumberBytes, kMessageBytesMax};
    default:
      return std::nullopt;
  }
}

}  // namespace

void LimitThisProcess() {
  KeepToOneThread();
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
    const auto allowed = BodyBytesOf(kind);
    if (!allowed || length < allowed->min + 1 || length > allowed->max + 1) return 1;
    Message request{kind, std::string(length - 1, '\0')};
    if (!ReadFully(in, request.body.data(), request.body.size(), &any)) return 1;
    ::alarm(answer_seconds_max);
    const bool answered = Answer(out, request, read);
    ::alarm(0);
    if (!answered) return 1;
  }
}

}  // namespace radyab::scanner
