#include "scanner/labels/text_fitting.h"

#include <algorithm>
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

// The largest size at which no paragraph would have to be broken, if letters grew evenly: where to
// begin.
Outcome<int> FirstSize(const std::vector<Paragraph>& paragraphs, const TextRoom& room) {
  constexpr int kUnbroken = 1'000'000;
  const auto set = SetAt(paragraphs, kUnbroken, room.size_max);
  if (!set) return set.fault();
  if (set->width <= room.width) return room.size_max;
  // A dot more, since they do not.
  return std::min(room.size_max, room.size_max * room.width / set->width + 1);
}

Outcome<FittedText> LargestBroken(const std::vector<Paragraph>& paragraphs, const TextRoom& room,
                                  std::string_view what) {
  for (int size = room.size_max; size >= room.size_min; --size) {
    auto set = SetAt(paragraphs, room.width, size);
    if (!set) return set.fault();
    if (set->FitsIn(room)) return std::move(std::move(set).value().text);
  }
  return DoesNotFit(paragraphs, what);
}

}  // namespace

Outcome<FittedText> FitText(const std::vector<Paragraph>& paragraphs, const TextRoom& room,
                            FitOrder order, std::string_view what) {
  if (order == FitOrder::kShrinkFirst) {
    const auto first = FirstSize(paragraphs, room);
    if (!first) return first.fault();
    for (int size = *first; size >= room.size_min; --size) {
      auto set = SetAt(paragraphs, room.width, size);
      if (!set) return set.fault();
      if (!set->broken && set->FitsIn(room)) return std::move(std::move(set).value().text);
    }
  }
  return LargestBroken(paragraphs, room, what);
}

}  // namespace radyab::scanner
