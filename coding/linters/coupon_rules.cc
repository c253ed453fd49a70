// North American coupons (GS1 US, Coupon Databar and positive offer files): a row of numbers, many
// with their length in front of them.
#include <algorithm>
#include <string>

#include "coding/gs1_characters.h"
#include "coding/linters/rules.h"

namespace radyab::coding::rules {
namespace {

constexpr std::size_t kOfferCodeDigits = 6;
constexpr std::size_t kFamilyCodeDigits = 3;
constexpr std::size_t kDateDigits = 6;

// Which length digits a number may have, and how many digits the number has beyond that digit.
struct LengthRule {
  char least;
  char most;
  std::size_t more;
};
constexpr LengthRule kPrefixLength{'0', '6', 6};
constexpr LengthRule kRetailerLength{'1', '7', 6};
constexpr LengthRule kSerialLength{'0', '9', 6};
constexpr LengthRule kValueLength{'1', '5', 0};

// Reads a coupon from its beginning; after the first fault nothing is read any more.
class CouponReader {
 public:
  CouponReader(std::string_view content, const LintContext& context)
      : content_(content), context_(context) {
    fault_ = CsetNumeric(content, context);
  }

  bool failed() const { return fault_.has_value(); }
  std::optional<Fault> fault() && { return std::move(fault_); }
  std::size_t at() const { return at_; }

  // True when the next digit is `digit`, which is then passed over.
  bool Take(char digit) {
    if (failed() || at_ == content_.size() || content_[at_] != digit) return false;
    ++at_;
    return true;
  }

  // One digit out of `allowed`; answers it, or 0 after a fault.
  char Digit(std::string_view allowed, const char* name) {
    if (failed()) return 0;
    if (at_ == content_.size()) return Missing(name);
    const char digit = content_[at_];
    if (allowed.find(digit) == allowed.npos) {
      fault_ = Fault{RefusalReason::kOutOfRange, at_, 1, std::string("no ") + name,
                     "one of " + std::string(allowed)};
      return 0;
    }
    ++at_;
    return digit;
  }

  // `count` digits; answers them, or nothing after a fault.
  std::string_view Digits(std::size_t count, const char* name) {
    if (failed()) return {};
    const std::string_view digits = content_.substr(at_, count);
    if (digits.size() < count) {
      // Marked is what there is of it, or all of the coupon when it has not begun.
      const std::size_t begin = digits.empty() ? 0 : at_;
      fault_ = Fault{RefusalReason::kWrongLength, begin, content_.size() - begin,
                     std::string(name) + " cut short", std::to_string(count) + " digits"};
      return {};
    }
    at_ += count;
    return digits;
  }

  // A number with its length digit.
  std::string_view Counted(const LengthRule& rule, const char* name) {
    if (failed()) return {};
    if (at_ == content_.size()) return Missing(name), std::string_view();
    const char length = content_[at_];
    if (length < rule.least || length > rule.most) {
      fault_ = Fault{RefusalReason::kOutOfRange, at_, 1, std::string("no length of ") + name,
                     std::string(1, rule.least) + " to " + rule.most};
      return {};
    }
    ++at_;
    return Digits(static_cast<std::size_t>(length - '0') + rule.more, name);
  }

  void Prefix(const LengthRule& rule, const char* name) {
    const std::string_view digits = Counted(rule, name);
    if (failed()) return;
    auto fault = GcpPos1(digits, context_);
    if (!fault) return;
    fault->begin += at_ - digits.size();
    fault_ = std::move(fault);
  }

  std::optional<CivilDate> Date(const char* name) {
    const std::string_view digits = Digits(kDateDigits, name);
    if (failed()) return std::nullopt;
    if (Yymmdd(digits, context_)) {
      fault_ = Fault{RefusalReason::kOutOfRange, at_ - kDateDigits, kDateDigits,
                     std::string("no such ") + name, "YYMMDD"};
      return std::nullopt;
    }
    return *ParseYymmdd(digits, context_.current_year);
  }

  void Refuse(Fault fault) {
    if (!failed()) fault_ = std::move(fault);
  }

  void End() {
    if (failed() || at_ == content_.size()) return;
    fault_ = Fault{RefusalReason::kTooLong, at_, content_.size() - at_, "more than the coupon",
                   "its end"};
  }

 private:
  char Missing(const char* name) {
    fault_ =
        Fault{RefusalReason::kMissingValue, 0, content_.size(), std::string("no ") + name, name};
    return 0;
  }

  std::string_view content_;
  const LintContext& context_;
  std::size_t at_ = 0;
  std::optional<Fault> fault_;
};

// What must be bought: how much, of what sort, which family of goods.
void ReadPurchase(CouponReader& coupon) {
  coupon.Counted(kValueLength, "purchase requirement");
  coupon.Digit("012349", "purchase requirement code");
  coupon.Digits(kFamilyCodeDigits, "family code");
}

// A further purchase, from the same company (length digit 9) or from another.
void ReadFurtherPurchase(CouponReader& coupon) {
  ReadPurchase(coupon);
  if (!coupon.Take('9')) coupon.Prefix(kPrefixLength, "company prefix");
}

// The last day and the first; both fields marked when the first comes after the last.
void ReadDays(CouponReader& coupon) {
  const std::size_t begin = coupon.at();
  std::optional<CivilDate> last;
  if (coupon.Take('3')) last = coupon.Date("expiration date");
  if (!coupon.Take('4')) return;
  const auto first = coupon.Date("start date");
  if (!first || !last || *first <= *last) return;
  coupon.Refuse({RefusalReason::kOutOfRange, begin, coupon.at() - begin,
                 "expiration before the start", "a start up to the expiration"});
}

void ReadHandling(CouponReader& coupon) {
  coupon.Digit("01256", "save value code");
  coupon.Digit("012", "item that the save value applies to");
  coupon.Digit("0123456789", "store coupon flag");
  coupon.Digit("01", "don't multiply flag");
}

}  // namespace

std::optional<Fault> CouponCode(std::string_view content, const LintContext& context) {
  CouponReader coupon(content, context);
  coupon.Prefix(kPrefixLength, "company prefix");
  coupon.Digits(kOfferCodeDigits, "offer code");
  coupon.Counted(kValueLength, "save value");
  ReadPurchase(coupon);
  if (coupon.Take('1')) {
    coupon.Digit("0123", "additional purchase rules code");
    ReadFurtherPurchase(coupon);
  }
  if (coupon.Take('2')) ReadFurtherPurchase(coupon);
  ReadDays(coupon);
  if (coupon.Take('5')) coupon.Counted(kSerialLength, "serial number");
  if (coupon.Take('6')) coupon.Prefix(kRetailerLength, "retailer");
  if (coupon.Take('9')) ReadHandling(coupon);
  coupon.End();
  return std::move(coupon).fault();
}

std::optional<Fault> CouponPosOffer(std::string_view content, const LintContext& context) {
  CouponReader coupon(content, context);
  coupon.Digit("01", "coupon format");
  coupon.Prefix(kPrefixLength, "coupon funder");
  coupon.Digits(kOfferCodeDigits, "offer code");
  coupon.Counted(kSerialLength, "serial number");
  coupon.End();
  return std::move(coupon).fault();
}

}  // namespace radyab::coding::rules
