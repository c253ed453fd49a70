// Measures the reader on a folder of photographs with known texts:
//   scanner_photos_bench --photos DIR [--min-rate PERCENT] [--misses]
// DIR holds manifest.tsv (photo_manifest.h). Positives of symbologies that we know count; a picture
// is right when one of its texts is the expected one. Exits with 1 below the wanted rate or after a
// lost worker.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>
#include <string>

#include "scanner/decode_worker.h"
#include "scanner/picture_source.h"
#include "tests/scanner/photo_manifest.h"

namespace radyab::scanner {
namespace {

struct Share {
  int right = 0;
  int all = 0;
  double percent() const { return all == 0 ? 0 : 100.0 * right / all; }
};

struct Figures {
  Share all;
  Share warehouse;
  std::map<std::string, Share> by_symbology;
  int misreads = 0;
  int negatives_read = 0;
  int pictures = 0;
  double milliseconds_sum = 0;
  double milliseconds_worst = 0;
};

bool IsWarehouse(const std::string& symbology) {
  static const std::set<std::string> kNames = {"Code39", "Code128", "DataMatrix", "EAN8", "EAN13",
                                               "ITF",    "QRCode",  "UPCA",       "UPCE"};
  return kNames.contains(symbology);
}

bool IsRight(const PictureReading& reading, const Photo& photo) {
  return std::any_of(reading.symbols.begin(), reading.symbols.end(),
                     [&photo](const Symbol& symbol) {
                       return NormalText(SymbologyName(symbol.symbology), symbol.text) ==
                              NormalText(photo.symbology, photo.expected);
                     });
}

void Tell(const char* what, const Photo& photo, const PictureReading& reading) {
  std::printf("%s %s:", what, photo.path.c_str());
  for (const Symbol& symbol : reading.symbols) {
    std::printf(" %s \"%.60s\" (%s)", std::string(SymbologyName(symbol.symbology)).c_str(),
                symbol.text.c_str(), symbol.pass.c_str());
  }
  if (reading.fault) std::printf(" %s", reading.fault->message.c_str());
  if (photo.kind == "positive") std::printf(" want \"%.60s\"", photo.expected.c_str());
  std::printf("\n");
}

void Count(const Photo& photo, const PictureReading& reading, bool misses, Figures& figures) {
  ++figures.pictures;
  figures.milliseconds_sum += reading.milliseconds;
  figures.milliseconds_worst = std::max(figures.milliseconds_worst, reading.milliseconds);
  if (photo.kind == "negative" && !reading.symbols.empty()) {
    ++figures.negatives_read;
    Tell("negative", photo, reading);
  }
  if (photo.kind != "positive" || !SymbologyOfName(photo.symbology)) return;
  const bool right = IsRight(reading, photo);
  for (Share* share : {&figures.all, &figures.by_symbology[photo.symbology]}) {
    ++share->all;
    share->right += right ? 1 : 0;
  }
  if (IsWarehouse(photo.symbology)) {
    ++figures.warehouse.all;
    figures.warehouse.right += right ? 1 : 0;
  }
  if (!right && !reading.symbols.empty()) {
    ++figures.misreads;
    Tell("misread", photo, reading);
  } else if (!right && misses) {
    Tell("missed", photo, reading);
  }
}

void Print(const Figures& figures, const DecodeCounts& counts) {
  for (const auto& [symbology, share] : figures.by_symbology) {
    std::printf("symbology %s %d of %d\n", symbology.c_str(), share.right, share.all);
  }
  std::printf("figure rate_all %.2f\n", figures.all.percent());
  std::printf("figure rate_warehouse %.2f\n", figures.warehouse.percent());
  std::printf("figure positives %d\n", figures.all.all);
  std::printf("figure misreads %d\n", figures.misreads);
  std::printf("figure negatives_read %d\n", figures.negatives_read);
  std::printf("figure ms_mean %.2f\n", figures.milliseconds_sum / std::max(1, figures.pictures));
  std::printf("figure ms_worst %.2f\n", figures.milliseconds_worst);
  std::printf("figure aborts %lld\n", static_cast<long long>(counts.died + counts.timed_out));
}

int Run(const std::string& folder, double rate_min, bool misses) {
  const auto photos = ReadPhotoManifest(folder);
  if (photos.empty()) {
    std::fprintf(stderr, "no photographs are listed in %s/manifest.tsv\n", folder.c_str());
    return 2;
  }
  std::vector<std::string> paths;
  for (const Photo& photo : photos) paths.push_back(folder + "/" + photo.path);
  DecodeWorker worker;
  Figures figures;
  std::size_t at = 0;
  const auto done = ScanPictures(paths, worker, [&](const PictureReading& reading) {
    Count(photos[at++], reading, misses, figures);
    return true;
  });
  if (!done) {
    std::fprintf(stderr, "%s\n", done.fault().message.c_str());
    return 2;
  }
  Print(figures, worker.counts());
  const DecodeCounts counts = worker.counts();
  return figures.all.percent() < rate_min || counts.died + counts.timed_out > 0 ? 1 : 0;
}

}  // namespace
}  // namespace radyab::scanner

int main(int argc, char** argv) {
  std::string folder;
  double rate_min = 0;
  bool misses = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--photos") == 0 && i + 1 < argc) {
      folder = argv[++i];
    } else if (std::strcmp(argv[i], "--min-rate") == 0 && i + 1 < argc) {
      rate_min = std::atof(argv[++i]);
    } else if (std::strcmp(argv[i], "--misses") == 0) {
      misses = true;
    } else {
      folder.clear();
      break;
    }
  }
  if (folder.empty()) {
    std::fprintf(stderr,
                 "usage: scanner_photos_bench --photos DIR [--min-rate PERCENT] [--misses]\n");
    return 2;
  }
  return radyab::scanner::Run(folder, rate_min, misses);
}
