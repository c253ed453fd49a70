#include "clients/cli/scan_session/announced_goods.h"

#include <utility>

#include "coding/object_words.h"

namespace radyab::cli {

std::vector<warehouse::NoticeLine> OutstandingGoods(const v1::ShippingNotice& notice) {
  std::vector<warehouse::NoticeLine> goods;
  for (const v1::ShippingNoticeLine& line : notice.lines()) {
    const auto object = coding::ParseObjectWord(line.object());
    const v1::Quantity& left = line.has_outstanding() ? line.outstanding() : line.quantity();
    const auto amount = coding::ParseDecimal(left.amount());
    if (!object || !amount || amount->mantissa <= 0) continue;
    warehouse::NoticeLine wanted{
        line.object(), coding::NormalizeDecimal(*amount), "", line.expiry_date(), line.container(),
        line.lot()};
    // Of a unit or container there is one, whatever it is counted in.
    const bool counted =
        !object->code.has_value() || object->type == coding::ObjectWord::Type::kUnit;
    if (!counted) wanted.unit = left.unit();
    goods.push_back(std::move(wanted));
  }
  return goods;
}

}  // namespace radyab::cli
