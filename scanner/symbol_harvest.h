// What is left of a picture while symbols are taken out of it one after another.
#pragma once

#include "scanner/grey_picture.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Collects symbols, each once: what was found is painted over, so that the next one shows itself,
// and remnants of painted-over symbols are not taken for further ones.
class SymbolHarvest {
 public:
  explicit SymbolHarvest(const GreyPicture& picture) : rest_(picture) {}

  // The picture without what was taken out.
  const GreyPicture& rest() const { return rest_; }
  const FoundSymbols& found() const { return found_; }
  bool empty() const { return found_.symbols.empty(); }
  bool full() const { return found_.truncated; }
  // Which part of the picture the symbols found so far cover, 0 to 1.
  double covered() const;

  // Takes a symbol of rest() out: settles its whole area and paints that over. False when nothing
  // more can be taken: the list is full (found().truncated), or the symbol has no place that could
  // be painted over.
  bool Take(Symbol symbol);

 private:
  GreyPicture rest_;
  FoundSymbols found_;
};

}  // namespace radyab::scanner
