// How many labels a second are made and read back:
//   labels_bench [--labels N]
// N labels (10,000) of the unit template, Persian, each with a serial and a GS1 Data Matrix of its
// own, as sheets of 24; every label is read back from the finished bytes before they are handed
// out. The same as ZPL, and as one-label pages. Exits with 1 when a label was at fault.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "scanner/labels/label_run.h"

namespace radyab::scanner {
namespace {

std::vector<LabelContent> Units(std::size_t count) {
  LabelContent unit;
  unit.kind = LabelKind::kUnit;
  unit.code = coding::ParseCode("1042000017000113").value();
  unit.gtin = "6260100200302";
  unit.lot = "L-2026/07";
  unit.name_fa =
      "روغن موتور تمام‌سنتتیک ۴ لیتری (کارتن ۱۲ عددی)";
  unit.name_en = "Motor oil, 4 l";
  unit.production = coding::CivilDate{2026, 4, 1};
  unit.expiry = coding::CivilDate{2027, 3, 31};
  std::vector<LabelContent> units(count, unit);
  for (std::size_t i = 0; i < count; ++i) units[i].serial = "SN" + std::to_string(1'000'000 + i);
  return units;
}

bool Measure(const char* figure, const std::vector<LabelContent>& labels,
             const LabelRunOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  std::size_t bytes = 0;
  std::size_t proved = 0;
  const LabelRunEnd end = RunLabels(
      labels, options,
      [&bytes](RunDocument&& document) {
        bytes += document.bytes.size();
        return true;
      },
      [&proved](std::size_t, std::size_t now_proved) { proved = now_proved; });
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  if (end.fault) {
    std::fprintf(stderr, "%s: label %zu: %s\n", figure, end.faulty, end.fault->message.c_str());
    return false;
  }
  std::printf("figure %s %.1f\n", figure, static_cast<double>(end.handed_out) / seconds.count());
  std::printf("figure %s_bytes_per_label %.0f\n", figure,
              static_cast<double>(bytes) / static_cast<double>(end.handed_out));
  return true;
}

int Run(std::size_t count) {
  const std::vector<LabelContent> labels = Units(count);
  LabelRunOptions options;
  options.document.label.label = LabelTemplate::kUnit;
  if (!Measure("labels_pdf_per_s", labels, options)) return 1;
  options.document.grid = *GridOfWord("label", LabelTemplate::kUnit);
  if (!Measure("labels_pdf_page_each_per_s", labels, options)) return 1;
  options.document.format = DocumentFormat::kZpl;
  return Measure("labels_zpl_per_s", labels, options) ? 0 : 1;
}

}  // namespace
}  // namespace radyab::scanner

int main(int argc, char** argv) {
  std::size_t count = 10'000;
  if (argc == 3 && std::strcmp(argv[1], "--labels") == 0) {
    count = std::strtoull(argv[2], nullptr, 10);
  } else if (argc != 1) {
    std::fprintf(stderr, "usage: labels_bench [--labels N]\n");
    return 2;
  }
  return radyab::scanner::Run(count);
}
