#include "scanner/pass_agreement.h"

#include <gtest/gtest.h>

namespace radyab::scanner {
namespace {

Symbol Read(Symbology symbology, const std::string& text, const std::string& pass) {
  Symbol symbol;
  symbol.symbology = symbology;
  symbol.text = text;
  symbol.pass = pass;
  return symbol;
}

TEST(PassAgreement, BelievesAMatrixSymbolAtOnce) {
  PassAgreement agreement;
  EXPECT_TRUE(agreement.Hear(Read(Symbology::kQrCode, "a", "even")).has_value());
}

TEST(PassAgreement, BelievesBarsWhenASecondPassAgrees) {
  PassAgreement agreement;
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kEan13, "6260100200302", "even")));
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kEan13, "5780407014989", "half")));
  const auto believed = agreement.Hear(Read(Symbology::kEan13, "6260100200302", "twice"));
  ASSERT_TRUE(believed.has_value());
  EXPECT_EQ(believed->text, "6260100200302");
}

TEST(PassAgreement, DoesNotTakeTheSamePassOrAnotherSymbologyForAgreement) {
  PassAgreement agreement;
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kItf, "123456", "even")));
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kItf, "123456", "even")));
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kCode39, "123456", "half")));
  EXPECT_TRUE(agreement.Hear(Read(Symbology::kItf, "123456", "half")).has_value());
}

}  // namespace
}  // namespace radyab::scanner
