#include "scanner/grey_passes.h"

#include <algorithm>
#include <array>

namespace radyab::scanner {
namespace {

constexpr int kTiles = 8;
constexpr int kSlopeMax = 3;
constexpr int kSmallestEvened = 32;  // a tile needs a few pixels for its histogram

using Levels = std::array<std::uint8_t, 256>;  // grey before -> grey after

std::uint8_t Clamp(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

// Catmull-Rom at a quarter and at three quarters between two pixels, in 128ths.
constexpr std::array<int, 4> kQuarter = {-9, 111, 29, -3};

// Doubles one line of `count` values `stride_in` apart into twice as many `stride_out` apart.
void DoubleLine(const std::uint8_t* in, int count, std::size_t stride_in, std::uint8_t* out,
                std::size_t stride_out) {
  const auto at = [&](int i) {
    return static_cast<int>(in[std::clamp(i, 0, count - 1) * stride_in]);
  };
  for (int i = 0; i < count; ++i) {
    const int a = at(i - 2), b = at(i - 1), c = at(i), d = at(i + 1), e = at(i + 2);
    // The two new pixels stand a quarter before and a quarter after the old one.
    const int before = a * kQuarter[3] + b * kQuarter[2] + c * kQuarter[1] + d * kQuarter[0];
    const int after = b * kQuarter[0] + c * kQuarter[1] + d * kQuarter[2] + e * kQuarter[3];
    out[static_cast<std::size_t>(2 * i) * stride_out] = Clamp((before + 64) >> 7);
    out[static_cast<std::size_t>(2 * i + 1) * stride_out] = Clamp((after + 64) >> 7);
  }
}

// The grey table of one tile: its cumulated histogram, no step steeper than kSlopeMax.
Levels TileLevels(const GreyPicture& picture, int left, int top, int right, int bottom) {
  std::array<int, 256> count{};
  for (int y = top; y < bottom; ++y) {
    const std::uint8_t* row = picture.Row(y);
    for (int x = left; x < right; ++x) ++count[row[x]];
  }
  const int pixels = (right - left) * (bottom - top);
  const int count_max = std::max(1, kSlopeMax * pixels / 256);
  int excess = 0;
  for (int& level : count) {
    excess += std::max(0, level - count_max);
    level = std::min(level, count_max);
  }
  Levels levels{};
  std::int64_t sum = 0;
  for (int grey = 0; grey < 256; ++grey) {
    sum += count[static_cast<std::size_t>(grey)];
    const std::int64_t shared = static_cast<std::int64_t>(excess) * (grey + 1) / 256;
    levels[static_cast<std::size_t>(grey)] = Clamp(static_cast<int>((sum + shared) * 255 / pixels));
  }
  return levels;
}

// Between which two tiles a pixel lies, and how far towards the second one (0..256).
struct Between {
  int first;
  int second;
  int weight;
};

std::vector<Between> TileWeights(int size) {
  std::vector<Between> weights(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) {
    // Place in tile widths from the middle of tile 0, in 256ths.
    const int place =
        static_cast<int>((static_cast<std::int64_t>(2 * i + 1) * kTiles * 128) / size) - 128;
    const int first = place < 0 ? -1 : place / 256;
    weights[static_cast<std::size_t>(i)] = {std::clamp(first, 0, kTiles - 1),
                                            std::clamp(first + 1, 0, kTiles - 1),
                                            place - first * 256};
  }
  return weights;
}

// Mean of the (2 * reach + 1)-square around each pixel, edges repeated.
GreyPicture Mean(const GreyPicture& picture, int reach) {
  const int width = picture.width;
  const int height = picture.height;
  const int side = 2 * reach + 1;
  GreyPicture mean = GreyPicture::Blank(width, height);
  std::vector<int> columns(static_cast<std::size_t>(width), 0);
  const auto row = [&](int y) { return picture.Row(std::clamp(y, 0, height - 1)); };
  for (int y = -reach; y <= reach; ++y) {
    for (int x = 0; x < width; ++x) columns[static_cast<std::size_t>(x)] += row(y)[x];
  }
  for (int y = 0; y < height; ++y) {
    const auto column = [&](int x) {
      return columns[static_cast<std::size_t>(std::clamp(x, 0, width - 1))];
    };
    int sum = 0;
    for (int x = -reach; x <= reach; ++x) sum += column(x);
    for (int x = 0; x < width; ++x) {
      mean.Row(y)[x] = static_cast<std::uint8_t>(sum / (side * side));
      sum += column(x + reach + 1) - column(x - reach);
    }
    for (int x = 0; x < width; ++x) {
      columns[static_cast<std::size_t>(x)] += row(y + reach + 1)[x] - row(y - reach)[x];
    }
  }
  return mean;
}

}  // namespace

GreyPicture HalfSize(const GreyPicture& picture) {
  GreyPicture half =
      GreyPicture::Blank(std::max(1, picture.width / 2), std::max(1, picture.height / 2));
  const int right = picture.width > 1 ? 1 : 0;
  const int down = picture.height > 1 ? 1 : 0;
  for (int y = 0; y < half.height; ++y) {
    const std::uint8_t* above = picture.Row(2 * y);
    const std::uint8_t* below = picture.Row(2 * y + down);
    std::uint8_t* row = half.Row(y);
    for (int x = 0; x < half.width; ++x) {
      row[x] = static_cast<std::uint8_t>(
          (above[2 * x] + above[2 * x + right] + below[2 * x] + below[2 * x + right] + 2) / 4);
    }
  }
  return half;
}

GreyPicture DoubleSize(const GreyPicture& picture) {
  if (picture.pixels.empty()) return picture;
  GreyPicture wide = GreyPicture::Blank(picture.width * 2, picture.height);
  for (int y = 0; y < picture.height; ++y)
    DoubleLine(picture.Row(y), picture.width, 1, wide.Row(y), 1);
  GreyPicture large = GreyPicture::Blank(wide.width, picture.height * 2);
  const auto stride = static_cast<std::size_t>(wide.width);
  for (int x = 0; x < wide.width; ++x) {
    DoubleLine(wide.pixels.data() + x, wide.height, stride, large.pixels.data() + x, stride);
  }
  return large;
}

GreyPicture Inverted(const GreyPicture& picture) {
  GreyPicture inverted = picture;
  for (std::uint8_t& pixel : inverted.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
  return inverted;
}

GreyPicture EvenContrast(const GreyPicture& picture) {
  if (picture.width < kSmallestEvened || picture.height < kSmallestEvened) return picture;
  std::array<std::array<Levels, kTiles>, kTiles> tiles;
  for (int j = 0; j < kTiles; ++j) {
    for (int i = 0; i < kTiles; ++i) {
      tiles[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)] =
          TileLevels(picture, picture.width * i / kTiles, picture.height * j / kTiles,
                     picture.width * (i + 1) / kTiles, picture.height * (j + 1) / kTiles);
    }
  }
  const std::vector<Between> across = TileWeights(picture.width);
  const std::vector<Between> down = TileWeights(picture.height);
  GreyPicture even = GreyPicture::Blank(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y) {
    const Between& v = down[static_cast<std::size_t>(y)];
    const auto& above = tiles[static_cast<std::size_t>(v.first)];
    const auto& below = tiles[static_cast<std::size_t>(v.second)];
    const std::uint8_t* from = picture.Row(y);
    std::uint8_t* row = even.Row(y);
    for (int x = 0; x < picture.width; ++x) {
      const Between& h = across[static_cast<std::size_t>(x)];
      const auto first = static_cast<std::size_t>(h.first);
      const auto second = static_cast<std::size_t>(h.second);
      const std::uint8_t grey = from[x];
      const int top = above[first][grey] * (256 - h.weight) + above[second][grey] * h.weight;
      const int bottom = below[first][grey] * (256 - h.weight) + below[second][grey] * h.weight;
      row[x] = static_cast<std::uint8_t>((top * (256 - v.weight) + bottom * v.weight) >> 16);
    }
  }
  return even;
}

GreyPicture Sharpened(const GreyPicture& picture) {
  GreyPicture sharp = Mean(picture, 2);
  for (std::size_t i = 0; i < sharp.pixels.size(); ++i) {
    sharp.pixels[i] = Clamp(2 * picture.pixels[i] - sharp.pixels[i]);
  }
  return sharp;
}

}  // namespace radyab::scanner
