// Lines of a file or of standard input, of any bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace radyab::cli {

// Longest line taken; the rest of a longer one is passed over.
inline constexpr std::size_t kLineBytesMax = 16 << 20;

// Reads by blocks, so that a program that writes line by line is answered line by line. For one
// thread.
class LineReader {
 public:
  // Takes an open descriptor and leaves it open.
  explicit LineReader(int descriptor) : descriptor_(descriptor) {}

  // The next line without its '\n' (a '\r' before it stays); nothing at the end. A last line
  // without '\n' counts when it is not empty. A read error ends the lines and sets failed().
  std::optional<std::string> Next();

  // True when the next call may have to wait for more input.
  bool MayWait() const;

  bool failed() const { return failed_; }

 private:
  bool Fill();

  int descriptor_;
  std::string block_;
  std::size_t at_ = 0;
  bool ended_ = false;
  bool failed_ = false;
};

}  // namespace radyab::cli
