#include "tests/scanner/frame_figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "scanner/grey_passes.h"
#include "scanner/reading_budget.h"
#include "scanner/symbol_reader.h"
#include "tests/scanner/camera_frames.h"

namespace radyab::scanner {
namespace {

constexpr double kFrameMilliseconds = 1000.0 / 30;
constexpr int kFramesMax = 5;
constexpr int kFrameSeeds = 5;

}  // namespace

FrameFigures ReadFrameOfCodes(std::uint32_t seed) {
  std::vector<std::string> texts;
  const GreyPicture frame = FrameOfCodes(60, seed, texts);
  const double begun = ThreadMilliseconds();
  const FoundSymbols found = ReadSymbols(frame, kFrameMillisecondsMax);
  FrameFigures figures;
  figures.processor_milliseconds = ThreadMilliseconds() - begun;
  std::set<std::string> said;
  for (const Symbol& symbol : found.symbols) {
    said.insert(symbol.text);
    if (std::find(texts.begin(), texts.end(), symbol.text) == texts.end()) ++figures.wrong;
  }
  figures.found =
      static_cast<int>(std::count_if(texts.begin(), texts.end(), [&said](const std::string& text) {
        return said.contains(text);
      }));
  return figures;
}

StreamFigures ReadBelt(int code_count, int frame_count, std::uint32_t seed) {
  const Belt belt(code_count, frame_count, seed);
  std::vector<int> found_at(static_cast<std::size_t>(code_count), -1);
  StreamFigures figures;
  double processor_sum = 0;
  // The clock of the stream runs by the processor time of the reader alone: drawing costs nothing.
  double now = 0;
  for (int number = 0; number < frame_count;) {
    const GreyPicture frame = belt.Frame(number);
    const double begun = ThreadMilliseconds();
    const FoundSymbols found = ReadSymbols(frame, kFrameMillisecondsMax);
    const double took = ThreadMilliseconds() - begun;
    ++figures.frames_read;
    processor_sum += took;
    figures.processor_worst = std::max(figures.processor_worst, took);
    now = std::max(now, number * kFrameMilliseconds) + took;
    const int answered = static_cast<int>(std::ceil(now / kFrameMilliseconds));
    for (std::size_t i = 0; i < found_at.size(); ++i) {
      const bool seen =
          std::any_of(found.symbols.begin(), found.symbols.end(),
                      [&](const Symbol& symbol) { return symbol.text == belt.codes()[i].text; });
      if (seen && found_at[i] < 0) found_at[i] = answered;
    }
    // The newest frame that is there when the reader is free again.
    number = std::max(number + 1, static_cast<int>(now / kFrameMilliseconds));
  }
  for (std::size_t i = 0; i < found_at.size(); ++i) {
    if (found_at[i] < 0) {
      ++figures.late;
      continue;
    }
    ++figures.found;
    const int frames = found_at[i] - belt.FirstFrame(i);
    figures.worst_frames = std::max(figures.worst_frames, frames);
    if (frames > kFramesMax) ++figures.late;
  }
  figures.processor_mean = processor_sum / std::max(1, figures.frames_read);
  return figures;
}

void PrintFrameFigures() {
  KeepToOneThread();
  FrameFigures worst{60, 0, 0};
  for (std::uint32_t seed = 1; seed <= kFrameSeeds; ++seed) {
    const FrameFigures figures = ReadFrameOfCodes(seed);
    worst.found = std::min(worst.found, figures.found);
    worst.wrong = std::max(worst.wrong, figures.wrong);
    worst.processor_milliseconds =
        std::max(worst.processor_milliseconds, figures.processor_milliseconds);
  }
  std::printf("figure frame_60_ms %.2f\n", worst.processor_milliseconds);
  std::printf("figure frame_60_found %d\n", worst.found);
  std::printf("figure frame_60_wrong %d\n", worst.wrong);
  const StreamFigures stream = ReadBelt(40, 900, 1);
  std::printf("figure stream_late_codes %d\n", stream.late);
  std::printf("figure stream_found_codes %d\n", stream.found);
  std::printf("figure stream_worst_frames %d\n", stream.worst_frames);
  std::printf("figure stream_frames_read %d\n", stream.frames_read);
  std::printf("figure stream_ms_mean %.2f\n", stream.processor_mean);
  std::printf("figure stream_ms_worst %.2f\n", stream.processor_worst);
}

}  // namespace radyab::scanner
