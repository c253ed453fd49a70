// Pictures made from a picture in which nothing was found, read one after another.
#pragma once

#include <optional>

#include "scanner/grey_picture.h"
#include "scanner/pass_agreement.h"
#include "scanner/reading_budget.h"
#include "scanner/symbol.h"

namespace radyab::scanner {

// Climbs the ladder: bars set upright at any angle, then the picture with its contrast evened,
// doubled, sharpened, without shadows, halved, smoothed, inverted; in the order of what the rungs
// win for their time (docs/scanner.md). Bars are sought only where some were seen, and a large
// picture is not doubled: what is small in it is cut out first. Ends at the first symbol that is
// believed, or when `budget` does not afford the next rung. Places are those in `picture`.
// `agreement` has heard what earlier passes read, and then knows what waits for another.
std::optional<Symbol> ReadMadePictures(const GreyPicture& picture, ReadingBudget& budget,
                                       PassAgreement& agreement);

}  // namespace radyab::scanner
