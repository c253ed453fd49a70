// How many labels a second are made and read back:
//   labels_bench [--labels N]
// N labels (10,000) of the unit template, Persian, each with a serial and a GS1 Data Matrix of its
// own, as sheets of 24; every label is read back from the finished bytes before they are handed
// out. The same as ZPL, and as one-label pages. Exits with 1 when a label was at fault.
#include <sys/resource.h>
#include <sys/time.h>

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

// Processor time of this process and of the workers that it has ended, in seconds.
double ProcessorSeconds() {
  double seconds = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      seconds += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  }
  return seconds;
}

bool Measure(const char* figure, const std::vector<LabelContent>& labels,
             const LabelRunOptions& options) {
  const auto begun = std::chrono::steady_clock::now();
  const double processor_begun = ProcessorSeconds();
  std::size_t bytes = 0;
  const LabelRunEnd end = RunLabels(labels, options, [&bytes](RunDocument&& document) {
    bytes += document.bytes.size();
    return true;
  });
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
  if (end.fault) {
    std::fprintf(stderr, "%s: label %zu: %s\n", figure, end.faulty, end.fault->message.c_str());
    return false;
  }
  std::printf("figure %s %.1f\n", figure, static_cast<double>(end.handed_out) / seconds.count());
  std::printf("figure %s_processor_ms_per_label %.2f\n", figure,
              (ProcessorSeconds() - processor_begun) * 1000 / static_cast<double>(end.handed_out));
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
