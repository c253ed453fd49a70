// Any text is a code or is refused; a code survives being written in every form we write.
#include "coding/code.h"
#include "tests/fuzz/fuzz_expect.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using radyab::coding::Code;
  using radyab::fuzz::Expect;
  const std::string_view text = radyab::fuzz::Text(data, size);
  const auto parsed = radyab::coding::ParseCode(text);
  if (!parsed.ok()) {
    radyab::fuzz::ExpectGoodRefusal(parsed.refusal(), text);
    return 0;
  }
  const Code code = parsed.value();
  Expect(code.number() % 97 == 1, "the check pair agrees");
  Expect(code.number() % 100 >= 2 && code.number() % 100 <= 98, "the check pair is in range");
  Expect(code.Digits().size() == 16, "a code has 16 digits");
  for (const std::string& form : {code.Digits(), code.Grouped()}) {
    const auto again = radyab::coding::ParseCode(form);
    Expect(again.ok() && again.value() == code, "a written code reads back");
  }
  const auto stored = Code::FromNumber(code.number());
  Expect(stored.ok() && stored.value() == code, "a stored code reads back");
  return 0;
}
