#include "scanner/pdf_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/symbol_reader.h"
#include "tests/scanner/pdf_writer.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

PaperPicture PageOf(std::size_t sample) {
  return {OnPaper(DrawSample(SampleSymbols()[sample]), 40), 0.36};
}

TEST(PdfPage, DrawsEachPageAt300DotsAnInch) {
  const std::string pdf = PdfOfPictures({PageOf(0), PageOf(4)});
  for (const std::uint32_t page : {1U, 2U}) {
    const auto drawn = DrawPdfPage(pdf, page);
    ASSERT_TRUE(drawn.ok()) << drawn.fault().message;
    EXPECT_EQ(drawn->page_count, 2);
    const std::size_t sample = page == 1 ? 0 : 4;
    EXPECT_NEAR(drawn->picture.width, PageOf(sample).picture.width * 0.36 / 72 * 300, 1.01);
    const auto found = ReadSymbols(drawn->picture);
    ASSERT_EQ(found.symbols.size(), 1U);
    EXPECT_EQ(found.symbols[0].text, SampleSymbols()[sample].text);
  }
}

TEST(PdfPage, DrawsLargePaperAt200DotsAnInch) {
  const auto drawn = DrawPdfPage(PdfOfContent(1500, 1000, "0 0 m"), 1);
  ASSERT_TRUE(drawn.ok()) << drawn.fault().message;
  EXPECT_NEAR(drawn->picture.width, 1500.0 / 72 * 200, 1.01);
}

struct Refusal {
  std::string pdf;
  std::uint32_t page;
  FaultKind kind;
  std::string why;
};

TEST(PdfPage, SaysWhyAPageCannotBeDrawn) {
  const std::string whole = PdfOfPictures({PageOf(0)});
  const std::vector<PaperPicture> many(kPagesMax + 1, {GreyPicture::Blank(2, 2), 10});
  for (const Refusal& refusal : std::vector<Refusal>{
           {"hello", 1, FaultKind::kNotAPicture, "no PDF"},
           {"%PDF-1.5\nand nothing", 1, FaultKind::kDamagedPicture, "no whole document"},
           {whole, 2, FaultKind::kDamagedPicture, "1 pages and no page 2"},
           {whole, 0, FaultKind::kDamagedPicture, "no page 0"},
           {PdfOfPictures(many), 1, FaultKind::kTooLarge, "1001 pages, at most 1000"},
           {PdfOfContent(100'000, 100'000, "0 0 m"), 1, FaultKind::kTooLarge, "at most 64000000"},
           {PdfWithPassword(), 1, FaultKind::kUnreadForm, "password"},
       }) {
    const auto drawn = DrawPdfPage(refusal.pdf, refusal.page);
    ASSERT_FALSE(drawn.ok()) << refusal.why;
    EXPECT_EQ(FaultKindName(drawn.fault().kind), FaultKindName(refusal.kind)) << refusal.why;
    EXPECT_THAT(drawn.fault().message, HasSubstr(refusal.why));
  }
}

TEST(PdfPage, SurvivesFlippedAndMissingBytes) {
  const std::string whole = PdfOfPictures({{DrawSample(SampleSymbols()[8]), 0.2}});
  for (std::size_t i = 0; i < 200; ++i) {
    std::string broken = whole;
    const std::size_t at = i * 7919 % broken.size();
    broken[at] = static_cast<char>(broken[at] ^ (1 << i % 8));
    DrawPdfPage(broken, 1);
    DrawPdfPage(whole.substr(0, i * whole.size() / 200), 1);
  }
  EXPECT_TRUE(DrawPdfPage(whole, 1).ok()) << "and reads a whole one after them";
}

}  // namespace
}  // namespace radyab::scanner
