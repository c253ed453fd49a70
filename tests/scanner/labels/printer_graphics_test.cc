#include "scanner/labels/printer_graphics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "scanner/label_files.h"
#include "tests/scanner/labels/label_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

LabelSheet SheetOf(const TemplateCase& label, LabelLanguage language, int dots_per_inch) {
  auto sheet = LayOutTemplate(SampleContent(label.label),
                              {label.label, language, dots_per_inch, label.carriers});
  EXPECT_TRUE(sheet.ok()) << label.name << ": " << sheet.fault().message;
  return sheet.ok() ? *std::move(sheet) : LabelSheet{};
}

TEST(PrinterGraphics, BothLanguagesSetEveryDotOfTheLabel) {
  for (const TemplateCase& label : TemplateCases()) {
    for (const int dots_per_inch : {203, 300}) {
      const LabelSheet sheet = SheetOf(label, LabelLanguage::kFa, dots_per_inch);
      const GreyPicture wanted = PaintSheet(sheet);
      const auto zpl = PaintZpl(WriteLabelZpl(sheet));
      ASSERT_TRUE(zpl.ok()) << label.name << ": " << zpl.fault().message;
      ASSERT_EQ(zpl->size(), 1u);
      EXPECT_EQ(zpl->front(), wanted) << label.name;
      const auto epl = PaintEpl(WriteLabelEpl(sheet));
      ASSERT_TRUE(epl.ok()) << label.name << ": " << epl.fault().message;
      ASSERT_EQ(epl->size(), 1u);
      EXPECT_EQ(epl->front(), wanted) << label.name;
    }
  }
}

TEST(PrinterGraphics, ManyLabelsInOneStreamComeBackInTheirOrder) {
  std::string zpl;
  std::string epl;
  std::vector<GreyPicture> wanted;
  for (const TemplateCase& label : TemplateCases()) {
    const LabelSheet sheet = SheetOf(label, LabelLanguage::kEn, 203);
    zpl += WriteLabelZpl(sheet);
    epl += WriteLabelEpl(sheet);
    wanted.push_back(PaintSheet(sheet));
  }
  EXPECT_EQ(*PaintZpl(zpl), wanted);
  EXPECT_EQ(*PaintEpl(epl), wanted);
}

// A ZPL printer reads "gH0" as 21 zeros; the table of counts is the manual's.
TEST(PrinterGraphics, UnpacksRunsAsTheManualSays) {
  const auto label = [](const std::string& data) {
    const auto painted = PaintZpl("^XA^PW400^LL2^FO0,0^GFA,100,100,50," + data + "^FS^XZ");
    EXPECT_TRUE(painted.ok()) << painted.fault().message;
    return painted.ok() ? painted->front() : GreyPicture{};
  };
  const GreyPicture first = label("GFHF,:");
  EXPECT_EQ(first.At(11, 0), 0) << "G is 1, H is 2: three digits of four dots";
  EXPECT_EQ(first.At(12, 0), 255);
  EXPECT_EQ(first.At(11, 1), 0) << ": is the row before";
  const GreyPicture second = label("gF,jF,");
  EXPECT_EQ(second.At(79, 0), 0);
  EXPECT_EQ(second.At(80, 0), 255);
  EXPECT_EQ(second.At(319, 1), 0) << "j is 80";
  EXPECT_EQ(second.At(320, 1), 255);
  const GreyPicture third = label("gYF,,");
  EXPECT_EQ(third.At(39 * 4 - 1, 0), 0) << "20 and 19";
  EXPECT_EQ(third.At(39 * 4, 0), 255);
}

TEST(PrinterGraphics, RandomDotsComeBackAsTheyWere) {
  const std::uint32_t seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 50; ++round) {
    LabelSheet sheet;
    sheet.width = 16 + static_cast<int>(random() % 5000);
    sheet.height = 8 + static_cast<int>(random() % 60);
    SheetSymbol symbol;
    symbol.area = {static_cast<int>(random() % 8), static_cast<int>(random() % 4), 0, 0};
    symbol.area.width = sheet.width - symbol.area.x;
    symbol.area.height = sheet.height - symbol.area.y;
    for (int i = 0; i < 200; ++i) {
      BlackBox box;
      box.x = symbol.area.x + static_cast<int>(random() % symbol.area.width);
      box.y = symbol.area.y + static_cast<int>(random() % symbol.area.height);
      box.width = 1 + static_cast<int>(random() % (sheet.width - box.x));
      box.height = 1;
      symbol.boxes.push_back(box);
    }
    sheet.symbols.push_back(symbol);
    const GreyPicture wanted = PaintSheet(sheet);
    const auto zpl = PaintZpl(WriteLabelZpl(sheet));
    ASSERT_TRUE(zpl.ok()) << zpl.fault().message;
    ASSERT_EQ(zpl->front(), wanted);
    const auto epl = PaintEpl(WriteLabelEpl(sheet));
    ASSERT_TRUE(epl.ok()) << epl.fault().message;
    ASSERT_EQ(epl->front(), wanted);
  }
}

TEST(PrinterGraphics, RefusesStreamsThatAreNotOurs) {
  for (const char* zpl :
       {"^FO1,1", "^XA^XZ", "^XA^PW9^LL9^FO0,0^GFA,1,1,1,F0^FS",
        "^XA^PW9^LL9^FO0,0^GFA,1,1,1,F^FS^XZ", "^XA^PW9^LL9^FO0,0^GFA,1,1,1,F000^FS^XZ",
        "^XA^PW9^LL9^FO8,0^GFA,1,1,1,F0^FS^XZ", "^XA^PW9^LL9^FO0,0^GFA,1,1,0,F0^FS^XZ",
        "^XA^PW9^LL9^FO0,0^GFA,1,1,1,:^FS^XZ", "^XA^PW9^LL9^FO0,0^BQN,2,4^FDx^FS^XZ",
        "^XA^PW9^LL9^FO0,0^GFB,1,1,1,F0^FS^XZ",
        "^XA^PW9^LL9^FO0,0^GFA,4000000000,4000000000,1,F0^FS^XZ", "^XA^XA^XZ",
        "^XA^PW9^LL9^FO2147483647,0^GFA,1,1,1,F0^FS^XZ"}) {
    const auto labels = PaintZpl(zpl);
    ASSERT_FALSE(labels.ok()) << zpl;
    EXPECT_EQ(labels.fault().kind, FaultKind::kLabelUnreadable) << zpl;
  }
  const std::string epl =
      WriteLabelEpl(SheetOf({LabelTemplate::kUnit, {}, "unit"}, LabelLanguage::kEn, 203));
  for (std::size_t size = 1; size < epl.size(); size += 13)
    EXPECT_FALSE(PaintEpl(epl.substr(0, size)).ok()) << size;
  EXPECT_FALSE(PaintEpl("\nN\nq9\nQ9,24\nGW8,0,1,1,\x0F\nP1\n").ok()) << "outside of the label";
  EXPECT_FALSE(PaintEpl("\nN\nq9\nQ9,24\nGW0,0,2147483647,2147483647,x\nP1\n").ok());
  EXPECT_THAT(PaintEpl(epl + "\nN\nx").fault().message, HasSubstr("label 2"));
}

}  // namespace
}  // namespace radyab::scanner
