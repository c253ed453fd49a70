#include "scanner/pass_agreement.h"

#include <algorithm>

namespace radyab::scanner {

bool SameMessage(const Symbol& a, const Symbol& b) {
  return a.symbology == b.symbology && a.text == b.text;
}

std::optional<Symbol> PassAgreement::Hear(const Symbol& symbol) {
  if (!IsLinear(symbol.symbology)) return symbol;
  for (const Symbol& earlier : waiting_) {
    if (SameMessage(earlier, symbol) && earlier.pass != symbol.pass) return symbol;
  }
  waiting_.push_back(symbol);
  return std::nullopt;
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
