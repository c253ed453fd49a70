#include "registry/linkage/text_distance.h"

#include <algorithm>
#include <bitset>
#include <utility>
#include <vector>

namespace radyab::linkage {
namespace {

constexpr double kPrefixWeight = 0.1;
constexpr std::size_t kPrefixCharactersMax = 4;
constexpr std::size_t kCharactersMax = kComparedCharactersMax;

double Jaro(std::u32string_view left, std::u32string_view right) {
  const std::size_t longest = std::max(left.size(), right.size());
  const std::size_t window = longest / 2 > 0 ? longest / 2 - 1 : 0;
  std::bitset<kCharactersMax> left_matched, right_matched;
  std::size_t matches = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::size_t begin = i > window ? i - window : 0;
    const std::size_t end = std::min(i + window + 1, right.size());
    for (std::size_t j = begin; j < end; ++j) {
      if (right_matched[j] || left[i] != right[j]) continue;
      left_matched[i] = right_matched[j] = true;
      ++matches;
      break;
    }
  }
  if (matches == 0) return 0;
  std::size_t out_of_order = 0;
  for (std::size_t i = 0, j = 0; i < left.size(); ++i) {
    if (!left_matched[i]) continue;
    while (!right_matched[j]) ++j;
    if (left[i] != right[j]) ++out_of_order;
    ++j;
  }
  const auto count = static_cast<double>(matches);
  const double transpositions = static_cast<double>(out_of_order) / 2;
  return (count / static_cast<double>(left.size()) + count / static_cast<double>(right.size()) +
          (count - transpositions) / count) /
         3;
}

// Takes off what both texts begin and end with.
void TakeOffCommonEnds(std::string_view& left, std::string_view& right) {
  while (!left.empty() && !right.empty() && left.front() == right.front()) {
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  while (!left.empty() && !right.empty() && left.back() == right.back()) {
    left.remove_suffix(1);
    right.remove_suffix(1);
  }
}

}  // namespace

double JaroWinkler(std::u32string_view left, std::u32string_view right) {
  left = left.substr(0, kCharactersMax);
  right = right.substr(0, kCharactersMax);
  if (left == right) return 1;
  const double jaro = Jaro(left, right);
  const std::size_t most = std::min({left.size(), right.size(), kPrefixCharactersMax});
  std::size_t prefix = 0;
  while (prefix < most && left[prefix] == right[prefix]) ++prefix;
  return jaro + static_cast<double>(prefix) * kPrefixWeight * (1 - jaro);
}

std::size_t DamerauDistance(std::string_view left, std::string_view right, std::size_t limit) {
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > limit) return limit + 1;
  TakeOffCommonEnds(left, right);
  if (left.empty()) return right.size();
  // One step changes one place: no more than two swapped characters are left of it.
  if (limit == 1 && right.size() > 2) return limit + 1;
  std::vector<std::size_t> two_back, back(right.size() + 1), row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) back[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t replaced = back[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, back[j] + 1, row[j - 1] + 1});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], two_back[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    // A swap reaches over one row: two rows beyond the limit end it, one alone does not.
    if (least > limit && (i == 1 || *std::ranges::min_element(back) > limit)) return limit + 1;
    two_back = back;
    back = row;
  }
  return std::min(back[right.size()], limit + 1);
}

bool AreOneSlipApart(std::u32string_view left, std::u32string_view right) {
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > 1) return false;
  const auto unlike = static_cast<std::size_t>(
      std::mismatch(left.begin(), left.end(), right.begin()).first - left.begin());
  if (left.size() < right.size()) return left.substr(unlike) == right.substr(unlike + 1);
  if (unlike == left.size()) return false;
  if (left.substr(unlike + 1) == right.substr(unlike + 1)) return true;
  return unlike + 1 < left.size() && left[unlike] == right[unlike + 1] &&
         left[unlike + 1] == right[unlike] && left.substr(unlike + 2) == right.substr(unlike + 2);
}

}  // namespace radyab::linkage
