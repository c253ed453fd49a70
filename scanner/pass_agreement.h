// Which symbols of made-up pictures are believed.
#pragma once

#include <optional>
#include <vector>

#include "scanner/symbol.h"

namespace radyab::scanner {

// True when both say the same: symbology and text.
bool SameMessage(const Symbol& a, const Symbol& b);

// How well a picture must show the bars of a symbol (bar_pattern.h) so that one pass is enough. Of
// right readings of photographs three in four were shown as well, of wrong ones none above 0.79.
inline constexpr double kSurelyShown = 0.85;

// Hears what the passes over one picture read. A matrix symbol corrects and checks itself: it is
// believed at once. A symbol made of bars is believed when the picture surely shows it, or when a
// second pass, of another name, says the same: wrong texts with a right check digit do arise in a
// single one. Where passes say different texts of one symbology, one must be said by two passes
// more than any other.
class PassAgreement {
 public:
  // The symbol when it is believed now; nothing while it waits for a second pass. `shown` is how
  // well the picture shows it, where that can be told.
  std::optional<Symbol> Hear(const Symbol& symbol, std::optional<double> shown = {});

  // What still waits for a second pass, each message once.
  std::vector<Symbol> Waiting() const;

 private:
  int Votes(const Symbol& symbol) const;

  std::vector<Symbol> waiting_;  // of each pass each message once
};

}  // namespace radyab::scanner
