#include "registry/resolution_bytes.h"

#include <string_view>

#include "radyab/v1/resolution.pb.h"
#include "registry/wire_fields.h"

namespace radyab {
namespace {

// A text of a message, which is left out when it is empty.
void AppendText(int field, std::string_view text, std::string& bytes) {
  if (!text.empty()) AppendMessageField(field, text, bytes);  // on the wire both are bytes
}

}  // namespace

void AppendCandidates(std::span<const coding::Candidate> candidates,
                      std::span<const std::string> codes, std::string& bytes) {
  std::string one;
  for (const bool known : {true, false}) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (codes[i].empty() == known) continue;
      one.clear();
      AppendText(v1::Candidate::kSchemeFieldNumber, candidates[i].scheme, one);
      AppendText(v1::Candidate::kValueFieldNumber, candidates[i].value, one);
      AppendText(v1::Candidate::kWhyFieldNumber, candidates[i].why, one);
      AppendText(v1::Candidate::kCodeFieldNumber, codes[i], one);
      AppendMessageField(v1::Resolution::kCandidatesFieldNumber, one, bytes);
    }
  }
}

}  // namespace radyab
