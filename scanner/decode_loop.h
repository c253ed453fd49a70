// The worker's side of the protocol: answers requests until its parent closes the stream.
#pragma once

#include <functional>

#include "scanner/decode_protocol.h"
#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Address space that radyab-decode allows itself, in bytes.
inline constexpr std::size_t kDecodeMemoryBytesMax = std::size_t{1536} << 20;

// Reads a picture within a limit of processor time, in milliseconds.
using FrameReader = std::function<FoundSymbols(const GreyPicture&, int milliseconds_max)>;

// Limits this process: memory as above, no core file, no file written, an alarm ends it. A
// sanitizer build keeps its memory, since sanitizers reserve terabytes of address space.
void LimitThisProcess();

// Greets, then reads requests from descriptor `in` and answers each to `out`, using `read` on the
// grey pixels. An answer that takes longer than `answer_seconds_max` ends the process by SIGALRM,
// whoever still waits for it. Memory that runs out is answered as kOutOfMemory. Returns the exit
// status of the process: 0 when the parent closed the stream between two messages, 1 when it spoke
// nonsense.
int ServeDecodeRequests(int in, int out, const FrameReader& read,
                        unsigned answer_seconds_max = kAnswerSecondsMax);

}  // namespace radyab::scanner
