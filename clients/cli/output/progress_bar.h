// How far a long piece of work has come.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace radyab::cli {

// One line on standard error that is drawn over and over, at most ten times a second, and only when
// standard error is a terminal. For one thread.
class ProgressBar {
 public:
  // `total` is the end of `done`; 0 when it is not known.
  ProgressBar(std::string title, std::int64_t total);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `note` stands behind the bar.
  void Show(std::int64_t done, const std::string& note);

  // Takes the line away, so that something else can be written; the next Show draws it again.
  void Clear();

 private:
  std::string title_;
  std::int64_t total_;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point shown_{};
};

// The bar as text: "items [#####     ] 50 % 120 rows". `total` 0: without a bar.
std::string ProgressLine(const std::string& title, std::int64_t done, std::int64_t total,
                         const std::string& note);

}  // namespace radyab::cli
