#include "scanner/labels/label_pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "scanner/label.h"
#include "scanner/label_files.h"
#include "scanner/labels/pdf_dots.h"
#include "scanner/picture_area.h"
#include "scanner/picture_file.h"
#include "tests/scanner/labels/label_samples.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

LabelSheet SheetOf(LabelTemplate label, int dots_per_inch = 203,
                   LabelLanguage language = LabelLanguage::kFa) {
  auto sheet = LayOutTemplate(SampleContent(label), {label, language, dots_per_inch});
  EXPECT_TRUE(sheet.ok()) << sheet.fault().message;
  return sheet.ok() ? *std::move(sheet) : LabelSheet{};
}

struct Drawn {
  std::string pdf;
  std::vector<PagePlace> places;
};

Drawn Draw(const PageGrid& grid, const std::vector<LabelSheet>& labels) {
  LabelPdf pdf(grid, false);
  Drawn drawn;
  for (const LabelSheet& label : labels) {
    const auto place = pdf.Add(label);
    EXPECT_TRUE(place.ok()) << place.fault().message;
    if (place) drawn.places.push_back(*place);
  }
  auto bytes = pdf.Finish();
  EXPECT_TRUE(bytes.ok());
  if (bytes) drawn.pdf = std::move(bytes).value();
  return drawn;
}

// A page as poppler sets its dots: grey with soft edges, cut at half.
GreyPicture ByPoppler(const std::string& pdf, int page, int dots_per_inch) {
  const TemporaryFolder folder;
  const std::string path = folder.Write("sheet.pdf", pdf);
  const std::string number = std::to_string(page);
  const std::string command = "pdftoppm -gray -r " + std::to_string(dots_per_inch) + " -f " +
                              number + " -l " + number + " -singlefile '" + path + "' '" +
                              folder.path() + "/page'";
  EXPECT_EQ(std::system(command.c_str()), 0) << "pdftoppm of the Debian package poppler-utils";
  FILE* file = std::fopen((folder.path() + "/page.pgm").c_str(), "rb");
  EXPECT_NE(file, nullptr);
  if (file == nullptr) return {};
  std::string bytes;
  char buffer[65536];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, file)) > 0;)
    bytes.append(buffer, got);
  std::fclose(file);
  const auto picture = DecodePicture(bytes);
  EXPECT_TRUE(picture.ok());
  return picture.ok() ? OneBit(*picture) : GreyPicture{};
}

GreyPicture Cut(const GreyPicture& page, const PagePlace& place, const LabelSheet& label) {
  PictureArea area = {place.x, place.y, label.width, label.height};
  return CutOut(page, &area, 0);
}

GreyPicture SymbolsOf(LabelSheet label) {
  label.texts.clear();
  return PaintSheet(label);
}

TEST(LabelPdf, HoldsEveryDotOfTheSymbolsAtItsPlace) {
  for (const LabelTemplate label : kLabelTemplates) {
    for (const int dots_per_inch : {203, 300}) {
      const LabelSheet sheet = SheetOf(label, dots_per_inch);
      PageGrid grid;
      grid.columns = 2;
      grid.rows = 2;
      const Drawn drawn = Draw(grid, {sheet, sheet, sheet, sheet, sheet});
      const auto pages = PdfDots::Open(drawn.pdf);
      ASSERT_TRUE(pages.ok()) << pages.fault().message;
      ASSERT_EQ(pages->page_count(), 2u);
      for (std::size_t i = 0; i < drawn.places.size(); ++i) {
        const auto page = pages->Paint(drawn.places[i].page, dots_per_inch);
        ASSERT_TRUE(page.ok()) << TemplateWord(label) << ": " << page.fault().message;
        EXPECT_EQ(Cut(*page, drawn.places[i], sheet), SymbolsOf(sheet)) << TemplateWord(label);
      }
    }
  }
}

// Poppler paints letters too, and it knows nothing of ours: what it shows must be what was laid
// out.
TEST(LabelPdf, PopplerPaintsTheSameSymbolsAndLettersInTheirPlaces) {
  DecodeWorker worker;
  for (const LabelTemplate label : kLabelTemplates) {
    for (const LabelLanguage language : {LabelLanguage::kFa, LabelLanguage::kEn}) {
      const LabelSheet sheet = SheetOf(label, 203, language);
      const auto grid = GridOfWord("label", label);
      const Drawn drawn = Draw(*grid, {sheet, sheet});
      const GreyPicture page = ByPoppler(drawn.pdf, 2, 203);
      GreyPicture seen = Cut(page, drawn.places[1], sheet);
      const auto proved = ProveLabel(seen, sheet, worker);
      EXPECT_TRUE(proved.ok()) << TemplateWord(label) << ": " << proved.fault().message;
      const GreyPicture wanted = SymbolsOf(sheet);
      for (const SheetSymbol& symbol : sheet.symbols) {
        int unlike = 0;
        for (int y = symbol.area.y; y < symbol.area.y + symbol.area.height; ++y) {
          for (int x = symbol.area.x; x < symbol.area.x + symbol.area.width; ++x)
            unlike += seen.At(x, y) != wanted.At(x, y) ? 1 : 0;
          std::fill_n(seen.Row(y) + symbol.area.x, symbol.area.width, std::uint8_t{255});
        }
        EXPECT_EQ(unlike, 0) << TemplateWord(label) << ", " << CarrierName(symbol.payload.carrier);
      }
      for (const SheetText& text : sheet.texts) {
        int ink = 0;
        // Its letters are not fitted to the dots as ours are: a dot more on each side.
        for (int y = text.y - 1; y <= text.y + text.height; ++y) {
          for (int x = text.x - 1; x <= text.x + text.width; ++x) {
            ink += seen.At(x, y) == 0 ? 1 : 0;
            seen.Row(y)[x] = 255;
          }
        }
        EXPECT_GT(ink, 0) << TemplateWord(label) << ": \"" << text.text << "\"";
      }
      EXPECT_EQ(std::count(seen.pixels.begin(), seen.pixels.end(), 0), 0)
          << TemplateWord(label) << ": letters outside of their lines";
    }
  }
}

TEST(LabelPdf, TextIsTextAndNotAPicture) {
  const Drawn drawn = Draw(PageGrid(), {SheetOf(LabelTemplate::kUnit, 203, LabelLanguage::kEn)});
  const TemporaryFolder folder;
  const std::string path = folder.Write("sheet.pdf", drawn.pdf);
  FILE* pipe = ::popen(("pdftotext '" + path + "' -").c_str(), "r");
  char text[4096] = {};
  const std::size_t got = std::fread(text, 1, sizeof text - 1, pipe);
  ::pclose(pipe);
  EXPECT_THAT(std::string(text, got), HasSubstr("Serial: SN000123"));
}

TEST(LabelPdf, RefusesADocumentWithoutLabels) {
  LabelPdf pdf(PageGrid(), false);
  EXPECT_FALSE(pdf.Finish().ok());
}

}  // namespace
}  // namespace radyab::scanner
