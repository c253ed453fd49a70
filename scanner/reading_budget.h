// How much processor time the reading of one picture may still take.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace radyab::scanner {

// Usual limits of processor time, in milliseconds: of a photograph; of one of a camera's frames, 30
// of which come every second; of a page of a document, which has many times their pixels.
inline constexpr int kReadingMillisecondsMax = 200;
inline constexpr int kFrameMillisecondsMax = 30;
inline constexpr int kPageMillisecondsMax = 2'000;

// Processor time of the calling thread so far, in milliseconds.
double ThreadMilliseconds();

// Hears, for those who measure, what each step of reading a picture took in processor time, with
// the pictures made for it, and whether a symbol was read by it.
using StepListener =
    std::function<void(std::string_view step, double milliseconds, bool symbol_read)>;

// A limit of processor time, and how fast this machine reads: what would go past the limit is not
// begun. A reading that is begun is never broken off, so the time needed is foretold from the
// slowest reading seen so far, by its pixels. Not safe for several threads; belongs to one picture.
class ReadingBudget {
 public:
  // `clock` answers milliseconds that never fall.
  explicit ReadingBudget(double milliseconds_max, double (*clock)() = ThreadMilliseconds);

  // From now on `listener` hears of each step.
  void set_listener(StepListener listener);

  // A step is done: what passed since the step before it is told as its own.
  void StepDone(std::string_view step, bool symbol_read);

  // True when a reading of so many pixels is expected to end within the limit.
  bool Affords(std::int64_t pixels) const;

  // Runs `reading` of so many pixels and learns from the time that it took.
  template <class Reading>
  auto Measured(std::int64_t pixels, Reading reading) {
    const double begun = clock_();
    auto result = reading();
    Learn(pixels, clock_() - begun);
    return result;
  }

  double spent_milliseconds() const { return clock_() - begun_; }

 private:
  void Learn(std::int64_t pixels, double milliseconds);

  double (*clock_)();
  double begun_;
  double milliseconds_max_;
  double milliseconds_a_pixel_ = 0;
  StepListener listener_;
  double step_begun_ = 0;
};

}  // namespace radyab::scanner
