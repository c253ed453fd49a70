// Amounts in whole billionths, wide enough to sum tens of thousands of quantities exactly.
#pragma once

#include "absl/numeric/int128.h"
#include "coding/decimal_quantity.h"

namespace radyab::coding {

using WideAmount = absl::int128;

WideAmount WidenDecimal(const Decimal& value);
// Without zeros at the end of its decimals. One that needs more digits than a Decimal has is
// rounded down to those that fit, and at most the largest there is.
Decimal NarrowAmount(WideAmount amount);

}  // namespace radyab::coding
