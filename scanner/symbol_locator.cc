#include "scanner/symbol_locator.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace radyab::scanner {
namespace {

constexpr int kContrastMin = 64;
constexpr int kBlocksMin = 4;
constexpr int kRatioMax = 5;

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

BlockMap BusyBlocks(const GreyPicture& picture, int side) {
  BlockMap map;
  map.columns = picture.width / side;
  map.rows = picture.height / side;
  map.busy.assign(static_cast<std::size_t>(map.columns) * static_cast<std::size_t>(map.rows), 0);
  for (int row = 0; row < map.rows; ++row) {
    for (int column = 0; column < map.columns; ++column) {
      int least = 255;
      int most = 0;
      for (int y = row * side; y < (row + 1) * side; ++y) {
        const std::uint8_t* pixel = picture.Row(y) + column * side;
        for (int x = 0; x < side; ++x) {
          least = std::min<int>(least, pixel[x]);
          most = std::max<int>(most, pixel[x]);
        }
      }
      map.At(column, row) = most - least >= kContrastMin ? 1 : 0;
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
  BlockMap map = BusyBlocks(picture, block_side);
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

}  // namespace radyab::scanner
