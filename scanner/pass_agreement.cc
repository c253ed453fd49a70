#include "scanner/pass_agreement.h"

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

}  // namespace radyab::scanner
