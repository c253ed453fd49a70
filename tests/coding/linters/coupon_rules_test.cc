#include "tests/coding/linters/rule_expectations.h"

namespace radyab::coding {
namespace {

// Company prefix of 7 digits, offer 654321, save value 150, buy 2 pieces of family 042.
const std::string kCoupon = "195212346543213150120042";
constexpr auto kLength = RefusalReason::kWrongLength;
constexpr auto kRange = RefusalReason::kOutOfRange;
constexpr auto kMissing = RefusalReason::kMissingValue;

void ExpectCoupon(RefusalReason reason, const std::string& marked_rest) {
  ExpectMarked("couponcode", reason, {kCoupon + marked_rest});
}

TEST(CouponRules, TakeACouponWithAllItsFields) {
  ExpectTaken("couponcode", {kCoupon, kCoupon + "131115559"});
}

TEST(CouponRules, TakeFurtherFieldsInTheirOrder) {
  const std::string second = "101127770952123";
  const std::string third = "221297789";
  const std::string days = "32703314260101";
  const std::string serial = "50000042";
  const std::string retailer = "619521234";
  const std::string handling = "91271";
  ExpectTaken("couponcode",
              {kCoupon + second, kCoupon + third, kCoupon + second + third, kCoupon + days,
               kCoupon + serial, kCoupon + retailer, kCoupon + handling,
               kCoupon + second + third + days + serial + retailer + handling});
}

TEST(CouponRules, MarkWhatIsCutShort) {
  ExpectMarked("couponcode", kMissing, {"||"});
  ExpectMarked("couponcode", kLength, {"1|952123|", "19521234|6543|"});
  ExpectMarked("couponcode", kLength, {"|19521234|"});         // nothing of the offer code
  ExpectMarked("couponcode", kMissing, {"|19521234654321|"});  // nothing of the save value
}

TEST(CouponRules, MarkWhatIsNoCode) {
  ExpectMarked("couponcode", kRange, {"|7|9521234654321", "19521234654321|6|150"});
  ExpectMarked("couponcode", kRange, {"19521234654321315012|5|042"});
  ExpectCoupon(kRange, "1|4|");
  ExpectCoupon(kRange, "9|3|");
  ExpectCoupon(kRange, "91|3|");
  ExpectCoupon(kRange, "9117|2|");
  ExpectCoupon(kRange, "6|0|");
  ExpectCoupon(RefusalReason::kInvalidCharacter, "9|x|");
}

TEST(CouponRules, MarkDaysThatCannotBe) {
  ExpectCoupon(kRange, "3|270231|");
  ExpectCoupon(kRange, "4|270100|");
  ExpectCoupon(kLength, "3|2702|");
  ExpectCoupon(kRange, "|32703314270401|");  // it begins after it ended
}

TEST(CouponRules, MarkWhatFollowsTheEnd) {
  ExpectCoupon(RefusalReason::kTooLong, "|0|");
  ExpectCoupon(RefusalReason::kTooLong, "50000042|1|");
  ExpectCoupon(RefusalReason::kTooLong, "50000042|3270331|");  // fields out of their order
}

TEST(CouponRules, PositiveOffersHaveAFormatAndASerial) {
  ExpectTaken("couponposoffer", {"01952123465432111234567", "109521236543210000001"});
  ExpectMarked("couponposoffer", kRange, {"|2|195212346543210123456", "0|7|"});
  ExpectMarked("couponposoffer", kMissing, {"||", "|0|", "|019521234654321|"});
  ExpectMarked("couponposoffer", kLength,
               {"01|952123|", "019521234|65432|", "0195212346543211|123456|"});
  ExpectMarked("couponposoffer", RefusalReason::kTooLong, {"0195212346543210123456|7|"});
}

}  // namespace
}  // namespace radyab::coding
