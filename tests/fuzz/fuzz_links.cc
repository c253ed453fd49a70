// Our links, GS1 Digital Links and object words: the canonical form reads back and is its own
// canonical form.
#include "coding/code_link.h"
#include "coding/digital_link.h"
#include "coding/object_words.h"
#include "tests/fuzz/fuzz_expect.h"

namespace {

using radyab::fuzz::Expect;
using radyab::fuzz::ExpectGoodRefusal;

void TryCodeLink(std::string_view text) {
  const auto parsed = radyab::coding::ParseCodeLink(text);
  if (!parsed.ok()) return ExpectGoodRefusal(parsed.refusal(), text);
  const std::string written = radyab::coding::WriteCodeLink("radyab.example", parsed.value());
  const auto again = radyab::coding::ParseCodeLink(written);
  Expect(again.ok() && again.value() == parsed.value(), "a written link reads back");
  Expect(radyab::coding::LooksLikeCodeLink(written), "a link looks like one");
}

void TryDigitalLink(std::string_view text) {
  const auto parsed = radyab::coding::ParseDigitalLink(text);
  if (!parsed.ok()) return ExpectGoodRefusal(parsed.refusal(), text);
  const auto written = radyab::coding::WriteDigitalLink("id.example", parsed.value().elements);
  Expect(written.ok(), "what was read from a link can be written as one");
  const auto again = radyab::coding::ParseDigitalLink(written.value());
  Expect(again.ok() && again.value().elements == parsed.value().elements,
         "a written GS1 link reads back");
}

void TryObjectWord(std::string_view text) {
  const auto parsed = radyab::coding::ParseObjectWord(text);
  if (!parsed.ok()) return ExpectGoodRefusal(parsed.refusal(), text);
  const std::string written = radyab::coding::WriteObjectWord(parsed.value());
  const auto again = radyab::coding::ParseObjectWord(written);
  Expect(again.ok() && again.value() == parsed.value(), "a written word reads back");
  Expect(radyab::coding::WriteObjectWord(again.value()) == written, "one thing, one text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = radyab::fuzz::Text(data, size);
  TryCodeLink(text);
  TryDigitalLink(text);
  TryObjectWord(text);
  return 0;
}
