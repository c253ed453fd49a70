#include "scanner/pass_agreement.h"

#include <algorithm>
#include <string_view>

namespace radyab::scanner {
namespace {

constexpr int kVotesWanted = 2;
constexpr double kHalfShownMin = 0.6;
constexpr double kHalfShownMax = 0.8;

// What a pass does to bars. Sharpening melts and parts bars in the same wrong way however often it
// is done and in whichever half of the bars, so all of that is one way to look.
std::string_view WayOf(std::string_view pass) {
  if (pass == "upper" || pass == "lower" || pass.find("sharp") != pass.npos) return "sharp";
  for (const std::string_view half : {"-upper", "-lower"}) {
    if (pass.ends_with(half)) pass.remove_suffix(half.size());
  }
  return pass;
}

bool AreOneVote(const Symbol& a, const Symbol& b) {
  return IsRetail(a.symbology) ? WayOf(a.pass) == WayOf(b.pass) : a.pass == b.pass;
}

// Bars of one retail symbology are misread as another's.
bool AreRivals(const Symbol& a, const Symbol& b) {
  const bool one_family =
      a.symbology == b.symbology || (IsRetail(a.symbology) && IsRetail(b.symbology));
  return one_family && a.text != b.text;
}

}  // namespace

bool SameMessage(const Symbol& a, const Symbol& b) {
  return a.symbology == b.symbology && a.text == b.text;
}

int PassAgreement::Votes(const Symbol& symbol) const {
  return static_cast<int>(
      std::count_if(waiting_.begin(), waiting_.end(),
                    [&symbol](const Symbol& other) { return SameMessage(other, symbol); }));
}

std::optional<Symbol> PassAgreement::Hear(const Symbol& symbol, std::optional<double> shown) {
  if (!IsLinear(symbol.symbology) || shown.value_or(0) >= kSurelyShown) return symbol;
  const bool heard = std::any_of(waiting_.begin(), waiting_.end(), [&symbol](const Symbol& other) {
    return SameMessage(other, symbol) && AreOneVote(other, symbol);
  });
  if (heard) return std::nullopt;
  waiting_.push_back(symbol);
  int rivals = 0;
  for (const Symbol& other : waiting_) {
    if (AreRivals(other, symbol)) rivals = std::max(rivals, Votes(other));
  }
  const bool half_shown = shown && *shown > kHalfShownMin && *shown < kHalfShownMax;
  if (Votes(symbol) < rivals + kVotesWanted + (half_shown ? 1 : 0)) return std::nullopt;
  return *std::find_if(waiting_.begin(), waiting_.end(),
                       [&symbol](const Symbol& other) { return SameMessage(other, symbol); });
}

std::vector<Symbol> PassAgreement::Waiting() const {
  std::vector<Symbol> waiting;
  for (const Symbol& symbol : waiting_) {
    const bool known = std::any_of(waiting.begin(), waiting.end(),
                                   [&](const Symbol& s) { return SameMessage(s, symbol); });
    if (!known) waiting.push_back(symbol);
  }
  return waiting;
}

}  // namespace radyab::scanner
