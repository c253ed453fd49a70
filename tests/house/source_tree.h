// What stands in the checkout: every text file we wrote, read once, so that the laws can look at
// it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace radyab::house {

// One #include of a C++ file.
struct Include {
  std::size_t line = 0;  // 1-based
  std::string target;    // what stands between the quotes or brackets
  bool angled = false;   // <target>, not "target"
};

struct SourceFile {
  std::string path;  // from the root, with slashes: "coding/code.h"
  std::string text;
  // The two below are filled for .h and .cc only. `code` is `text` with comments and the insides of
  // literals blanked out, so that places and lines stay the same.
  std::string code;
  std::vector<Include> includes;

  std::string Folder() const;  // "coding"; "" for a file at the root
  std::string Name() const;    // "code.h"
  bool Below(std::string_view folder) const;
  bool EndsWith(std::string_view ending) const;
  bool IsCpp() const;  // .h or .cc
};

struct SourceTree {
  std::filesystem::path root;
  std::vector<SourceFile> files;  // in order of path
  const SourceFile* Find(std::string_view path) const;
};

// Reads all text files below `root` but those that are never committed (.git, build, node_modules,
// __pycache__,
// *.pyc). Files with a zero byte, or longer than 4 MB, are no text.
SourceTree ReadTree(const std::filesystem::path& root);

// Blanks comments, and when `literals_too` the insides of string and character literals, with
// spaces.
std::string Blanked(std::string_view text, bool literals_too);

// 1-based line of the byte at `offset`.
std::size_t LineAt(std::string_view text, std::size_t offset);

// Every place where `word` stands in `text` as a whole word.
std::vector<std::size_t> FindWord(std::string_view text, std::string_view word);

}  // namespace radyab::house
