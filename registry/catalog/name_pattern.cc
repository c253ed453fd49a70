#include "registry/catalog/name_pattern.h"

#include <set>
#include <utility>

#include "coding/utf8_reader.h"

namespace radyab::catalog {
namespace {

// Reads one pattern from left to right.
class PatternReader {
 public:
  explicit PatternReader(std::string_view pattern) : pattern_(pattern) {}

  std::optional<std::vector<PatternPiece>> Read(std::string& fault) {
    for (; at_ < pattern_.size(); ++at_) {
      if (!Take(pattern_[at_])) {
        fault = "character " + std::to_string(CharacterNumber(fault_at_)) + ": " + fault_;
        return std::nullopt;
      }
    }
    if (in_key_ || in_group_) {
      fault = std::string(in_key_ ? "a {" : "a [") + " is never closed";
      return std::nullopt;
    }
    EndText();
    return std::move(pieces_);
  }

 private:
  bool Take(char c) {
    switch (c) {
      case '{':
        if (in_key_) return Fail("a { in a key");
        EndText();
        in_key_ = true;
        return true;
      case '}':
        if (!in_key_) return Fail("a } without its {");
        if (text_.empty()) return Fail("an empty key");
        in_key_ = false;
        Add(PatternPiece::What::kKey);
        return true;
      case '[':
        if (in_key_ || in_group_) return Fail(in_key_ ? "a [ in a key" : "a [ in another one");
        EndText();
        in_group_ = true;
        ++group_count_;
        return true;
      case ']':
        if (in_key_ || !in_group_) return Fail(in_key_ ? "a ] in a key" : "a ] without its [");
        EndText();
        in_group_ = false;
        return true;
      default:
        text_ += c;
        return true;
    }
  }

  bool Fail(std::string_view fault) {
    fault_ = fault;
    fault_at_ = at_;
    return false;
  }

  std::size_t CharacterNumber(std::size_t byte) const {
    return coding::CountCharacters(pattern_, byte) + 1;
  }

  void EndText() {
    if (!text_.empty()) Add(PatternPiece::What::kText);
  }

  void Add(PatternPiece::What what) {
    pieces_.push_back({what, std::exchange(text_, {}), in_group_ ? group_count_ : 0});
  }

  const std::string_view pattern_;
  std::size_t at_ = 0, fault_at_ = 0;
  std::string text_, fault_;
  bool in_key_ = false, in_group_ = false;
  int group_count_ = 0;
  std::vector<PatternPiece> pieces_;
};

std::string WithoutSpareSpaces(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    if (c == ' ' && (clean.empty() || clean.back() == ' ')) continue;
    clean += c;
  }
  if (!clean.empty() && clean.back() == ' ') clean.pop_back();
  return clean;
}

}  // namespace

std::optional<std::vector<PatternPiece>> ReadNamePattern(std::string_view pattern,
                                                         std::string& fault) {
  return PatternReader(pattern).Read(fault);
}

std::string BuildName(const std::vector<PatternPiece>& pieces,
                      const std::function<std::optional<std::string>(std::string_view)>& value) {
  std::vector<std::string> texts;
  std::set<int> dropped;
  for (const PatternPiece& piece : pieces) {
    std::optional<std::string> text = piece.text;
    if (piece.what == PatternPiece::What::kKey) text = value(piece.text);
    if (!text && piece.group != 0) dropped.insert(piece.group);
    texts.push_back(text.value_or(""));
  }
  std::string name;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (!dropped.contains(pieces[i].group)) name += texts[i];
  }
  return WithoutSpareSpaces(name);
}

}  // namespace radyab::catalog
