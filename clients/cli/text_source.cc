#include "clients/cli/text_source.h"

#include <unistd.h>

#include "clients/cli/line_reader.h"

namespace radyab::cli {

bool ForEachText(const std::vector<std::string>& arguments,
                 const std::function<bool(const std::string&)>& each,
                 const std::function<bool()>& pause) {
  const bool from_input = arguments.empty() || (arguments.size() == 1 && arguments.front() == "-");
  if (!from_input) {
    for (const std::string& text : arguments) {
      if (!each(text)) return true;
    }
    pause();
    return true;
  }
  LineReader lines(STDIN_FILENO);
  for (;;) {
    if (lines.MayWait() && !pause()) return true;
    const auto line = lines.Next();
    if (!line) break;
    if (!each(*line)) return true;
  }
  pause();
  return !lines.failed();
}

}  // namespace radyab::cli
