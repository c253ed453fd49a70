#include "coding/wide_amount.h"

#include <algorithm>
#include <limits>

namespace radyab::coding {

WideAmount WidenDecimal(const Decimal& value) {
  WideAmount amount = value.mantissa;
  for (int scale = value.scale; scale < kDecimalScaleMax; ++scale) amount *= 10;
  return amount;
}

Decimal NarrowAmount(WideAmount amount) {
  const WideAmount most = std::numeric_limits<std::int64_t>::max();
  int scale = kDecimalScaleMax;
  while (scale > 0 && (amount % 10 == 0 || amount > most)) {
    amount /= 10;
    --scale;
  }
  return {static_cast<std::int64_t>(std::min(amount, most)), scale};
}

}  // namespace radyab::coding
