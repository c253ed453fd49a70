#include "scanner/labels/label_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/labels/printer_graphics.h"
#include "tests/scanner/labels/label_samples.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

constexpr DocumentFormat kFormats[] = {DocumentFormat::kPdf, DocumentFormat::kZpl,
                                       DocumentFormat::kEpl, DocumentFormat::kPng,
                                       DocumentFormat::kSvg};

DocumentOptions OptionsOf(LabelTemplate label, DocumentFormat format) {
  DocumentOptions options;
  options.label.label = label;
  options.format = format;
  options.grid = *GridOfWord("label", label);
  return options;
}

// Units with serials SN1, SN2 …
std::vector<LabelContent> Units(int count) {
  std::vector<LabelContent> units;
  for (int i = 1; i <= count; ++i) {
    units.push_back(SampleContent(LabelTemplate::kUnit));
    units.back().serial = "SN" + std::to_string(i);
  }
  return units;
}

TEST(LabelDocument, EveryTemplateIsHandedOutInEveryFormat) {
  DecodeWorker worker;
  for (const LabelTemplate label : kLabelTemplates) {
    for (const DocumentFormat format : kFormats) {
      const std::vector<LabelContent> labels = {SampleContent(label)};
      std::size_t faulty = 9;
      const auto document = MakeLabelDocument(labels, OptionsOf(label, format), worker, &faulty);
      ASSERT_TRUE(document.ok()) << TemplateWord(label) << " as " << FormatWord(format) << ": "
                                 << document.fault().message;
      EXPECT_GT(document->size(), 500u);
    }
  }
}

TEST(LabelDocument, TellsWhatWasDrawnAndReadBack) {
  DecodeWorker worker;
  const auto labels = Units(30);
  for (const DocumentFormat format :
       {DocumentFormat::kPdf, DocumentFormat::kZpl, DocumentFormat::kEpl}) {
    DocumentOptions options = OptionsOf(LabelTemplate::kUnit, format);
    options.grid = PageGrid();
    std::size_t drawn = 0;
    std::size_t proved = 0;
    std::size_t faulty = 0;
    const std::int64_t before = worker.counts().answered;
    const auto document = MakeLabelDocument(labels, options, worker, &faulty,
                                            [&](std::size_t more_drawn, std::size_t more_proved) {
                                              drawn += more_drawn;
                                              proved += more_proved;
                                            });
    ASSERT_TRUE(document.ok()) << document.fault().message;
    EXPECT_EQ(drawn, 30u);
    EXPECT_EQ(proved, 30u);
    EXPECT_EQ(worker.counts().answered - before, 30) << "a reading for each symbol";
  }
}

TEST(LabelDocument, NamesTheLabelThatIsAtFault) {
  DecodeWorker worker;
  auto labels = Units(5);
  labels[3].name_fa = std::string(240, 'W');
  std::size_t faulty = 0;
  const auto document = MakeLabelDocument(
      labels, OptionsOf(LabelTemplate::kUnit, DocumentFormat::kPdf), worker, &faulty);
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(faulty, 3u);
  EXPECT_THAT(document.fault().message, HasSubstr("the name"));
}

TEST(LabelDocument, IsNotHandedOutWithoutAReader) {
  DecodeWorker worker({"/does/not/exist"});
  const auto labels = Units(1);
  for (const DocumentFormat format : kFormats) {
    std::size_t faulty = 0;
    const auto document =
        MakeLabelDocument(labels, OptionsOf(LabelTemplate::kUnit, format), worker, &faulty);
    ASSERT_FALSE(document.ok()) << FormatWord(format);
    EXPECT_EQ(document.fault().kind, FaultKind::kWorkerMissing);
  }
}

TEST(LabelDocument, PicturesHoldOneLabel) {
  DecodeWorker worker;
  std::size_t faulty = 0;
  for (const DocumentFormat format : {DocumentFormat::kPng, DocumentFormat::kSvg}) {
    EXPECT_FALSE(
        MakeLabelDocument(Units(2), OptionsOf(LabelTemplate::kUnit, format), worker, &faulty).ok());
  }
  EXPECT_FALSE(
      MakeLabelDocument({}, OptionsOf(LabelTemplate::kUnit, DocumentFormat::kPdf), worker, &faulty)
          .ok());
}

TEST(LabelDocument, ReadsItsWordsBack) {
  for (const DocumentFormat format : kFormats) EXPECT_EQ(FormatOfWord(FormatWord(format)), format);
  EXPECT_FALSE(FormatOfWord("doc"));
}

}  // namespace
}  // namespace radyab::scanner
