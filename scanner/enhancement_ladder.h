// Pictures made from a picture in which nothing was found, read one after another.
#pragma once

#include <optional>
#include <vector>

#include "scanner/grey_picture.h"
#include "scanner/reading_budget.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Climbs the ladder: bars set upright at any angle, then the picture with its contrast evened,
// doubled, sharpened, without shadows, halved, smoothed, inverted; in the order of what the rungs
// win for their time (docs/scanner.md). Ends at the first symbol that is believed
// (pass_agreement.h), or when `budget` does not afford the next rung. Places are those in
// `picture`. When none is believed `unproven` gets the bars that one look alone showed.
std::optional<Symbol> ReadMadePictures(const GreyPicture& picture, ReadingBudget& budget,
                                       std::vector<Symbol>* unproven = nullptr);

}  // namespace radyab::scanner
