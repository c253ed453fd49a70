#include "clients/cli/near_word.h"

#include <algorithm>
#include <cstddef>

namespace radyab::cli {
namespace {

constexpr std::size_t kWordBytesMax = 64;  // no verb or option is longer
constexpr std::size_t kShortWord = 4, kFarShort = 1, kFar = 2;

// Optimal string alignment.
std::size_t Distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before, last(right.size() + 1), now(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t other = left[i - 1] == right[j - 1] ? 0 : 1;
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + other});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before = last;
    last = now;
  }
  return last[right.size()];
}

}  // namespace

std::string NearestWord(std::string_view word, const std::vector<std::string>& words) {
  if (word.size() > kWordBytesMax) return "";
  std::size_t least = word.size() <= kShortWord ? kFarShort : kFar;
  std::string nearest;
  for (const std::string& known : words) {
    const std::size_t distance = Distance(word, known);
    if (distance > least || (distance == least && !nearest.empty())) continue;
    least = distance;
    nearest = known;
  }
  return nearest;
}

}  // namespace radyab::cli
