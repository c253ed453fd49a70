// What many texts lead to, whatever became of each.
#pragma once

#include <string>
#include <vector>

#include "clients/cli/exit_code.h"
#include "clients/cpp/code_client.h"

namespace radyab::cli {

// Most texts, and bytes of texts, asked for in one call.
inline constexpr std::size_t kResolveTextsMax = 500;
inline constexpr std::size_t kResolveBytesMax = 1 << 20;

// One resolution a text, in order; a text that leads nowhere has a `refusal`, also one that is no
// UTF-8 (its bytes are shown as U+FFFD) or longer than coding::kScanPayloadBytesMax (not shown). A
// single text is asked for alone, which needs no key. The error is one of the way or of the key.
client::Answer<std::vector<v1::Resolution>> ResolveMany(const client::CodeClient& codes,
                                                        const std::vector<std::string>& texts);

// How a verb ends that asked for this text: 3 when it leads nowhere, 1 when it is malformed.
ExitCode ExitCodeOf(const v1::Resolution& resolution);

// "did you mean 1042 0000 1700 0113?": the codes that a mistyped one may be; empty when there are
// none. Who asked must say which.
std::string DidYouMean(const v1::ResolveRefusal& refusal);

// What the resolution is of, for people: kind, grouped code, name, state.
struct ResolutionWords {
  std::string kind;
  std::string code;
  std::string name;
  std::string state;
};
ResolutionWords WordsOf(const v1::Resolution& resolution);

}  // namespace radyab::cli
