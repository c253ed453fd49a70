#include "clients/cli/scan_session/announced_goods.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace radyab::cli {
namespace {

using testing::ElementsAre;
using warehouse::NoticeLine;

v1::ShippingNoticeLine& Add(v1::ShippingNotice& notice, const std::string& object,
                            const std::string& amount, const std::string& unit) {
  v1::ShippingNoticeLine& line = *notice.add_lines();
  line.set_object(object);
  line.mutable_quantity()->set_amount(amount);
  line.mutable_quantity()->set_unit(unit);
  return line;
}

TEST(AnnouncedGoods, AreWhatIsOutstandingAlsoInsideContainers) {
  const std::string item = "1042000017000113";
  v1::ShippingNotice notice;
  Add(notice, item + "/lot/L1", "12", "KGM").set_expiry_date("2027-01-31");
  v1::ShippingNoticeLine& some = Add(notice, item + "/lot/L2", "10", "C62");
  some.mutable_outstanding()->set_amount("2.50");
  some.mutable_outstanding()->set_unit("C62");
  v1::ShippingNoticeLine& all = Add(notice, item + "/lot/L3", "10", "C62");
  all.mutable_outstanding()->set_amount("0");
  Add(notice, item, "3", "C62");
  Add(notice, item + "/serial/7", "1", "C62");
  Add(notice, "sscc/095210010000000017", "1", "C62");
  v1::ShippingNoticeLine& inside = Add(notice, item + "/serial/8", "1", "C62");
  inside.set_container("sscc/095210010000000017");
  inside.set_lot("L9");
  EXPECT_THAT(
      OutstandingGoods(notice),
      ElementsAre(NoticeLine{item + "/lot/L1", {12, 0}, "KGM", "2027-01-31"},
                  NoticeLine{item + "/lot/L2", {25, 1}, "C62", ""},
                  NoticeLine{item, {3, 0}, "C62", ""},
                  NoticeLine{item + "/serial/7", {1, 0}, "", ""},
                  NoticeLine{"sscc/095210010000000017", {1, 0}, "", ""},
                  NoticeLine{item + "/serial/8", {1, 0}, "", "", "sscc/095210010000000017", "L9"}));
}

}  // namespace
}  // namespace radyab::cli
