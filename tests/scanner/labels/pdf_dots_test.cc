// Damaged and foreign documents; that ours give the right dots is shown by label_pdf_test.cc.
#include "scanner/labels/pdf_dots.h"

#include <gtest/gtest.h>

#include <string>

#include "scanner/labels/label_pdf.h"
#include "tests/scanner/labels/label_samples.h"

namespace radyab::scanner {
namespace {

// The label of a unit on a page of its own.
std::string PdfOf(const PageGrid& grid, LabelLanguage language) {
  const auto sheet = LayOutTemplate(SampleContent(LabelTemplate::kUnit),
                                    {LabelTemplate::kUnit, language, kLabelDotsPerInch203});
  LabelPdf pdf(grid, false);
  EXPECT_TRUE(sheet.ok() && pdf.Add(*sheet).ok());
  auto bytes = pdf.Finish();
  EXPECT_TRUE(bytes.ok());
  return bytes.ok() ? std::move(bytes).value() : std::string();
}

TEST(PdfDots, RefusesWhatIsNoDocumentOfOurs) {
  const std::string pdf = PdfOf(PageGrid(), LabelLanguage::kFa);
  EXPECT_FALSE(PdfDots::Open("").ok());
  EXPECT_FALSE(PdfDots::Open("%PDF-1.4\nstartxref\n9\n%%EOF").ok());
  for (std::size_t cut = 1; cut < 400; cut += 7)
    EXPECT_FALSE(PdfDots::Open(pdf.substr(0, pdf.size() - cut)).ok() && cut > 8) << cut;
}

TEST(PdfDots, SurvivesDamageOfEveryByte) {
  const std::string pdf = PdfOf(*GridOfWord("label", LabelTemplate::kUnit), LabelLanguage::kEn);
  const auto whole = PdfDots::Open(pdf)->Paint(0, 203);
  int noticed = 0;
  for (std::size_t at = 0; at < pdf.size(); at += 11) {
    std::string damaged = pdf;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
    const auto pages = PdfDots::Open(damaged);
    if (!pages) {
      ++noticed;
      continue;
    }
    const auto page = pages->Paint(0, 203);
    noticed += page.ok() && *page == *whole ? 0 : 1;
  }
  EXPECT_GT(noticed, 10);
}

}  // namespace
}  // namespace radyab::scanner
