#include "coding/code_link.h"

#include "coding/digit_folding.h"
#include "coding/gs1_characters.h"
#include "coding/link_text.h"
#include "coding/percent_encoding.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "code link";

// In a query of ours '&' alone parts the fields: a lot may hold a ';'.
constexpr std::string_view kQuerySeparators = "&";

bool IsOurPath(const std::vector<LinkPart>& segments) {
  return segments.size() == 2 && (segments[0].text == "c" || segments[0].text == "C");
}

// Reads one value of the query and puts it where it belongs; a second, unlike one is refused.
template <class Value>
std::optional<Refusal> Put(const Reading& reading, const DecodedPart& part,
                           const Parsed<Value>& parsed, std::optional<Value>& field) {
  if (!parsed) return RefuseInner(reading, part, parsed.refusal());
  if (field && *field != *parsed) {
    return RefuseDecoded(reading, part,
                         {RefusalReason::kRepeatedElement, 0, part.text.size(),
                          "a second, unlike value", "one value"});
  }
  field = *parsed;
  return std::nullopt;
}

std::optional<Refusal> ReadField(const Reading& reading, std::string_view name,
                                 const LinkPart& value, CodeLink& link) {
  const bool ours = name == "lot" || name == "serial" || name == "production" ||
                    name == "best_before" || name == "expiry";
  if (!ours) return std::nullopt;
  const auto part = DecodeLinkPart(reading, value);
  if (!part) return part.refusal();
  if (name == "lot") return Put(reading, *part, ParseLot(part->text), link.lot);
  if (name == "serial") return Put(reading, *part, ParseSerial(part->text), link.serial);
  const auto date = ParseIsoDate(part->text);
  if (name == "production") return Put(reading, *part, date, link.production);
  if (name == "best_before") return Put(reading, *part, date, link.best_before);
  return Put(reading, *part, date, link.expiry);
}

void AppendField(std::string_view name, const std::optional<std::string>& value,
                 std::string& link) {
  if (!value) return;
  link += link.find('?') == link.npos ? '?' : '&';
  link += name;
  link += '=' + PercentEncode(*value);
}

std::optional<std::string> DateText(const std::optional<CivilDate>& date) {
  return date ? std::optional(WriteIsoDate(*date)) : std::nullopt;
}

}  // namespace

bool LooksLikeCodeLink(std::string_view uri) {
  const auto segments = LinkSegments(uri);
  if (!IsOurPath(segments)) return false;
  // Shops have paths such as /c/shoes: only digits are a try at a code.
  return FoldDigits({kWhat, PercentDecode(segments[1].text).text}).ok();
}

Parsed<CodeLink> ParseCodeLink(std::string_view uri) {
  const Reading reading{kWhat, uri};
  const auto text = ReadLinkText(reading, kQuerySeparators);
  if (!text) return text.refusal();
  if (!IsOurPath(text->segments)) {
    return RefuseWhole(reading,
                       {RefusalReason::kMalformedLink, 0, 0, "another path", "/c/ and a code"});
  }
  const auto code_part = DecodeLinkPart(reading, text->segments[1]);
  if (!code_part) return code_part.refusal();
  const auto code = ParseCode(code_part->text);
  if (!code) return RefuseInner(reading, *code_part, code.refusal());
  CodeLink link{*code};
  for (const auto& [name, value] : text->query) {
    if (auto refusal = ReadField(reading, name.text, value, link)) return *refusal;
  }
  return link;
}

std::string WriteCodeLink(std::string_view host, const CodeLink& link) {
  std::string text = "https://" + std::string(host) + "/c/" + link.code.Digits();
  AppendField("lot", link.lot, text);
  AppendField("serial", link.serial, text);
  AppendField("production", DateText(link.production), text);
  AppendField("best_before", DateText(link.best_before), text);
  AppendField("expiry", DateText(link.expiry), text);
  return text;
}

}  // namespace radyab::coding
