#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "coding/scan_payload.h"

namespace radyab::coding {
namespace {

using testing::ElementsAre;

TEST(PayloadKind, HasStableNames) {
  EXPECT_THAT(
      (std::vector<std::string_view>{
          PayloadKindName(PayloadKind::kUnknownText), PayloadKindName(PayloadKind::kOurCode),
          PayloadKindName(PayloadKind::kOurLink), PayloadKindName(PayloadKind::kObjectWord),
          PayloadKindName(PayloadKind::kElementString), PayloadKindName(PayloadKind::kDigitalLink),
          PayloadKindName(PayloadKind::kGtin), PayloadKindName(PayloadKind::kSscc),
          PayloadKindName(PayloadKind::kDigits)}),
      ElementsAre("unknown_text", "our_code", "our_link", "object_word", "element_string",
                  "digital_link", "gtin", "sscc", "digits"));
}

TEST(PayloadKind, OfNoSuchKindIsAnUnknownText) {
  EXPECT_EQ(PayloadKindName(static_cast<PayloadKind>(99)), "unknown_text");
}

}  // namespace
}  // namespace radyab::coding
