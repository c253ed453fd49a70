// Element strings, raw and bracketed: what is read can be written, and reads back as the same
// elements.
#include <algorithm>

#include "coding/bracketed_elements.h"
#include "coding/digital_link.h"
#include "coding/element_rules.h"
#include "coding/element_splits.h"
#include "coding/element_string.h"
#include "tests/fuzz/fuzz_expect.h"

namespace {

using radyab::coding::Element;
using radyab::fuzz::Expect;
using Elements = std::vector<Element>;

Elements Sorted(Elements elements) {
  std::ranges::sort(elements, {}, &Element::ai);
  return elements;
}

void ExpectRoundTrips(const Elements& elements) {
  const std::string raw = radyab::coding::WriteElementString(elements);
  const auto again = radyab::coding::ParseElementString(raw);
  Expect(again.ok() && again.value() == elements, "a written element string reads back");
  const auto exact = radyab::coding::WriteBracketedExactly(elements);
  const auto people = radyab::coding::ParseBracketed(exact);
  Expect(people.ok() && people.value() == elements, "the bracketed form reads back");
  const auto strict = radyab::coding::ReadBracketed(exact, radyab::coding::kCenturyReferenceYear,
                                                    radyab::coding::Brackets::kExact);
  Expect(strict.ok() && strict.value().elements == elements, "and so it does read exactly");
  const auto link = radyab::coding::WriteDigitalLink("id.example", elements);
  if (!link.ok())
    return radyab::fuzz::ExpectGoodRefusal(link.refusal(),
                                           radyab::coding::WriteBracketed(elements));
  const auto linked = radyab::coding::ParseDigitalLink(link.value());
  Expect(linked.ok() && Sorted(linked.value().elements) == Sorted(elements),
         "a link of elements reads back");
}

}  // namespace

namespace {

// Views and owned elements are two ways to the same answer.
void ExpectViewsAgree(std::string_view text) {
  radyab::coding::ElementViews views;
  const auto refusal = radyab::coding::ReadElementViews(text, 2026, views);
  const auto reading = radyab::coding::ReadElementString(text, 2026);
  Expect(reading.ok() == !refusal, "views are refused where elements are");
  if (!reading.ok()) return;
  Expect(views.size() == reading.value().elements.size(), "views are as many as elements");
  const bool kept = radyab::coding::BrokenRules(reading.value().elements).empty();
  Expect(kept == radyab::coding::KeepRules(views), "views keep the rules that elements keep");
}

// Every way to part a text again is a right element string.
void ExpectGoodSplits(std::string_view text) {
  for (const auto& split : radyab::coding::SplitElements(text, 2026)) {
    const std::string raw = radyab::coding::WriteElementString(split.elements);
    const auto again = radyab::coding::ParseElementString(raw, 2026);
    Expect(again.ok() && again.value() == split.elements, "a split reads back");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = radyab::fuzz::Text(data, size);
  ExpectViewsAgree(text);
  ExpectGoodSplits(text);
  for (const auto& parsed :
       {radyab::coding::ParseElementString(text), radyab::coding::ParseBracketed(text)}) {
    if (parsed.ok()) {
      ExpectRoundTrips(parsed.value());
    } else {
      radyab::fuzz::ExpectGoodRefusal(parsed.refusal(), text);
    }
  }
  return 0;
}
