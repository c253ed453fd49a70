#include "scanner/labels/pdf_drawing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace radyab::scanner {
namespace {

constexpr std::size_t kSavedStatesMax = 64;
constexpr double kSamePoint = 1e-3;

struct Point {
  double x = 0;
  double y = 0;
};

// x' = a x + c y + e, y' = b x + d y + f.
struct Matrix {
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;

  Point Apply(Point p) const { return {a * p.x + c * p.y + e, b * p.x + d * p.y + f}; }
  // First `inner`, then this.
  Matrix After(const Matrix& inner) const {
    return {a * inner.a + c * inner.b,     b * inner.a + d * inner.b,
            a * inner.c + c * inner.d,     b * inner.c + d * inner.d,
            a * inner.e + c * inner.f + e, b * inner.e + d * inner.f + f};
  }
};

struct State {
  Matrix matrix;
  bool black = true;
};

ScanFault NotUnderstood(std::string_view what) {
  return {FaultKind::kLabelUnreadable,
          "the PDF draws what no label of ours has: " + std::string(what)};
}

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\0'; }
bool IsDelimiter(char c) {
  return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '/';
}

// Cuts a drawing into its words. A text in brackets is one word, "(" alone.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  // The next word; empty at the end.
  std::string_view Next() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
    if (at_ >= text_.size()) return {};
    const std::size_t begin = at_;
    if (text_[at_] == '(') {
      PassText();
      return text_.substr(begin, 1);
    }
    if (text_[at_] == '<' && at_ + 1 < text_.size() && text_[at_ + 1] != '<') {
      at_ = std::min(text_.size(), text_.find('>', at_)) + 1;
      return text_.substr(begin, 1);
    }
    ++at_;
    if (IsDelimiter(text_[begin]) && text_[begin] != '/') return text_.substr(begin, 1);
    while (at_ < text_.size() && !IsBlank(text_[at_]) && !IsDelimiter(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

 private:
  // Texts may hold brackets in pairs, and any byte behind a backslash.
  void PassText() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == '(') {
        ++depth;
      } else if (text_[at_] == ')' && --depth == 0) {
        ++at_;
        return;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

class Reader {
 public:
  Outcome<std::vector<PointBox>> Read(std::string_view drawing) {
    Words words(drawing);
    for (std::string_view word = words.Next(); !word.empty(); word = words.Next()) {
      if (in_text_) {
        in_text_ = word != "ET";
        continue;
      }
      double number = 0;
      const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
      if (read.ec == std::errc() && read.ptr == word.data() + word.size()) {
        numbers_.push_back(number);
        continue;
      }
      if (IsDelimiter(word[0])) continue;
      if (std::string why = Do(word); !why.empty()) return NotUnderstood(why);
      numbers_.clear();
    }
    return std::move(boxes_);
  }

 private:
  using Line = std::vector<Point>;

  // One operator. Answers what is not understood, or nothing.
  std::string Do(std::string_view word) {
    const std::string name(word);
    if (word == "q") return Save();
    if (word == "Q") return Restore();
    if (word == "BT") return in_text_ = true, "";
    if (word == "cm") return numbers_.size() == 6 ? Concatenate() : name;
    if (word == "g" || word == "rg") return SetColour();
    if (word == "gs" || word == "W" || word == "W*") return "";
    if (word == "re") return numbers_.size() == 4 ? AddRectangle() : name;
    if (word == "m" || word == "l") return numbers_.size() == 2 ? AddPoint(word == "m") : name;
    if (word == "c" || word == "v" || word == "y") return curved_ = true, "";
    if (word == "h") return "";
    if (word == "n") return EndPath();
    if (word == "f" || word == "f*" || word == "F") return Fill();
    return name;
  }

  std::string Save() {
    if (saved_.size() >= kSavedStatesMax) return "states that nest too deep";
    saved_.push_back(state_);
    return "";
  }

  std::string Restore() {
    if (saved_.empty()) return "a state that was not saved";
    state_ = saved_.back();
    saved_.pop_back();
    return "";
  }

  std::string Concatenate() {
    state_.matrix = state_.matrix.After(
        {numbers_[0], numbers_[1], numbers_[2], numbers_[3], numbers_[4], numbers_[5]});
    return "";
  }

  std::string SetColour() {
    state_.black = std::all_of(numbers_.begin(), numbers_.end(), [](double n) { return n == 0; });
    return "";
  }

  std::string AddRectangle() {
    const double x = numbers_[0], y = numbers_[1], width = numbers_[2], height = numbers_[3];
    Line line;
    for (const Point p : {Point{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}})
      line.push_back(state_.matrix.Apply(p));
    path_.push_back(std::move(line));
    return "";
  }

  std::string AddPoint(bool begins) {
    if (begins) path_.emplace_back();
    if (path_.empty()) return "a line without a beginning";
    path_.back().push_back(state_.matrix.Apply({numbers_[0], numbers_[1]}));
    return "";
  }

  std::string EndPath() {
    path_.clear();
    curved_ = false;
    return "";
  }

  std::string Fill() {
    if (curved_) return "a filled curve";
    if (!state_.black) return "something filled in a colour";
    for (const Line& line : path_) {
      if (std::string why = AddBox(line); !why.empty()) return why;
    }
    return EndPath();
  }

  std::string AddBox(Line line) {
    const auto same = [](double left, double right) { return std::abs(left - right) < kSamePoint; };
    if (line.size() == 5 && same(line[0].x, line[4].x) && same(line[0].y, line[4].y))
      line.pop_back();
    if (line.size() == 1) return "";  // a beginning that nothing follows
    if (line.size() != 4) return "a filled shape of " + std::to_string(line.size()) + " corners";
    const bool first_level = same(line[0].y, line[1].y) && same(line[1].x, line[2].x) &&
                             same(line[2].y, line[3].y) && same(line[3].x, line[0].x);
    const bool first_upright = same(line[0].x, line[1].x) && same(line[1].y, line[2].y) &&
                               same(line[2].x, line[3].x) && same(line[3].y, line[0].y);
    if (!first_level && !first_upright) return "a filled shape that is no upright rectangle";
    boxes_.push_back({std::min(line[0].x, line[2].x), std::min(line[0].y, line[2].y),
                      std::max(line[0].x, line[2].x), std::max(line[0].y, line[2].y)});
    return "";
  }

  std::vector<double> numbers_;
  std::vector<Line> path_;
  std::vector<State> saved_;
  std::vector<PointBox> boxes_;
  State state_;
  bool curved_ = false;
  bool in_text_ = false;
};

}  // namespace

Outcome<std::vector<PointBox>> BlackBoxesOf(std::string_view drawing) {
  return Reader().Read(drawing);
}

bool ReadNumbers(std::string_view text, std::span<double> numbers) {
  Words words(text);
  for (double& number : numbers) {
    const std::string_view word = words.Next();
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    if (word.empty() || read.ec != std::errc() || read.ptr != word.data() + word.size())
      return false;
  }
  return true;
}

}  // namespace radyab::scanner
