#include "tests/house/source_tree.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace radyab::house {
namespace {

constexpr std::size_t kTextBytesMax = 4U << 20;

bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

void Blank(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end && i < text.size(); ++i) {
    if (text[i] != '\n') text[i] = ' ';
  }
}

// Each of these takes the place where a thing begins and answers the place just after it.
std::size_t EndOfLineComment(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::size_t EndOfBlockComment(std::string_view text, std::size_t at) {
  const std::size_t end = text.find("*/", at + 2);
  return end == std::string_view::npos ? text.size() : end + 2;
}

std::size_t EndOfLiteral(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == text[at])
      return i + 1;
  }
  return at + 1;
}

std::size_t EndOfRawLiteral(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  if (open == std::string_view::npos) return at + 1;
  const std::string close = ")" + std::string(text.substr(at + 1, open - at - 1)) + "\"";
  const std::size_t end = text.find(close, open);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

std::vector<Include> ReadIncludes(const std::string& text) {
  static const std::regex pattern(R"(^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"])");
  const std::string without_comments = Blanked(text, false);
  std::vector<Include> includes;
  std::size_t line = 0;
  for (std::size_t begin = 0; begin < without_comments.size();) {
    const std::size_t end = EndOfLineComment(without_comments, begin);
    ++line;
    const std::string one = without_comments.substr(begin, end - begin);
    if (std::smatch match; std::regex_search(one, match, pattern)) {
      includes.push_back({line, match[2], match[1] == "<"});
    }
    begin = end + 1;
  }
  return includes;
}

bool NeverCommitted(const std::filesystem::path& path) {
  static const std::set<std::string> names = {".git", "build", "node_modules", "__pycache__"};
  return names.contains(path.filename().string()) || path.extension() == ".pyc";
}

}  // namespace

std::string SourceFile::Folder() const {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string SourceFile::Name() const { return path.substr(path.rfind('/') + 1); }

bool SourceFile::Below(std::string_view folder) const {
  return path.starts_with(std::string(folder) + "/");
}

bool SourceFile::EndsWith(std::string_view ending) const { return path.ends_with(ending); }

bool SourceFile::IsCpp() const { return EndsWith(".h") || EndsWith(".cc"); }

const SourceFile* SourceTree::Find(std::string_view path) const {
  const auto found = std::ranges::find(files, path, &SourceFile::path);
  return found == files.end() ? nullptr : &*found;
}

SourceTree ReadTree(const std::filesystem::path& root) {
  SourceTree tree{root, {}};
  std::filesystem::recursive_directory_iterator entry(root);
  for (; entry != std::filesystem::recursive_directory_iterator(); ++entry) {
    if (NeverCommitted(entry->path())) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file() || entry->file_size() > kTextBytesMax) continue;
    std::ifstream in(entry->path(), std::ios::binary);
    SourceFile file;
    file.path = entry->path().lexically_relative(root).generic_string();
    file.text.assign(std::istreambuf_iterator<char>(in), {});
    if (file.text.find('\0') != std::string::npos) continue;
    if (file.IsCpp()) {
      file.code = Blanked(file.text, true);
      file.includes = ReadIncludes(file.text);
    }
    tree.files.push_back(std::move(file));
  }
  std::ranges::sort(tree.files, {}, &SourceFile::path);
  return tree;
}

std::string Blanked(std::string_view text, bool literals_too) {
  std::string blanked(text);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const bool after_word = at > 0 && IsWordCharacter(text[at - 1]);
    if (rest.starts_with("//") || rest.starts_with("/*")) {
      const std::size_t end =
          rest[1] == '/' ? EndOfLineComment(text, at) : EndOfBlockComment(text, at);
      Blank(blanked, at, end);
      at = end;
    } else if (rest.starts_with("R\"") && !after_word) {
      const std::size_t end = EndOfRawLiteral(text, at + 1);
      if (literals_too) Blank(blanked, at + 2, end - 1);
      at = end;
    } else if (text[at] == '"' || (text[at] == '\'' && !after_word)) {  // 1'000 is a number
      const std::size_t end = EndOfLiteral(text, at);
      if (literals_too && end > at + 1) Blank(blanked, at + 1, end - 1);
      at = end;
    } else {
      ++at;
    }
  }
  return blanked;
}

std::size_t LineAt(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

std::vector<std::size_t> FindWord(std::string_view text, std::string_view word) {
  std::vector<std::size_t> places;
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !IsWordCharacter(text[at - 1]);
    if (begins && (end == text.size() || !IsWordCharacter(text[end]))) places.push_back(at);
  }
  return places;
}

}  // namespace radyab::house
