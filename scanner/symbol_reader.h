// All symbols of one picture: the passes of the reader, what is believed, and several symbols.
#pragma once

#include <optional>

#include "scanner/grey_picture.h"
#include "scanner/reading_budget.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Reads `picture`. It is tried as it is first; when nothing is found, pictures made from it follow
// (contrast evened, doubled, halved, sharpened, inverted), each bounded in size. After a symbol is
// found its area is painted over and the picture is tried again, so that several are found,
// identical ones too; two DataBar symbols of one message count as one, because of a stacked one
// only a piece is reported and painted over. At most kSymbolsMax (symbol.h); `truncated` says that
// a further one was seen.
//
// What is believed: a matrix symbol corrects and checks itself and is taken from any pass. A symbol
// made of bars is taken from the picture as it is when three of its lines say the same (DataBar
// when one does, since the library aborts over more; its check sum is stronger than a digit); when
// only a made-up picture (or two lines) show it, two unlike passes must agree, since wrong texts
// with a right check digit do arise there. Thread rule: any thread; untrusted pictures belong into
// radyab-decode.
// `milliseconds_max` is the processor time after which no further made-up picture is begun; the
// picture as it is, is always read. `listener` hears of each step.
FoundSymbols ReadSymbols(const GreyPicture& picture, int milliseconds_max = kReadingMillisecondsMax,
                         const StepListener& listener = {});

// The symbol of a picture that shows one alone, of which symbology is known: a drawn label. One
// quick reading of the plain picture, believed as there, without an add-on; nothing when it shows
// no such symbol.
std::optional<Symbol> ReadExpectedSymbol(const GreyPicture& picture, Symbology symbology);

}  // namespace radyab::scanner
