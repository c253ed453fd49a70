// Expected goods out of a shipping notice of the registry.
#pragma once

#include <vector>

#include "clients/warehouse/session_values.h"
#include "radyab/v1/notice.pb.h"

namespace radyab::cli {

// What of the notice has not arrived: its lines, each with what is outstanding of it.
std::vector<warehouse::NoticeLine> OutstandingGoods(const v1::ShippingNotice& notice);

}  // namespace radyab::cli
