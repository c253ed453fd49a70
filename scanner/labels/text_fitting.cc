#include "scanner/labels/text_fitting.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace radyab::scanner {
namespace {

// All of the text at one size, and how much room it takes.
struct SetText {
  FittedText text;
  bool broken = false;
  int width = 0;
  int height = 0;

  bool FitsIn(const TextRoom& room) const { return width <= room.width && height <= room.height; }
};

Outcome<SetText> SetAt(const std::vector<Paragraph>& paragraphs, int width, int size) {
  SetText set;
  set.text.size = size;
  for (const Paragraph& paragraph : paragraphs) {
    const auto lines = BreakText(paragraph.text, {size, paragraph.right_to_left}, width);
    if (!lines) return lines.fault();
    set.broken |= lines->size() > 1;
    for (const TextLine& line : *lines) {
      set.width = std::max(set.width, line.width);
      set.height += line.height;
      set.text.lines.push_back({line, paragraph.right_to_left});
    }
  }
  return set;
}

ScanFault DoesNotFit(const std::vector<Paragraph>& paragraphs, std::string_view what) {
  std::string text;
  for (const Paragraph& paragraph : paragraphs)
    text += (text.empty() ? "" : " / ") + paragraph.text;
  return {FaultKind::kBadLabelContent,
          std::string(what) + " \"" + text +
              "\" does not fit on the label, not even in its smallest letters"};
}

}  // namespace

Outcome<FittedText> FitText(const std::vector<Paragraph>& paragraphs, const TextRoom& room,
                            FitOrder order, std::string_view what) {
  std::optional<FittedText> broken;
  for (int size = room.size_max; size >= room.size_min; --size) {
    auto set = SetAt(paragraphs, room.width, size);
    if (!set) return set.fault();
    if (!set->FitsIn(room)) continue;
    SetText fitting = std::move(set).value();
    if (!fitting.broken || order == FitOrder::kBreakFirst) return std::move(fitting.text);
    if (!broken) broken = std::move(fitting.text);
  }
  if (broken) return *std::move(broken);
  return DoesNotFit(paragraphs, what);
}

}  // namespace radyab::scanner
