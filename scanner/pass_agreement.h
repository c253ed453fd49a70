// Which symbols of made-up pictures are believed.
#pragma once

#include <optional>
#include <vector>

#include "scanner/symbol.h"

namespace radyab::scanner {

// True when both say the same: symbology and text.
bool SameMessage(const Symbol& a, const Symbol& b);

// Hears what the passes over one picture read. A matrix symbol corrects and checks itself: it is
// believed at once. A symbol made of bars is believed when a second pass, of another name, says the
// same: wrong texts with a right check digit do arise in a single one.
class PassAgreement {
 public:
  // The symbol when it is believed now; nothing while it waits for a second pass.
  std::optional<Symbol> Hear(const Symbol& symbol);

  // What still waits for a second pass, each message once.
  std::vector<Symbol> Waiting() const;

 private:
  std::vector<Symbol> waiting_;
};

}  // namespace radyab::scanner
