// The pattern by which a class names its items: text with {base}, {KEY} of an attribute, and parts
// in [ ] that fall away when an attribute in them is not given.
//
//   {base} {brand}[, {fat_percent} % fat]      "Yoghurt Damdaran, 1.5 % fat", "Yoghurt Damdaran"
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::catalog {

inline constexpr std::size_t kPatternCharactersMax = 300;
inline constexpr std::string_view kBaseKey = "base";

// One piece of a pattern. Any thread.
struct PatternPiece {
  enum class What { kText, kKey };
  What what = What::kText;
  std::string text;  // as it stands, or the key
  int group = 0;     // 0: outside of [ ]; else the number of its [ ], from 1
};

// The pieces of `pattern` in order. Nothing, and `fault` says what is wrong and at which character
// (from 1), when a bracket is not closed, stands in another of its kind, or a key is empty.
std::optional<std::vector<PatternPiece>> ReadNamePattern(std::string_view pattern,
                                                         std::string& fault);

// The name: `value` gives what a key stands for, or nothing. A group with a key without a value
// falls away; outside of groups such a key leaves nothing behind. Spaces at the ends, and more than
// one in a row, are left out.
std::string BuildName(const std::vector<PatternPiece>& pieces,
                      const std::function<std::optional<std::string>(std::string_view)>& value);

}  // namespace radyab::catalog
