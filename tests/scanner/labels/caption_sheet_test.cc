#include "scanner/labels/caption_sheet.h"

#include <gtest/gtest.h>

#include "scanner/labels/pdf_dots.h"

namespace radyab::scanner {
namespace {

CaptionedText Captioned(std::string text) {
  return {std::move(text), {{"دریافت", true}, {"Receive", false}}};
}

TEST(CaptionSheet, IsMadeOfSeveralPagesThatAreReadBack) {
  std::vector<CaptionedText> texts;
  for (int i = 0; i < 13; ++i) texts.push_back(Captioned("RADYAB:TIMES:" + std::to_string(i)));
  DecodeWorker worker;
  for (const int dots_per_inch : {kLabelDotsPerInch203, kLabelDotsPerInch300}) {
    const auto pdf = MakeCaptionSheet(texts, true, dots_per_inch, worker);
    ASSERT_TRUE(pdf) << pdf.fault().message;
    const auto pages = PdfDots::Open(*pdf);
    ASSERT_TRUE(pages);
    EXPECT_EQ(pages->page_count(), 2U) << "12 on the first";
  }
}

TEST(CaptionSheet, LaysNothingOverAnotherOrOverTheEdge) {
  for (const int dots_per_inch : {kLabelDotsPerInch203, kLabelDotsPerInch300}) {
    const auto sheet = LayOutCaptionedText(Captioned("RADYAB:CONTAINER"), dots_per_inch);
    ASSERT_TRUE(sheet) << sheet.fault().message;
    ASSERT_EQ(sheet->texts.size(), 3U);
    ASSERT_EQ(sheet->symbols.size(), 1U);
    int y = 0;
    for (const int at : {0, 1}) {
      const SheetText& text = sheet->texts[static_cast<std::size_t>(at)];
      EXPECT_GE(text.y, y);
      EXPECT_GE(text.x, 0);
      EXPECT_LE(text.x + text.width, sheet->width);
      y = text.y + text.height;
    }
    const auto& bars = sheet->symbols[0].area;
    EXPECT_GE(bars.y, y);
    EXPECT_GE(bars.x, 0);
    EXPECT_LE(bars.x + bars.width, sheet->width);
    const SheetText& below = sheet->texts[2];
    EXPECT_GE(below.y, bars.y + bars.height);
    EXPECT_LE(below.y + below.height, sheet->height);
    EXPECT_EQ(below.text, "RADYAB:CONTAINER");
  }
}

TEST(CaptionSheet, RefusesTextsThatAreNoBars) {
  for (const char* text : {"", "فارسی", "a\nb", "1234567890123456789012345"}) {
    EXPECT_FALSE(LayOutCaptionedText(Captioned(text), kLabelDotsPerInch203)) << text;
  }
  CaptionedText wordy = Captioned("RADYAB:UNDO");
  wordy.captions[0].text = std::string(400, 'x');
  EXPECT_FALSE(LayOutCaptionedText(wordy, kLabelDotsPerInch203));
}

TEST(CaptionSheet, IsNotHandedOutWhenNobodyCouldReadIt) {
  DecodeWorker worker({"/does/not/exist"});
  const std::vector<CaptionedText> texts = {Captioned("RADYAB:UNDO")};
  const auto pdf = MakeCaptionSheet(texts, false, kLabelDotsPerInch300, worker);
  ASSERT_FALSE(pdf);
  EXPECT_EQ(pdf.fault().kind, FaultKind::kWorkerMissing);
  EXPECT_FALSE(MakeCaptionSheet({}, false, kLabelDotsPerInch300, worker)) << "an empty sheet";
}

}  // namespace
}  // namespace radyab::scanner
