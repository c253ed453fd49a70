// radyab-decode: reads barcodes out of pictures for another process, so that a picture on which a
// decoding library aborts costs this process and not that one. Speaks scanner/decode_protocol.h
// over standard input and output; started by scanner/decode_worker.h.
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "scanner/decode_loop.h"
#include "scanner/symbol_reader.h"

int main(int argc, char** argv) {
  if (argc > 1) {
    const bool help = std::strcmp(argv[1], "--help") == 0;
    std::fprintf(help ? stdout : stderr,
                 "radyab-decode is started by radyab and radyabd; it takes no arguments.\n"
                 "To read pictures use: radyab scan PATH...\n");
    return help ? 0 : 2;
  }
  radyab::scanner::LimitThisProcess();
  return radyab::scanner::ServeDecodeRequests(
      STDIN_FILENO, STDOUT_FILENO,
      [](const radyab::scanner::GreyPicture& picture, int milliseconds_max) {
        return radyab::scanner::ReadSymbols(picture, milliseconds_max);
      });
}
