// Element strings, raw and bracketed: what is read can be written, and reads back as the same
// elements.
#include <algorithm>

#include "coding/digital_link.h"
#include "coding/element_string.h"
#include "tests/fuzz/fuzz_expect.h"

namespace {

using radyab::coding::Element;
using radyab::fuzz::Expect;
using Elements = std::vector<Element>;

bool HoldsBracket(const Elements& elements) {
  return std::ranges::any_of(elements, [](const Element& element) {
    return element.value.find('(') != std::string::npos;
  });
}

Elements Sorted(Elements elements) {
  std::ranges::sort(elements, {}, &Element::ai);
  return elements;
}

void ExpectRoundTrips(const Elements& elements) {
  const std::string raw = radyab::coding::WriteElementString(elements);
  const auto again = radyab::coding::ParseElementString(raw);
  Expect(again.ok() && again.value() == elements, "a written element string reads back");
  // A value may hold what looks like an element in brackets: the form for people cannot tell them
  // apart.
  if (!HoldsBracket(elements)) {
    const auto people = radyab::coding::ParseBracketed(radyab::coding::WriteBracketed(elements));
    Expect(people.ok() && people.value() == elements, "the bracketed form reads back");
  }
  const auto link = radyab::coding::WriteDigitalLink("id.example", elements);
  if (!link.ok()) return;
  const auto linked = radyab::coding::ParseDigitalLink(link.value());
  Expect(linked.ok() && Sorted(linked.value().elements) == Sorted(elements),
         "a link of elements reads back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = radyab::fuzz::Text(data, size);
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
