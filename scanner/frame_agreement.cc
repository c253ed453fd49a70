#include "scanner/frame_agreement.h"

#include <algorithm>
#include <utility>

namespace radyab::scanner {
namespace {

bool SameText(const Symbol& a, const Symbol& b) {
  return a.symbology == b.symbology && a.text == b.text;
}

// True when the upright rectangles around both have a pixel in common.
bool Touch(const Symbol& a, const Symbol& b) {
  const auto apart = [](const Quad& p, const Quad& q, int PixelPoint::*axis) {
    const auto [p_low, p_high] = std::ranges::minmax(p, {}, axis);
    const auto [q_low, q_high] = std::ranges::minmax(q, {}, axis);
    return p_high.*axis < q_low.*axis || q_high.*axis < p_low.*axis;
  };
  return !apart(a.position, b.position, &PixelPoint::x) &&
         !apart(a.position, b.position, &PixelPoint::y);
}

bool Holds(const std::vector<Symbol>& symbols, const Symbol& symbol) {
  return std::ranges::any_of(symbols, [&](const Symbol& s) { return SameText(s, symbol); });
}

bool Contradicts(const std::vector<Symbol>& symbols, const Symbol& symbol) {
  return std::ranges::any_of(
      symbols, [&](const Symbol& s) { return !SameText(s, symbol) && Touch(s, symbol); });
}

}  // namespace

void FrameAgreement::Hear(PictureReading& reading) {
  const bool follows = reading.frame == frame_before_ + 1;
  const bool same_moment = follows && reading.content_hash == hash_before_;
  frame_before_ = reading.frame;
  hash_before_ = reading.content_hash;
  if (same_moment) return;
  std::vector<Symbol> said = reading.symbols;
  said.insert(said.end(), reading.unproven.begin(), reading.unproven.end());
  std::vector<Symbol> left;
  for (Symbol& symbol : reading.unproven) {
    if (follows && Holds(before_, symbol) && !Contradicts(said, symbol) &&
        !Holds(reading.symbols, symbol) && reading.symbols.size() < kSymbolsMax) {
      reading.symbols.push_back(std::move(symbol));
    } else {
      left.push_back(std::move(symbol));
    }
  }
  reading.unproven = std::move(left);
  before_ = std::move(said);
}

}  // namespace radyab::scanner
