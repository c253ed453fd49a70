#include "scanner/label.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "scanner/grey_passes.h"
#include "scanner/label_files.h"
#include "scanner/label_text.h"
#include "scanner/picture_file.h"
#include "scanner/symbol_reader.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

struct NamedContent {
  std::string name;
  LabelContent content;
};

// A label of every kind, with and without a GTIN.
std::vector<NamedContent> EveryKind() {
  LabelContent code;
  code.name_fa =
      "روغن موتور تمام‌سنتتیک ۴ لیتری (کارتن ۱۲ عددی)";
  code.name_en = "Motor oil & grease <4 l>";
  code.code = coding::ParseCode("1042000017000113").value();
  LabelContent unit = code;
  unit.kind = LabelKind::kUnit;
  unit.lot = "L-2026/07";
  unit.serial = "SN000123";
  unit.expiry = coding::CivilDate{2027, 3, 31};
  LabelContent trade_unit = unit;
  trade_unit.gtin = "6260100200302";
  LabelContent lot = trade_unit;
  lot.kind = LabelKind::kLot;
  lot.serial.reset();
  LabelContent container;
  container.kind = LabelKind::kContainer;
  container.sscc = "362601000000000019";
  container.name_en = "Pallet 7";
  return {{"code", code},
          {"unit", unit},
          {"trade unit", trade_unit},
          {"lot", lot},
          {"container", container}};
}

const std::vector<Carrier> kAll = {Carrier::kQrCode, Carrier::kDataMatrix, Carrier::kBars};

LabelSheet SheetOf(const LabelContent& content, int dots_per_inch = 203) {
  const auto payloads = PlanCarriers(content, kAll);
  EXPECT_TRUE(payloads.ok());
  auto sheet = LayOutLabel(content, *payloads, dots_per_inch);
  EXPECT_TRUE(sheet.ok()) << (sheet.ok() ? "" : sheet.fault().message);
  return sheet.ok() ? *sheet : LabelSheet{};
}

std::vector<std::string> TextsIn(const GreyPicture& picture) {
  std::vector<std::string> texts;
  for (const Symbol& symbol : ReadSymbols(picture).symbols) texts.push_back(symbol.text);
  return texts;
}

std::vector<std::string> MessagesOf(const LabelContent& content) {
  std::vector<std::string> messages;
  const auto payloads = PlanCarriers(content, kAll);
  EXPECT_TRUE(payloads.ok());
  for (const CarrierPayload& payload : *payloads) messages.push_back(payload.message);
  return messages;
}

TEST(Label, EveryKindIsHandedOutInEveryFormAndReadAsAWhole) {
  DecodeWorker worker;
  for (const NamedContent& kind : EveryKind()) {
    for (const int dots_per_inch : {203, 300}) {
      for (const LabelFormat format : {LabelFormat::kPng, LabelFormat::kSvg}) {
        const auto file = MakeLabel(kind.content, {format, dots_per_inch, kAll}, worker);
        ASSERT_TRUE(file.ok()) << kind.name << ": " << file.fault().message;
        const auto painted = format == LabelFormat::kPng ? DecodePicture(*file)
                                                         : PaintLabelSvg(*file, dots_per_inch);
        ASSERT_TRUE(painted.ok()) << kind.name;
        EXPECT_THAT(TextsIn(*painted), testing::UnorderedElementsAreArray(MessagesOf(kind.content)))
            << kind.name << " at " << dots_per_inch;
      }
    }
  }
}

TEST(Label, ReadsAfterTurningAndBlurring) {
  for (const NamedContent& kind : EveryKind()) {
    const GreyPicture painted = PaintSheet(SheetOf(kind.content));
    const std::string link = MessagesOf(kind.content)[0];
    const std::string bars = MessagesOf(kind.content)[2];
    for (const double degrees : {3.0, 90.0, 180.0, 267.0}) {
      const GreyPicture photo = Grained(Softened(Turned(painted, degrees)), 20, 3);
      const auto texts = TextsIn(photo);
      EXPECT_THAT(texts, testing::Contains(link)) << kind.name << " turned by " << degrees;
      EXPECT_THAT(texts, testing::Contains(bars)) << kind.name << " turned by " << degrees;
    }
  }
}

// The output of zbarimg, one text a line with its type before it.
std::string ZbarReads(const std::string& path) {
  const std::string command = "zbarimg -q '" + path + "' 2>/dev/null";
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string output;
  char buffer[4096];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;)
    output.append(buffer, got);
  ::pclose(pipe);
  return output;
}

TEST(Label, AnotherReaderReadsTheSame) {
  ASSERT_EQ(std::system("zbarimg --version > /dev/null 2>&1"), 0)
      << "zbarimg of the Debian package zbar-tools is missing";
  const TemporaryFolder folder;
  DecodeWorker worker;
  for (const NamedContent& kind : EveryKind()) {
    const auto file = MakeLabel(kind.content, {}, worker);
    ASSERT_TRUE(file.ok()) << file.fault().message;
    const std::string output = ZbarReads(folder.Write("label.png", *file));
    EXPECT_THAT(output, HasSubstr("QR-Code:" + MessagesOf(kind.content)[0] + "\n")) << kind.name;
    EXPECT_THAT(output, HasSubstr("CODE-128:" + MessagesOf(kind.content)[2] + "\n")) << kind.name;
  }
}

TEST(Label, NothingOverlapsAndNothingIsClipped) {
  for (const NamedContent& kind : EveryKind()) {
    for (const int dots_per_inch : {203, 300}) {
      const LabelSheet sheet = SheetOf(kind.content, dots_per_inch);
      std::vector<BlackBox> areas;
      for (const SheetSymbol& symbol : sheet.symbols) areas.push_back(symbol.area);
      for (const SheetText& text : sheet.texts)
        areas.push_back({text.x, text.y, text.width, text.height});
      for (std::size_t i = 0; i < areas.size(); ++i) {
        const BlackBox& a = areas[i];
        EXPECT_TRUE(a.x > 0 && a.y > 0 && a.x + a.width < sheet.width &&
                    a.y + a.height < sheet.height)
            << kind.name;
        for (std::size_t j = 0; j < i; ++j) {
          const BlackBox& b = areas[j];
          const bool apart = a.x + a.width <= b.x || b.x + b.width <= a.x ||
                             a.y + a.height <= b.y || b.y + b.height <= a.y;
          EXPECT_TRUE(apart) << kind.name << ": areas " << j << " and " << i;
        }
      }
    }
  }
}

TEST(Label, PrintsTheFactsAsTheSymbolsCarryThem) {
  LabelContent content = EveryKind()[2].content;
  content.gtin = "6 260100 200302";
  DecodeWorker worker;
  const auto svg = MakeLabel(content, {LabelFormat::kSvg, 203, kAll}, worker);
  ASSERT_TRUE(svg.ok()) << svg.fault().message;
  EXPECT_THAT(*svg, HasSubstr(">GTIN 06260100200302<"));
}

TEST(Label, LeavesTheMarginOfThePaintedLabelWhite) {
  for (const NamedContent& kind : EveryKind()) {
    const GreyPicture painted = PaintSheet(SheetOf(kind.content));
    for (int y = 0; y < painted.height; ++y) {
      for (int x = 0; x < painted.width; ++x) {
        const bool edge = x < 8 || y < 8 || x >= painted.width - 8 || y >= painted.height - 8;
        ASSERT_TRUE(!edge || painted.At(x, y) == 255) << kind.name << " at " << x << "," << y;
        ASSERT_TRUE(painted.At(x, y) == 0 || painted.At(x, y) == 255);
      }
    }
  }
}

// The narrowest box of a symbol: its module, in dots.
int ModuleDots(const SheetSymbol& symbol) {
  int module = 1000;
  for (const BlackBox& box : symbol.boxes) module = std::min({module, box.width, box.height});
  return module;
}

TEST(Label, KeepsTheModuleAndHeightLimits) {
  for (const NamedContent& kind : EveryKind()) {
    for (const int dots_per_inch : {203, 300}) {
      for (const SheetSymbol& symbol : SheetOf(kind.content, dots_per_inch).symbols) {
        const double module = ModuleDots(symbol) * 25.4 / dots_per_inch;
        const bool bars = symbol.payload.carrier == Carrier::kBars;
        const bool container = kind.content.kind == LabelKind::kContainer;
        const double least = symbol.payload.carrier == Carrier::kQrCode ? 0.396
                             : !bars                                    ? 0.255
                             : container                                ? 0.495
                                                                        : 0.25;
        EXPECT_GE(module, least) << kind.name << " " << CarrierName(symbol.payload.carrier);
        EXPECT_LE(module, 1.016) << kind.name << " " << CarrierName(symbol.payload.carrier);
        if (bars) {
          EXPECT_GE(symbol.boxes.front().height * 25.4 / dots_per_inch, container ? 31.75 : 12.7)
              << kind.name;
        }
        for (const BlackBox& box : symbol.boxes) ASSERT_EQ(box.width % ModuleDots(symbol), 0);
      }
    }
  }
}

TEST(Label, ASymbolThatDoesNotReadBackIsNotHandedOut) {
  DecodeWorker worker;
  for (const Carrier carrier : kAll) {
    LabelSheet sheet = SheetOf(EveryKind()[2].content);
    const GreyPicture whole = PaintSheet(sheet);
    ASSERT_TRUE(ProveLabel(whole, sheet, worker).ok());
    const auto symbol =
        std::find_if(sheet.symbols.begin(), sheet.symbols.end(),
                     [carrier](const SheetSymbol& s) { return s.payload.carrier == carrier; });
    symbol->boxes.resize(symbol->boxes.size() / 2);
    const auto spoilt = ProveLabel(PaintSheet(sheet), sheet, worker);
    ASSERT_FALSE(spoilt.ok());
    EXPECT_EQ(spoilt.fault().kind, FaultKind::kLabelUnreadable);
    EXPECT_THAT(spoilt.fault().message, HasSubstr(std::string(CarrierName(carrier))));
    symbol->payload.message += "0";
    const auto other = ProveLabel(whole, sheet, worker);
    ASSERT_FALSE(other.ok());
    EXPECT_THAT(other.fault().message, HasSubstr(std::string(CarrierName(carrier))));
  }
}

TEST(Label, TheSvgHoldsEveryDotOfTheSymbols) {
  const LabelSheet sheet = SheetOf(EveryKind()[2].content, 300);
  LabelSheet symbols_only = sheet;
  symbols_only.texts.clear();
  const auto painted = PaintLabelSvg(WriteLabelSvg(sheet), 300);
  ASSERT_TRUE(painted.ok());
  EXPECT_EQ(*painted, PaintSheet(symbols_only));
}

TEST(Label, TheSvgEscapesNamesAndTellsTheirDirection) {
  const std::string svg = WriteLabelSvg(SheetOf(EveryKind()[0].content));
  EXPECT_THAT(svg, HasSubstr("Motor oil &amp; grease &lt;4 l&gt;"));
  EXPECT_THAT(svg, HasSubstr("direction=\"rtl\""));
  EXPECT_THAT(svg, HasSubstr("mm\" viewBox=\"0 0 "));
}

TEST(Label, RefusesAnSvgThatIsNoLabel) {
  const std::string svg = WriteLabelSvg(SheetOf(EveryKind()[0].content));
  EXPECT_FALSE(PaintLabelSvg("", 203).ok());
  EXPECT_FALSE(PaintLabelSvg("<svg width=\"1e9mm\" height=\"1mm\">", 203).ok());
  std::string outside = svg;
  outside.insert(outside.find("<rect x="), "<rect x=\"500\" y=\"1\" width=\"9\" height=\"9\"/>\n");
  EXPECT_FALSE(PaintLabelSvg(outside, 203).ok());
}

TEST(Label, RefusesAPrinterThatItDoesNotKnow) {
  DecodeWorker worker;
  LabelOptions options;
  options.dots_per_inch = 150;
  const auto file = MakeLabel(EveryKind()[0].content, options, worker);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.fault().kind, FaultKind::kBadLabelContent);
}

TEST(Label, TellsWhenItsReaderIsMissing) {
  DecodeWorker worker({"/does/not/exist"});
  const auto file = MakeLabel(EveryKind()[0].content, {}, worker);
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.fault().kind, FaultKind::kWorkerMissing);
}

TEST(Label, TheLongestNamesBreakIntoLinesThatFit) {
  LabelContent content = EveryKind()[0].content;
  content.name_en = std::string(kLabelNameBytesMax, 'W');
  content.name_fa.clear();
  while (content.name_fa.size() + 12 <= kLabelNameBytesMax) content.name_fa += "روغن ";
  const LabelSheet sheet = SheetOf(content);
  std::size_t letters = 0;
  for (const SheetText& text : sheet.texts) {
    EXPECT_LE(text.x + text.width, sheet.width - 8);
    EXPECT_GE(text.x, 8);
    letters += static_cast<std::size_t>(std::count(text.text.begin(), text.text.end(), 'W'));
  }
  EXPECT_EQ(letters, kLabelNameBytesMax) << "no letter is lost";
}

TEST(ZintDrawing, AWrongCheckDigitIsAnErrorAndNoWarning) {
  EXPECT_FALSE(DrawSymbol(BarsOrder("[01]06260100200301", true, 50)).ok());
  EXPECT_TRUE(DrawSymbol(BarsOrder("[01]06260100200302", true, 50)).ok());
  EXPECT_FALSE(DrawSymbol(QrOrder("")).ok());
  EXPECT_FALSE(DrawSymbol(QrOrder(std::string(20'000, 'x'))).ok());
}

TEST(ZintDrawing, PersianTextIsMarkedAsUtf8) {
  const auto drawing = DrawSymbol(QrOrder("روغن موتور"));
  ASSERT_TRUE(drawing.ok());
  LabelSheet sheet;
  sheet.width = drawing->width * 4;
  sheet.height = drawing->height * 4;
  SheetSymbol symbol;
  for (const BlackBox& box : drawing->boxes)
    symbol.boxes.push_back({box.x * 4, box.y * 4, box.width * 4, box.height * 4});
  sheet.symbols.push_back(symbol);
  EXPECT_THAT(TextsIn(PaintSheet(sheet)), testing::ElementsAre("روغن موتور"));
}

}  // namespace
}  // namespace radyab::scanner
