#include "scanner/labels/label_run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scanner/labels/printer_graphics.h"
#include "scanner/symbol_reader.h"
#include "tests/scanner/labels/label_samples.h"

namespace radyab::scanner {
namespace {

using testing::HasSubstr;

std::vector<LabelContent> Units(int count) {
  std::vector<LabelContent> units;
  for (int i = 1; i <= count; ++i) {
    units.push_back(SampleContent(LabelTemplate::kUnit));
    units.back().serial = "SN" + std::to_string(i);
  }
  return units;
}

LabelRunOptions ZplRun(std::size_t per_document) {
  LabelRunOptions options;
  options.document.label.label = LabelTemplate::kUnit;
  options.document.format = DocumentFormat::kZpl;
  options.labels_per_document = per_document;
  options.workers = 3;
  return options;
}

TEST(LabelRun, HandsOutDocumentsInOrderAndEveryLabelOnce) {
  const auto labels = Units(25);
  std::vector<RunDocument> documents;
  std::size_t drawn = 0;
  std::size_t proved = 0;
  const LabelRunEnd end = RunLabels(
      labels, ZplRun(4),
      [&](RunDocument&& document) {
        documents.push_back(std::move(document));
        return true;
      },
      [&](std::size_t now_drawn, std::size_t now_proved) {
        EXPECT_GE(now_drawn, drawn);
        EXPECT_GE(now_proved, proved);
        EXPECT_GE(now_drawn, now_proved);
        drawn = now_drawn;
        proved = now_proved;
      });
  EXPECT_FALSE(end.fault.has_value());
  EXPECT_EQ(end.handed_out, 25u);
  ASSERT_EQ(documents.size(), 7u);
  std::size_t serial = 0;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    EXPECT_EQ(documents[i].number, i);
    EXPECT_EQ(documents[i].first, serial);
    const auto pictures = PaintZpl(documents[i].bytes);
    ASSERT_TRUE(pictures.ok());
    EXPECT_EQ(pictures->size(), documents[i].count);
    for (const GreyPicture& picture : *pictures) {
      const auto symbols = ReadSymbols(picture).symbols;
      ASSERT_EQ(symbols.size(), 1u);
      ++serial;
      EXPECT_THAT(symbols[0].text, HasSubstr("21SN" + std::to_string(serial) + "\x1D"));
    }
  }
  EXPECT_EQ(serial, 25u);
}

TEST(LabelRun, StopsAtTheFirstFaultAndNamesTheLabel) {
  auto labels = Units(20);
  labels[13].serial = "گ";
  std::size_t handed_out = 0;
  const LabelRunEnd end = RunLabels(labels, ZplRun(4), [&](RunDocument&& document) {
    handed_out += document.count;
    return true;
  });
  ASSERT_TRUE(end.fault.has_value());
  EXPECT_EQ(end.faulty, 13u);
  EXPECT_EQ(end.handed_out, 12u);
  EXPECT_EQ(handed_out, 12u);
}

TEST(LabelRun, StopsWhenNoMoreIsWanted) {
  const LabelRunEnd end = RunLabels(Units(20), ZplRun(2), [](RunDocument&&) { return false; });
  EXPECT_FALSE(end.fault.has_value());
  EXPECT_EQ(end.handed_out, 0u);
}

TEST(LabelRun, TellsWhenItsReaderIsMissing) {
  LabelRunOptions options = ZplRun(2);
  options.decode.program = "/does/not/exist";
  const LabelRunEnd end = RunLabels(Units(4), options, [](RunDocument&&) { return true; });
  ASSERT_TRUE(end.fault.has_value());
  EXPECT_EQ(end.fault->kind, FaultKind::kWorkerMissing);
  EXPECT_EQ(end.handed_out, 0u);
}

TEST(LabelRun, RefusesNumbersOutsideOfItsBounds) {
  const auto take = [](RunDocument&&) { return true; };
  EXPECT_TRUE(RunLabels({}, ZplRun(1), take).fault.has_value());
  EXPECT_TRUE(RunLabels(Units(1), ZplRun(0), take).fault.has_value());
  EXPECT_TRUE(RunLabels(Units(1), ZplRun(kDocumentLabelsMax + 1), take).fault.has_value());
  LabelRunOptions options = ZplRun(1);
  options.workers = kRunWorkersMax + 1;
  EXPECT_THAT(RunLabels(Units(1), options, take).fault->message, HasSubstr("want 1 to 64"));
  options.workers = -1;
  EXPECT_TRUE(RunLabels(Units(1), options, take).fault.has_value());
}

}  // namespace
}  // namespace radyab::scanner
