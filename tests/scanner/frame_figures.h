// What frames full of codes cost, and how soon a stream's codes are found.
#pragma once

#include <cstdint>

namespace radyab::scanner {

// A frame of 60 codes.
struct FrameFigures {
  int found = 0;  // of its texts
  int wrong = 0;  // texts that are none of it
  double processor_milliseconds = 0;
};
FrameFigures ReadFrameOfCodes(std::uint32_t seed);

// A belt of `code_count` codes in `frame_count` frames at 30 a second, read by one worker that
// takes the newest frame whenever it is free, as a camera's driver gives it.
struct StreamFigures {
  int found = 0;
  int late = 0;          // codes not found within 5 frames of being wholly in view
  int worst_frames = 0;  // the longest that one took
  int frames_read = 0;
  double processor_mean = 0;  // milliseconds a frame
  double processor_worst = 0;
};
StreamFigures ReadBelt(int code_count, int frame_count, std::uint32_t seed);

// Prints the lines "figure frame_60_ms", "figure frame_60_found", "figure stream_late_codes" and
// others.
void PrintFrameFigures();

}  // namespace radyab::scanner
