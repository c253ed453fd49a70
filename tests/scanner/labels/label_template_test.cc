#include "scanner/labels/label_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "scanner/label.h"
#include "scanner/label_files.h"
#include "tests/scanner/labels/label_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

constexpr LabelLanguage kLanguages[] = {LabelLanguage::kFa, LabelLanguage::kAr, LabelLanguage::kEn};

LabelSheet SheetOf(const TemplateCase& label, LabelLanguage language, int dots_per_inch = 203) {
  auto sheet = LayOutTemplate(SampleContent(label.label),
                              {label.label, language, dots_per_inch, label.carriers});
  EXPECT_TRUE(sheet.ok()) << label.name << ": " << sheet.fault().message;
  return sheet.ok() ? *std::move(sheet) : LabelSheet{};
}

std::string FaultOf(const LabelContent& content, const TemplateOptions& options) {
  const auto sheet = LayOutTemplate(content, options);
  if (sheet.ok()) return "no fault";
  EXPECT_EQ(sheet.fault().kind, FaultKind::kBadLabelContent);
  return sheet.fault().message;
}

// The narrowest box of a symbol: its module, in dots.
int ModuleDots(const SheetSymbol& symbol) {
  int module = 1000;
  for (const BlackBox& box : symbol.boxes) module = std::min({module, box.width, box.height});
  return module;
}

TEST(LabelTemplate, EveryOneIsReadBackInEveryLanguage) {
  DecodeWorker worker;
  for (const TemplateCase& label : TemplateCases()) {
    for (const LabelLanguage language : kLanguages) {
      for (const int dots_per_inch : {203, 300}) {
        const LabelSheet sheet = SheetOf(label, language, dots_per_inch);
        ASSERT_EQ(sheet.symbols.size(), PayloadsOf(label).size()) << label.name;
        const auto proved = ProveLabel(PaintSheet(sheet), sheet, worker);
        EXPECT_TRUE(proved.ok()) << label.name << " " << LanguageWord(language) << " at "
                                 << dots_per_inch << ": " << proved.fault().message;
      }
    }
  }
}

TEST(LabelTemplate, HasTheStatedSizeAndNothingOverlapsOrLiesOutside) {
  for (const TemplateCase& label : TemplateCases()) {
    for (const LabelLanguage language : kLanguages) {
      for (const int dots_per_inch : {203, 300}) {
        const LabelSheet sheet = SheetOf(label, language, dots_per_inch);
        const LabelSize size = SizeOfTemplate(label.label);
        EXPECT_EQ(sheet.width, std::lround(size.width * dots_per_inch / 25.4));
        EXPECT_EQ(sheet.height, std::lround(size.height * dots_per_inch / 25.4));
        std::vector<BlackBox> areas;
        for (const SheetSymbol& symbol : sheet.symbols) areas.push_back(symbol.area);
        for (const SheetText& text : sheet.texts)
          areas.push_back({text.x, text.y, text.width, text.height});
        for (std::size_t i = 0; i < areas.size(); ++i) {
          const BlackBox& a = areas[i];
          EXPECT_TRUE(a.x > 0 && a.y > 0 && a.x + a.width < sheet.width &&
                      a.y + a.height < sheet.height)
              << label.name << " " << LanguageWord(language) << ": area " << i;
          for (std::size_t j = 0; j < i; ++j) {
            const BlackBox& b = areas[j];
            const bool apart = a.x + a.width <= b.x || b.x + b.width <= a.x ||
                               a.y + a.height <= b.y || b.y + b.height <= a.y;
            EXPECT_TRUE(apart) << label.name << " " << LanguageWord(language) << ": areas " << j
                               << " and " << i;
          }
        }
      }
    }
  }
}

TEST(LabelTemplate, AllInkOfAPaintedLabelLiesInItsPlaces) {
  for (const TemplateCase& label : TemplateCases()) {
    for (const LabelLanguage language : kLanguages) {
      const LabelSheet sheet = SheetOf(label, language);
      GreyPicture painted = PaintSheet(sheet);
      std::vector<BlackBox> areas;
      for (const SheetSymbol& symbol : sheet.symbols) areas.push_back(symbol.area);
      for (const SheetText& text : sheet.texts) {
        areas.push_back({text.x, text.y, text.width, text.height});
        int ink = 0;
        for (int y = text.y; y < text.y + text.height; ++y) {
          for (int x = text.x; x < text.x + text.width; ++x) ink += painted.At(x, y) == 0 ? 1 : 0;
        }
        EXPECT_GT(ink, 0) << label.name << ": \"" << text.text << "\" is not drawn";
      }
      for (const BlackBox& area : areas) {
        for (int y = area.y; y < area.y + area.height; ++y)
          std::fill_n(painted.Row(y) + area.x, area.width, std::uint8_t{255});
      }
      EXPECT_EQ(std::count(painted.pixels.begin(), painted.pixels.end(), 0), 0) << label.name;
    }
  }
}

TEST(LabelTemplate, KeepsTheLimitsOfModulesHeightsAndQuietZones) {
  for (const TemplateCase& label : TemplateCases()) {
    for (const int dots_per_inch : {203, 300}) {
      for (const SheetSymbol& symbol : SheetOf(label, LabelLanguage::kEn, dots_per_inch).symbols) {
        const Carrier carrier = symbol.payload.carrier;
        const double millimetre = 25.4 / dots_per_inch;
        const double module = ModuleDots(symbol) * millimetre;
        int left = symbol.area.width;
        int right = 0;
        int height = 0;
        for (const BlackBox& box : symbol.boxes) {
          left = std::min(left, box.x - symbol.area.x);
          right = std::max(right, box.x + box.width - symbol.area.x);
          height = std::max(height, box.height);
        }
        const double quiet = std::min(left, symbol.area.width - right) / double(ModuleDots(symbol));
        const std::string which = label.name + ", " + std::string(CarrierName(carrier));
        if (label.label == LabelTemplate::kPallet && IsBars(carrier)) {
          EXPECT_GE(module, 0.495) << which;
          EXPECT_LE(module, 0.94) << which;
          EXPECT_GE(height * millimetre, 31.75) << which;
          EXPECT_GE(quiet, 10) << which;
        } else if (carrier == Carrier::kItf14Bars) {
          EXPECT_GE(module, 0.495) << which;
          EXPECT_GE(height * millimetre, 31.75) << which;
        } else if (carrier == Carrier::kEanBars) {
          EXPECT_GE(module, 0.264) << which;
          EXPECT_GE(height * millimetre, 22.85 / 0.33 * module - 0.01) << which;
          EXPECT_GE(quiet, 7) << which;
        } else if (IsBars(carrier)) {
          EXPECT_GE(module, 0.25) << which;
          EXPECT_GE(height * millimetre, label.label == LabelTemplate::kCase ? 31.75 : 12.7)
              << which;
          EXPECT_GE(quiet, 10) << which;
        } else if (symbol.payload.symbology == Symbology::kQrCode) {
          EXPECT_GE(module, 0.396) << which;
          EXPECT_GE(quiet, 4) << which;
        } else {
          EXPECT_GE(module, 0.255) << which;
          EXPECT_GE(quiet, 1) << which;
        }
      }
    }
  }
}

TEST(LabelTemplate, RunsFromTheRightInPersianAndArabic) {
  const TemplateCase unit = {LabelTemplate::kUnit, {}, "unit"};
  const LabelSheet english = SheetOf(unit, LabelLanguage::kEn);
  EXPECT_GT(english.symbols[0].area.x, english.width / 2) << "the symbol on the right";
  for (const LabelLanguage language : {LabelLanguage::kFa, LabelLanguage::kAr}) {
    const LabelSheet sheet = SheetOf(unit, language);
    EXPECT_LT(sheet.symbols[0].area.x, sheet.width / 2) << "the symbol on the left";
    std::set<int> ends;
    for (const SheetText& text : sheet.texts) {
      EXPECT_TRUE(text.right_to_left);
      ends.insert(text.x + text.width);
    }
    EXPECT_EQ(ends.size(), 1u) << "all lines begin at one edge";
  }
}

TEST(LabelTemplate, BetweenThemTheyBearEveryKindOfSymbol) {
  std::set<std::pair<Symbology, bool>> seen;
  for (const TemplateCase& label : TemplateCases()) {
    for (const CarrierPayload& payload : PayloadsOf(label))
      seen.insert({payload.symbology, payload.gs1});
  }
  const std::set<std::pair<Symbology, bool>> wanted = {
      {Symbology::kQrCode, false},    {Symbology::kQrCode, true},  {Symbology::kDataMatrix, false},
      {Symbology::kDataMatrix, true}, {Symbology::kCode128, true}, {Symbology::kCode128, false},
      {Symbology::kEan13, false},     {Symbology::kItf, false}};
  EXPECT_EQ(seen, wanted);
}

TEST(LabelTemplate, BarsHaveTheirMessageInLettersBelow) {
  for (const TemplateCase& label : TemplateCases()) {
    const LabelSheet sheet = SheetOf(label, LabelLanguage::kFa);
    for (const SheetSymbol& symbol : sheet.symbols) {
      if (!IsBars(symbol.payload.carrier)) continue;
      const auto below = std::find_if(
          sheet.texts.begin(), sheet.texts.end(),
          [&](const SheetText& text) { return text.text == symbol.payload.human_text; });
      ASSERT_NE(below, sheet.texts.end()) << label.name << ": " << symbol.payload.human_text;
      EXPECT_GE(below->y, symbol.area.y + symbol.area.height) << label.name;
    }
  }
}

TEST(LabelTemplate, ACustomerCardBearsTheBareCodeAndNoLink) {
  const LabelContent card = SampleContent(LabelTemplate::kCustomerCard);
  const auto payloads = PlanTemplate(card, {LabelTemplate::kCustomerCard});
  ASSERT_TRUE(payloads.ok());
  ASSERT_EQ(payloads->size(), 2u);
  for (const CarrierPayload& payload : *payloads) EXPECT_EQ(payload.message, "7000000017004271");
  for (const Carrier carrier : {Carrier::kQrCode, Carrier::kDataMatrix, Carrier::kBars}) {
    EXPECT_THAT(FaultOf(card, {LabelTemplate::kCustomerCard, LabelLanguage::kFa, 203, {carrier}}),
                HasSubstr("bare code"));
  }
}

TEST(LabelTemplate, RefusesWhatDoesNotBelongOnIt) {
  const LabelContent unit = SampleContent(LabelTemplate::kUnit);
  EXPECT_THAT(FaultOf(unit, {LabelTemplate::kPallet}), HasSubstr("SSCC"));
  EXPECT_THAT(FaultOf(unit, {LabelTemplate::kServiceCard}), HasSubstr("names a item"));
  EXPECT_THAT(FaultOf(unit, {LabelTemplate::kCustomerCard}), HasSubstr("party"));
  EXPECT_THAT(FaultOf(SampleContent(LabelTemplate::kPallet), {LabelTemplate::kUnit}),
              HasSubstr("pallet label"));
  EXPECT_THAT(FaultOf(unit, {LabelTemplate::kUnit,
                             LabelLanguage::kFa,
                             203,
                             {Carrier::kDataMatrix, Carrier::kCodeBars}}),
              HasSubstr("one symbol"));
  EXPECT_THAT(FaultOf(unit, {LabelTemplate::kCase,
                             LabelLanguage::kFa,
                             203,
                             {Carrier::kDataMatrix, Carrier::kQrCode}}),
              HasSubstr("one matrix symbol"));
  EXPECT_THAT(FaultOf(unit, {LabelTemplate::kUnit, LabelLanguage::kFa, 150}), HasSubstr("150"));
}

TEST(LabelTemplate, LongNamesBecomeSmallerAndBreakAndAtLastAreRefused) {
  LabelContent content = SampleContent(LabelTemplate::kUnit);
  const TemplateOptions options = {LabelTemplate::kUnit, LabelLanguage::kEn};
  const int least = static_cast<int>(std::ceil(kTemplateLetterMillimetresMin * 203 / 25.4));
  int refused = 0;
  int broken = 0;
  for (std::size_t words = 1; words <= 34; ++words) {
    content.name_en.clear();
    for (std::size_t i = 0; i < words; ++i) content.name_en += "grease ";
    content.name_en.pop_back();
    const auto sheet = LayOutTemplate(content, options);
    if (!sheet) {
      EXPECT_THAT(sheet.fault().message, HasSubstr("the name \"grease"));
      ++refused;
      continue;
    }
    EXPECT_EQ(refused, 0) << "a longer name fits where a shorter one does not";
    std::size_t seen = 0;
    for (const SheetText& text : sheet->texts) {
      EXPECT_GE(text.size, least);
      for (std::size_t at = text.text.find("grease"); at != std::string::npos;
           at = text.text.find("grease", at + 1))
        ++seen;
    }
    EXPECT_EQ(seen, words) << "no word is lost";
    broken += sheet->texts.size() > 1 && sheet->texts[1].text.starts_with("grease") ? 1 : 0;
  }
  EXPECT_GT(refused, 0);
  EXPECT_GT(broken, 0);
}

TEST(LabelTemplate, RefusesASymbolForWhichThereIsNoRoom) {
  LabelContent content = SampleContent(LabelTemplate::kUnit);
  content.link_host = std::string(200, 'a') + ".example";
  EXPECT_THAT(FaultOf(content, {LabelTemplate::kUnit, LabelLanguage::kFa, 203, {Carrier::kQrCode}}),
              HasSubstr("needs more room than the unit label has"));
}

TEST(LabelTemplate, GtinsOfEveryLengthAreReadBackAsBars) {
  DecodeWorker worker;
  LabelContent content = SampleContent(LabelTemplate::kCase);
  for (const char* gtin : {"6260100200302", "012345678905", "96385074", "16260100200309"}) {
    content.gtin = gtin;
    const bool carton = content.gtin->size() == 14;
    for (const int dots_per_inch : {203, 300}) {
      const auto sheet =
          LayOutTemplate(content, {LabelTemplate::kCase,
                                   LabelLanguage::kFa,
                                   dots_per_inch,
                                   {carton ? Carrier::kItf14Bars : Carrier::kEanBars}});
      ASSERT_TRUE(sheet.ok()) << gtin << ": " << sheet.fault().message;
      const auto proved = ProveLabel(PaintSheet(*sheet), *sheet, worker);
      EXPECT_TRUE(proved.ok()) << gtin << ": " << proved.fault().message;
    }
  }
}

TEST(LabelTemplate, ReadsItsWordsBack) {
  for (const LabelTemplate label : kLabelTemplates)
    EXPECT_EQ(TemplateOfWord(TemplateWord(label)), label);
  EXPECT_FALSE(TemplateOfWord("Unit"));
}

}  // namespace
}  // namespace radyab::scanner
