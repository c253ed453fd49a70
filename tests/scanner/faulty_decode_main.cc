// A radyab-decode that fails on command, to test how its loss is survived. The width of a frame
// (pixels) says how: 6 aborts, 7 hangs, 8 asks for memory without end, 9 exits, 10 answers
// nonsense. Any other frame is read as by radyab-decode. RADYAB_FAULTY_SECONDS in the environment
// is the longest time of an answer.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <memory>
#include <vector>

#include "scanner/decode_loop.h"
#include "scanner/symbol_reader.h"

namespace {

using radyab::scanner::FoundSymbols;
using radyab::scanner::GreyPicture;

FoundSymbols ReadOrFail(const GreyPicture& picture, int milliseconds_max) {
  std::vector<std::unique_ptr<std::vector<char>>> hoard;
  switch (picture.width) {
    case 6:
      std::abort();
    case 7:
      for (;;) ::pause();
    case 8:
      for (;;) hoard.push_back(std::make_unique<std::vector<char>>(std::size_t{256} << 20));
    case 9:
      std::_Exit(3);
    case 10:
      if (::write(STDOUT_FILENO, "nonsense, and more of it", 24) != 24) std::_Exit(4);
      std::_Exit(0);
    default:
      return radyab::scanner::ReadSymbols(picture, milliseconds_max);
  }
}

}  // namespace

int main() {
  radyab::scanner::LimitThisProcess();
  const char* seconds = std::getenv("RADYAB_FAULTY_SECONDS");
  return radyab::scanner::ServeDecodeRequests(STDIN_FILENO, STDOUT_FILENO, ReadOrFail,
                                              seconds != nullptr
                                                  ? static_cast<unsigned>(std::atoi(seconds))
                                                  : radyab::scanner::kAnswerSecondsMax);
}
