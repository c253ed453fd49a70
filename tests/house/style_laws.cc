#include <algorithm>
#include <array>
#include <initializer_list>
#include <regex>
#include <set>
#include <string_view>

#include "tests/house/laws.h"

namespace radyab::house {
namespace {

constexpr std::size_t kHeaderLinesMax = 150;
constexpr std::size_t kSourceLinesMax = 400;
constexpr std::size_t kColumnsMax = 100;

// Files that may be longer, each with its reason.
const std::set<std::string, std::less<>> kLongFiles = {};

// Spelled in two halves, so that this file does not break its own law.
const std::array kUnfinished = {std::string("TO") + "DO", std::string("FIX") + "ME"};
const std::array kSkipping = {std::string("GTEST") + "_SKIP", std::string("DISABLED") + "_"};

// Bytes that continue a code point do not count as columns.
std::size_t CodePoints(std::string_view line) {
  return static_cast<std::size_t>(std::ranges::count_if(
      line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool IsSource(const SourceFile& file) {
  const std::string name = file.Name();
  return file.IsCpp() || file.path == "dev" || file.Below(".ci") || name == "CMakeLists.txt" ||
         std::ranges::any_of(
             std::initializer_list<std::string_view>{".proto", ".py", ".sh", ".js", ".mjs", ".ts"},
             [&](std::string_view ending) { return name.ends_with(ending); });
}

}  // namespace

Faults FilesStaySmall(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!file.IsCpp()) continue;
    std::size_t line = 0;
    for (std::size_t begin = 0; begin < file.text.size(); ++line) {
      const std::size_t end = std::min(file.text.find('\n', begin), file.text.size());
      const std::size_t columns =
          CodePoints(std::string_view(file.text).substr(begin, end - begin));
      if (columns > kColumnsMax) {
        faults.push_back({file.path, line + 1, std::to_string(columns) + " columns, at most 100"});
      }
      begin = end + 1;
    }
    const std::size_t lines_max = file.EndsWith(".h") ? kHeaderLinesMax : kSourceLinesMax;
    if (line > lines_max && !kLongFiles.contains(file.path)) {
      faults.push_back({file.path, 0,
                        std::to_string(line) + " lines, at most " + std::to_string(lines_max) +
                            ": split it by meaning"});
    }
  }
  return faults;
}

Faults HeadersHavePragmaOnce(const SourceTree& tree) {
  static const std::regex pragma(R"((^|\n)#pragma once\n)");
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (file.EndsWith(".h") && !std::regex_search(file.code, pragma)) {
      faults.push_back({file.path, 0, "a header begins with #pragma once"});
    }
  }
  return faults;
}

Faults NoForbiddenWords(const SourceTree& tree) {
  static const std::regex using_std(R"(\busing\s+namespace\s+std\s*;)");
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!IsSource(file)) continue;
    for (const std::string& word : kUnfinished) {
      for (const std::size_t place : FindWord(file.text, word)) {
        faults.push_back(
            {file.path, LineAt(file.text, place), word + ": finish it or file an issue"});
      }
    }
    for (std::sregex_iterator match(file.code.begin(), file.code.end(), using_std), end;
         match != end; ++match) {
      faults.push_back({file.path, LineAt(file.code, static_cast<std::size_t>(match->position())),
                        "std is named, never opened"});
    }
  }
  return faults;
}

Faults NoTestIsSkipped(const SourceTree& tree) {
  Faults faults;
  for (const SourceFile& file : tree.files) {
    if (!file.IsCpp()) continue;
    for (const std::string& word : kSkipping) {
      for (std::size_t at = file.code.find(word); at != std::string::npos;
           at = file.code.find(word, at + 1)) {
        faults.push_back({file.path, LineAt(file.code, at), word + ": a test runs or it goes"});
      }
    }
  }
  return faults;
}

}  // namespace radyab::house
