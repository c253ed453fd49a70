// Measures the reader:
//   scanner_photos_bench [--photos DIR] [--no-peers] [--no-frames] [--min-rate SHARE] [--misses]
//                        [--rungs] [--disturb SEED]
// DIR holds photographs and manifest.tsv (photo_manifest.h). Positives of symbologies that we know
// count; a picture is right when one of its texts is the expected one, and every other text in it
// is wrong. zbarimg and ZXing-cpp alone read the same pictures. Then frames are drawn and read
// (frame_figures.h). --rungs tells what each step of reading costs (rung_figures.h), --disturb how
// much is read in disturbed copies (photo_disturbance.h). Exits with 1 below the wanted rate or
// after a lost worker.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "scanner/decode_workers.h"
#include "scanner/picture_file.h"
#include "scanner/picture_source.h"
#include "tests/scanner/frame_figures.h"
#include "tests/scanner/peer_readers.h"
#include "tests/scanner/photo_disturbance.h"
#include "tests/scanner/photo_manifest.h"
#include "tests/scanner/rung_figures.h"
#include "tests/scanner/symbol_samples.h"

namespace radyab::scanner {
namespace {

struct Wishes {
  std::string folder;
  double rate_min = 0;
  bool misses = false;
  bool peers = true;
  bool frames = true;
  bool rungs = false;
  std::optional<std::uint32_t> disturb_seed;
};

constexpr int kHalves = 200;
constexpr std::uint32_t kHalvesSeed = 5;

// How many of the pictures each reader read.
struct Row {
  int all = 0;
  int ours = 0;
  int zbar = 0;
  int zxing = 0;

  void Add(const Row& other) {
    all += other.all;
    ours += other.ours;
    zbar += other.zbar;
    zxing += other.zxing;
  }
};

double ShareOf(int right, const Row& row) {
  return row.all == 0 ? 0 : static_cast<double>(right) / row.all;
}

// Whether a positive picture was read.
struct ReadOrNot {
  bool warehouse = false;
  bool read = false;
};

struct Figures {
  std::map<std::string, Row> by_symbology;
  int wrong_texts = 0;
  int negative_reads = 0;
  int pictures = 0;
  double processor_sum = 0;
  double processor_worst = 0;
  double clock_sum = 0;
  std::vector<ReadOrNot> outcomes = {};  // of the positives
};

bool IsWarehouse(const std::string& symbology) {
  static const std::set<std::string> kNames = {"Code39", "Code128", "DataMatrix", "EAN8", "EAN13",
                                               "ITF",    "QRCode",  "UPCA",       "UPCE"};
  return kNames.contains(symbology);
}

bool Says(std::string_view symbology, std::string_view text, const Photo& photo) {
  return NormalText(symbology, text) == NormalText(photo.symbology, photo.expected);
}

void Tell(const char* what, const Photo& photo, const PictureReading& reading) {
  std::printf("%s %s:", what, photo.path.c_str());
  for (const Symbol& symbol : reading.symbols) {
    std::printf(" %s \"%.60s\" (%s)", std::string(SymbologyName(symbol.symbology)).c_str(),
                symbol.text.c_str(), symbol.pass.c_str());
  }
  if (reading.fault) std::printf(" %s", reading.fault->message.c_str());
  if (photo.kind == "positive") std::printf(" want \"%.60s\"", photo.expected.c_str());
  std::printf(" %.1f ms\n", reading.processor_milliseconds);
}

// What the others read in one picture.
Row PeersRow(const std::string& path, const Photo& photo) {
  Row row;
  for (const std::string& text : ZbarTexts(path)) {
    if (!Says(photo.symbology, text, photo)) continue;
    row.zbar = 1;
    break;
  }
  for (const PeerText& said : ZxingTexts(path)) {
    if (Says(said.symbology, said.text, photo)) row.zxing = 1;
  }
  return row;
}

void Count(const Photo& photo, const PictureReading& reading, const Wishes& wishes,
           Figures& figures) {
  ++figures.pictures;
  figures.processor_sum += reading.processor_milliseconds;
  figures.processor_worst = std::max(figures.processor_worst, reading.processor_milliseconds);
  figures.clock_sum += reading.milliseconds;
  if (photo.kind == "negative" && !reading.symbols.empty()) {
    ++figures.negative_reads;
    Tell("negative", photo, reading);
  }
  if (photo.kind != "positive" || !SymbologyOfName(photo.symbology)) return;
  const auto right =
      std::count_if(reading.symbols.begin(), reading.symbols.end(), [&photo](const Symbol& symbol) {
        return Says(SymbologyName(symbol.symbology), symbol.text, photo);
      });
  const auto wrong = static_cast<std::ptrdiff_t>(reading.symbols.size()) - right;
  figures.by_symbology[photo.symbology].Add({1, right > 0 ? 1 : 0, 0, 0});
  figures.outcomes.push_back({IsWarehouse(photo.symbology), right > 0});
  figures.wrong_texts += static_cast<int>(wrong);
  if (wrong > 0) Tell("wrong", photo, reading);
  if (right == 0 && wishes.misses) Tell("missed", photo, reading);
}

void PrintRow(const std::string& name, const Row& row, bool peers) {
  std::printf("symbology %-15s ours %3d of %3d  %.3f", name.c_str(), row.ours, row.all,
              ShareOf(row.ours, row));
  if (peers) {
    std::printf("  zbarimg %.3f  zxing %.3f", ShareOf(row.zbar, row), ShareOf(row.zxing, row));
  }
  std::printf("\n");
}

// The shares read of random halves of the pictures: pictures never seen are another half of their
// kind.
void PrintHalves(std::vector<ReadOrNot> outcomes) {
  std::mt19937 random(kHalvesSeed);
  for (const bool warehouse : {false, true}) {
    double sum = 0;
    double worst = 1;
    for (int i = 0; i < kHalves; ++i) {
      std::shuffle(outcomes.begin(), outcomes.end(), random);
      int all = 0;
      int read = 0;
      for (std::size_t k = 0; k < outcomes.size() / 2; ++k) {
        if (warehouse && !outcomes[k].warehouse) continue;
        ++all;
        read += outcomes[k].read ? 1 : 0;
      }
      const double rate = all == 0 ? 0 : static_cast<double>(read) / all;
      sum += rate;
      worst = std::min(worst, rate);
    }
    const char* name = warehouse ? "warehouse" : "all";
    std::printf("figure rate_%s_halves_mean %.4f\n", name, sum / kHalves);
    std::printf("figure rate_%s_halves_worst %.4f\n", name, worst);
  }
}

double Print(const Figures& figures, const DecodeCounts& counts, bool peers) {
  Row all;
  Row warehouse;
  for (const auto& [symbology, row] : figures.by_symbology) {
    PrintRow(symbology, row, peers);
    all.Add(row);
    if (IsWarehouse(symbology)) warehouse.Add(row);
  }
  PrintRow("all", all, peers);
  PrintRow("warehouse", warehouse, peers);
  const int pictures = std::max(1, figures.pictures);
  std::printf("figure rate_all %.4f\n", ShareOf(all.ours, all));
  std::printf("figure rate_warehouse %.4f\n", ShareOf(warehouse.ours, warehouse));
  PrintHalves(figures.outcomes);
  if (peers) {
    std::printf("figure zbar_rate_all %.4f\n", ShareOf(all.zbar, all));
    std::printf("figure zbar_rate_warehouse %.4f\n", ShareOf(warehouse.zbar, warehouse));
    std::printf("figure zxing_rate_all %.4f\n", ShareOf(all.zxing, all));
    std::printf("figure zxing_rate_warehouse %.4f\n", ShareOf(warehouse.zxing, warehouse));
  }
  std::printf("figure positives %d\n", all.all);
  std::printf("figure wrong_texts %d\n", figures.wrong_texts);
  std::printf("figure negative_reads %d\n", figures.negative_reads);
  std::printf("figure aborts %lld\n", static_cast<long long>(counts.died + counts.timed_out));
  std::printf("figure ms_mean %.2f\n", figures.processor_sum / pictures);
  std::printf("figure ms_worst %.2f\n", figures.processor_worst);
  std::printf("figure clock_ms_mean %.2f\n", figures.clock_sum / pictures);
  return ShareOf(all.ours, all);
}

int MeasurePhotos(const Wishes& wishes) {
  const auto photos = ReadPhotoManifest(wishes.folder);
  if (photos.empty()) {
    std::fprintf(stderr, "no photographs are listed in %s/manifest.tsv\n", wishes.folder.c_str());
    return 2;
  }
  std::vector<std::string> paths;
  for (const Photo& photo : photos) paths.push_back(wishes.folder + "/" + photo.path);
  DecodeWorkers workers(1);
  Figures figures;
  std::size_t at = 0;
  const auto done = ScanPictures(paths, workers, [&](const PictureReading& reading) {
    Count(photos[at++], reading, wishes, figures);
    return true;
  });
  if (!done) {
    std::fprintf(stderr, "%s\n", done.fault().message.c_str());
    return 2;
  }
  // Only now the others: they would take our worker's time.
  for (std::size_t i = 0; wishes.peers && i < photos.size(); ++i) {
    const Photo& photo = photos[i];
    if (photo.kind != "positive" || !SymbologyOfName(photo.symbology)) continue;
    figures.by_symbology[photo.symbology].Add(PeersRow(paths[i], photo));
  }
  const DecodeCounts counts = workers.counts();
  const double rate = Print(figures, counts, wishes.peers);
  return rate < wishes.rate_min || counts.died + counts.timed_out > 0 ? 1 : 0;
}

// Reads disturbed copies of all photographs, one disturbance after the other.
int MeasureDisturbed(const Wishes& wishes) {
  DecodeWorkers workers(1);
  for (const Disturbance disturbance : kDisturbances) {
    const TemporaryFolder folder;
    std::vector<Photo> photos;
    std::vector<std::string> paths;
    for (const Photo& photo : ReadPhotoManifest(wishes.folder)) {
      const auto bytes = ReadPictureBytes(wishes.folder + "/" + photo.path);
      if (!bytes) continue;
      const auto picture = DecodePicture(*bytes);
      if (!picture) continue;
      const auto seed = *wishes.disturb_seed + static_cast<std::uint32_t>(photos.size());
      paths.push_back(
          folder.Write(std::to_string(photos.size()), DisturbedFile(*picture, disturbance, seed)));
      photos.push_back(photo);
    }
    Figures figures;
    std::size_t at = 0;
    const auto done = ScanPictures(paths, workers, [&](const PictureReading& reading) {
      Count(photos[at++], reading, wishes, figures);
      return true;
    });
    if (!done) {
      std::fprintf(stderr, "%s\n", done.fault().message.c_str());
      return 2;
    }
    Row all;
    Row warehouse;
    for (const auto& [symbology, row] : figures.by_symbology) {
      all.Add(row);
      if (IsWarehouse(symbology)) warehouse.Add(row);
    }
    const std::string name(DisturbanceName(disturbance));
    std::printf("figure rate_all_%s %.4f\n", name.c_str(), ShareOf(all.ours, all));
    std::printf("figure rate_warehouse_%s %.4f\n", name.c_str(),
                ShareOf(warehouse.ours, warehouse));
    std::printf("figure wrong_texts_%s %d\n", name.c_str(), figures.wrong_texts);
    std::printf("figure ms_mean_%s %.2f\n", name.c_str(),
                figures.processor_sum / std::max(1, figures.pictures));
  }
  return 0;
}

int Run(Wishes wishes) {
  if (wishes.peers && !HasZbar()) {
    std::fprintf(stderr, "zbarimg is not installed (Debian: zbar-tools): its share is 0\n");
  }
  int status = 0;
  if (!wishes.folder.empty()) status = MeasurePhotos(wishes);
  if (wishes.rungs && !wishes.folder.empty()) {
    std::vector<std::string> paths;
    for (const Photo& photo : ReadPhotoManifest(wishes.folder)) {
      paths.push_back(wishes.folder + "/" + photo.path);
    }
    PrintRungFigures(paths);
  }
  if (wishes.disturb_seed && !wishes.folder.empty()) {
    status = std::max(status, MeasureDisturbed(wishes));
  }
  if (wishes.frames) PrintFrameFigures();
  return status;
}

}  // namespace
}  // namespace radyab::scanner

int main(int argc, char** argv) {
  radyab::scanner::Wishes wishes;
  bool known = true;
  for (int i = 1; i < argc && known; ++i) {
    const std::string name = argv[i];
    if (name == "--photos" && i + 1 < argc) {
      wishes.folder = argv[++i];
    } else if (name == "--min-rate" && i + 1 < argc) {
      wishes.rate_min = std::atof(argv[++i]);
    } else if (name == "--disturb" && i + 1 < argc) {
      wishes.disturb_seed = static_cast<std::uint32_t>(std::atoll(argv[++i]));
    } else if (name == "--rungs") {
      wishes.rungs = true;
    } else if (name == "--misses") {
      wishes.misses = true;
    } else if (name == "--no-peers") {
      wishes.peers = false;
    } else if (name == "--no-frames") {
      wishes.frames = false;
    } else {
      known = false;
    }
  }
  if (!known || (wishes.folder.empty() && !wishes.frames)) {
    std::fprintf(stderr,
                 "usage: scanner_photos_bench [--photos DIR] [--no-peers] [--no-frames] "
                 "[--min-rate SHARE] [--misses] [--rungs] [--disturb SEED]\n");
    return 2;
  }
  return radyab::scanner::Run(wishes);
}
