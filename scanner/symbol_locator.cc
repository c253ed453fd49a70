#include "scanner/symbol_locator.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace radyab::scanner {
namespace {

constexpr int kContrastMin = 64;
constexpr int kBlocksMin = 4;
constexpr int kRatioMax = 5;
constexpr int kSmallBlock = 4;
constexpr int kLargeBlock = 12;
constexpr int kFaintContrast = 32;
constexpr int kOneGrey = 8;
constexpr int kLongBlocksMin = 5;
constexpr int kWideBlocksMin = 4;

// Which blocks of a picture are busy; later, which area they belong to.
struct BlockMap {
  int columns = 0;
  int rows = 0;
  std::vector<std::uint8_t> busy;

  std::uint8_t& At(int column, int row) {
    return busy[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                static_cast<std::size_t>(column)];
  }
};

// Pixels that are worked on together: a fixed number, so that the compiler does it at once.
constexpr int kTogether = 32;

// Where `row` is darker or lighter than what was seen so far.
void TakeIn(const std::uint8_t* row, int width, std::uint8_t* least, std::uint8_t* most) {
  int x = 0;
  for (; x + kTogether <= width; x += kTogether) {
    for (int k = 0; k < kTogether; ++k) {
      least[x + k] = std::min(least[x + k], row[x + k]);
      most[x + k] = std::max(most[x + k], row[x + k]);
    }
  }
  for (; x < width; ++x) {
    least[x] = std::min(least[x], row[x]);
    most[x] = std::max(most[x], row[x]);
  }
}

// A block is looked at with the first pixels of the next ones: else modules as large as the blocks,
// and lying as they do, would leave every block in one grey.
BlockMap BusyBlocks(const GreyPicture& picture, int side, int contrast_min) {
  BlockMap map;
  map.columns = picture.width / side;
  map.rows = picture.height / side;
  map.busy.assign(static_cast<std::size_t>(map.columns) * static_cast<std::size_t>(map.rows), 0);
  const auto width = static_cast<std::size_t>(picture.width);
  std::vector<std::uint8_t> least(width);
  std::vector<std::uint8_t> most(width);
  for (int row = 0; row < map.rows; ++row) {
    const int top = row * side;
    std::copy_n(picture.Row(top), width, least.begin());
    std::copy_n(picture.Row(top), width, most.begin());
    for (int y = top + 1; y < std::min(picture.height, top + side + 1); ++y) {
      TakeIn(picture.Row(y), picture.width, least.data(), most.data());
    }
    const std::uint8_t* low = least.data();
    const std::uint8_t* high = most.data();
    for (int column = 0; column < map.columns; ++column, low += side, high += side) {
      const int wide = std::min(side + 1, picture.width - column * side);
      std::uint8_t darkest = low[0];
      std::uint8_t lightest = high[0];
      for (int x = 1; x < wide; ++x) {
        darkest = std::min(darkest, low[x]);
        lightest = std::max(lightest, high[x]);
      }
      map.At(column, row) = lightest - darkest >= contrast_min ? 1 : 0;
    }
  }
  return map;
}

// Takes the area that begins at a busy block out of the map. Blocks join over a gap of one.
PictureArea TakeArea(BlockMap& map, int column, int row) {
  int left = column, right = column, top = row, bottom = row;
  std::vector<std::array<int, 2>> waiting = {{column, row}};
  map.At(column, row) = 0;
  while (!waiting.empty()) {
    const auto [c, r] = waiting.back();
    waiting.pop_back();
    left = std::min(left, c);
    right = std::max(right, c);
    top = std::min(top, r);
    bottom = std::max(bottom, r);
    for (int y = std::max(0, r - 2); y <= std::min(map.rows - 1, r + 2); ++y) {
      for (int x = std::max(0, c - 2); x <= std::min(map.columns - 1, c + 2); ++x) {
        if (map.At(x, y) == 0) continue;
        map.At(x, y) = 0;
        waiting.push_back({x, y});
      }
    }
  }
  return {left, top, right - left + 1, bottom - top + 1};
}

}  // namespace

std::vector<PictureArea> BusyAreas(const GreyPicture& picture, int block_side) {
  BlockMap map = BusyBlocks(picture, block_side, kContrastMin);
  std::vector<PictureArea> areas;
  for (int row = 0; row < map.rows; ++row) {
    for (int column = 0; column < map.columns; ++column) {
      if (map.At(column, row) == 0) continue;
      const PictureArea area = TakeArea(map, column, row);
      const int shorter = std::min(area.width, area.height);
      const int longer = std::max(area.width, area.height);
      if (shorter < kBlocksMin || longer > kRatioMax * shorter ||
          area.width * 10 > map.columns * 9 || area.height * 10 > map.rows * 9) {
        continue;
      }
      areas.push_back({area.left * block_side, area.top * block_side, area.width * block_side,
                       area.height * block_side});
    }
  }
  std::stable_sort(areas.begin(), areas.end(), [](const PictureArea& a, const PictureArea& b) {
    return a.width * a.height > b.width * b.height;
  });
  if (areas.size() > kAreasMax) areas.resize(kAreasMax);
  return areas;
}

double BusyPart(const GreyPicture& picture) {
  const BlockMap map = BusyBlocks(picture, kLargeBlock, kContrastMin);
  if (map.busy.empty()) return 0;
  const auto busy = std::count(map.busy.begin(), map.busy.end(), 1);
  return static_cast<double>(busy) / static_cast<double>(map.busy.size());
}

bool IsOneGrey(const GreyPicture& picture) {
  if (picture.pixels.empty()) return true;
  const auto first = picture.pixels.front();
  int least = first;
  int most = first;
  for (int y = 0; y < picture.height && most - least < kOneGrey; ++y) {
    const auto [low, high] = std::minmax_element(picture.Row(y), picture.Row(y) + picture.width);
    least = std::min<int>(least, *low);
    most = std::max<int>(most, *high);
  }
  return most - least < kOneGrey;
}

bool MayShowSymbol(const GreyPicture& picture) {
  BlockMap map = BusyBlocks(picture, kSmallBlock, kFaintContrast);
  for (int row = 0; row < map.rows; ++row) {
    for (int column = 0; column < map.columns; ++column) {
      if (map.At(column, row) == 0) continue;
      const PictureArea area = TakeArea(map, column, row);
      if (std::max(area.width, area.height) >= kLongBlocksMin &&
          std::min(area.width, area.height) >= kWideBlocksMin) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace radyab::scanner
