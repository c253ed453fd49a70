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
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kCode128, "6260100200302", "even")));
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kItf, "57804070149894", "half")));
  const auto believed = agreement.Hear(Read(Symbology::kCode128, "6260100200302", "twice"));
  ASSERT_TRUE(believed.has_value());
  EXPECT_EQ(believed->text, "6260100200302");
  EXPECT_EQ(believed->pass, "even") << "the pass that read it first";
}

TEST(PassAgreement, WantsTwoPassesMoreThanAnyOtherTextHas) {
  PassAgreement agreement;
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kUpcA, "0023942431015", "upright")));
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kEan13, "8574731738478", "sharp")));
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kEan13, "8574731738478", "smooth")));
  EXPECT_TRUE(agreement.Hear(Read(Symbology::kEan13, "8574731738478", "even")).has_value());
}

TEST(PassAgreement, TakesAllSharpeningOfRetailBarsForOnePass) {
  PassAgreement agreement;
  for (const char* pass : {"upper", "lower", "bands-sharp-upper", "twice-sharp-even"}) {
    EXPECT_FALSE(agreement.Hear(Read(Symbology::kEan13, "8574731738478", pass))) << pass;
  }
  EXPECT_FALSE(agreement.Hear(Read(Symbology::kCode128, "a", "upper")));
  EXPECT_TRUE(agreement.Hear(Read(Symbology::kCode128, "a", "lower")).has_value());
}

TEST(PassAgreement, GoesByHowWellThePictureShowsTheBars) {
  const Symbol ean = Read(Symbology::kEan13, "6260100200302", "upright");
  Symbol again = ean;
  again.pass = "even";
  Symbol third = ean;
  third.pass = "inverted";
  PassAgreement agreement;
  EXPECT_FALSE(agreement.Hear(ean, kSurelyShown - 0.01));
  EXPECT_TRUE(agreement.Hear(again, kSurelyShown).has_value());
  PassAgreement doubting;
  EXPECT_FALSE(doubting.Hear(ean, 0.7));
  EXPECT_FALSE(doubting.Hear(again, 0.7)) << "bars that follow the text by half want a third pass";
  EXPECT_TRUE(doubting.Hear(third, 0.7).has_value());
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
