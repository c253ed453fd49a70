#include "coding/digital_link.h"

#include <algorithm>
#include <optional>

#include "coding/ai_table.h"
#include "coding/bracketed_elements.h"
#include "coding/check_digits.h"
#include "coding/gs1_characters.h"
#include "coding/link_text.h"
#include "coding/percent_encoding.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "digital link";
constexpr std::string_view kWritten = "digital link of";
constexpr std::string_view kQuerySeparators = "&;";
constexpr std::size_t kKeyDigitsMin = 8;     // of the shortest key of digits, mistyped ones too
constexpr std::size_t kPrefixDigitsMin = 4;  // of a company prefix, with which other keys begin

// How many digits or escapes the segment begins with, and whether they are all of it.
struct DigitRun {
  std::size_t digits = 0;
  bool whole = false;
};
DigitRun BeginningDigits(std::string_view segment) {
  std::size_t at = 0;
  std::size_t digits = 0;
  while (at < segment.size() && (segment[at] == '%' || IsDigit(segment[at]))) {
    at += segment[at] == '%' ? 3 : 1;
    ++digits;
  }
  return {digits, at >= segment.size()};
}

// True when a segment of the path was meant as the value of this key. Other people's pages have
// paths such as /2024/01/offer and /2024/01/15.
bool LooksLikeKeyValue(const AiEntry& key, std::string_view segment) {
  const DigitRun run = BeginningDigits(segment);
  const auto digits = [](const AiPart& part) {
    return part.characters == AiPart::Characters::kDigits;
  };
  if (!digits(key.parts.front())) return run.digits >= kPrefixDigitsMin;
  const bool all_digits = std::ranges::all_of(key.parts, digits);
  return run.digits >= kKeyDigitsMin && (run.whole || !all_digits);
}

// True when segment `i` is the AI of a key with something like its value behind it.
bool BeginsKey(const std::vector<LinkPart>& segments, std::size_t i) {
  const AiEntry* entry = FindAi(segments[i].text);
  return entry != nullptr && entry->key && i + 1 < segments.size() &&
         LooksLikeKeyValue(*entry, segments[i + 1].text);
}

bool HoldsKey(const std::vector<LinkPart>& segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (BeginsKey(segments, i)) return true;
  }
  return false;
}

// True when the AI may qualify the key in a path, in whichever of its orders.
bool Qualifies(const AiEntry& key, std::string_view ai) {
  return std::ranges::any_of(key.qualifiers, [&](const std::vector<std::string>& order) {
    return std::ranges::find(order, ai) != order.end();
  });
}

// True when `ais` stand in this order, some left out.
bool Follows(const std::vector<std::string_view>& ais, const std::vector<std::string>& order) {
  std::size_t place = 0;
  for (const std::string_view ai : ais) {
    while (place < order.size() && order[place] != ai) ++place;
    if (place++ == order.size()) return false;
  }
  return true;
}

bool FollowsOneOrder(const AiEntry& key, const std::vector<std::string_view>& ais) {
  return std::ranges::any_of(
      key.qualifiers, [&](const std::vector<std::string>& order) { return Follows(ais, order); });
}

// Reads the parts of one link into elements.
class LinkReader {
 public:
  LinkReader(std::string_view uri, int current_year) : reading_{kWhat, uri}, year_(current_year) {}

  Parsed<DigitalLink> Read() {
    const auto link = ReadLinkText(reading_, kQuerySeparators);
    if (!link) return link.refusal();
    if (auto refusal = ReadPath(*link)) return *refusal;
    if (auto refusal = ReadQuery(*link)) return *refusal;
    return DigitalLink{std::string(link->host), elements_.elements};
  }

  // The same, and the elements keep the rules of standing together.
  Parsed<DigitalLink> Parse() {
    auto link = Read();
    if (!link) return link;
    const auto whole = CheckPartners(reading_.text, elements_);
    if (!whole) return whole.refusal();
    return link;
  }

 private:
  // The segment of the key: AI and value take turns up to the end of the path, so the key stands an
  // even number of segments before it. What comes before the key is any path of the host. The first
  // key whose value is right is it, so that a second key in the path is refused by its place; else
  // the last, whose value is.
  std::optional<std::size_t> FindKey(const std::vector<LinkPart>& segments) const {
    std::optional<std::size_t> last;
    for (std::size_t i = segments.size() % 2; i < segments.size(); i += 2) {
      if (!BeginsKey(segments, i)) continue;
      const std::string value = PercentDecode(segments[i + 1].text).text;
      if (!CheckAiValue(*FindAi(segments[i].text), value, year_)) return i;
      last = i;
    }
    return last;
  }

  std::optional<Refusal> ReadPath(const LinkText& link) {
    std::vector<LinkPart> segments = link.segments;
    if (!segments.empty() && segments.back().text.empty()) segments.pop_back();
    const auto key_at = FindKey(segments);
    if (!key_at) return RefuseNoKey(segments);
    key_ = FindAi(segments[*key_at].text);
    std::vector<std::string_view> qualifiers;
    for (std::size_t i = *key_at; i < segments.size(); i += 2) {
      const LinkPart& name = segments[i];
      const AiEntry* entry = FindAi(name.text);
      if (entry == nullptr)
        return Refuse(name, RefusalReason::kUnknownAi, "unknown AI", "one of our table");
      if (i > *key_at) {
        qualifiers.push_back(name.text);
        if (!FollowsOneOrder(*key_, qualifiers)) {
          return Refuse(name, RefusalReason::kWrongOrder, "AI in a place it may not take",
                        OrderWords());
        }
      }
      if (auto refusal = Add(*entry, name, segments[i + 1])) return refusal;
    }
    return std::nullopt;
  }

  std::optional<Refusal> ReadQuery(const LinkText& link) {
    for (const auto& [name, value] : link.query) {
      if (!IsAllDigits(name.text)) continue;
      const AiEntry* entry = FindAi(name.text);
      if (entry == nullptr)
        return Refuse(name, RefusalReason::kUnknownAi, "unknown AI", "one of our table");
      if (!entry->attribute || Qualifies(*key_, name.text)) {
        return Refuse(name, RefusalReason::kWrongOrder, "AI in the query", "it in the path");
      }
      if (auto refusal = Add(*entry, name, value)) return refusal;
    }
    return std::nullopt;
  }

  std::optional<Refusal> Add(const AiEntry& entry, const LinkPart& name, const LinkPart& value) {
    const auto decoded = DecodeLinkPart(reading_, value);
    if (!decoded) return decoded.refusal();
    if (const auto fault = CheckAiValue(entry, decoded->text, year_)) {
      return RefuseDecoded(reading_, *decoded, *fault);
    }
    if (const std::string* earlier = FindElement(elements_.elements, name.text)) {
      if (*earlier == decoded->text) return std::nullopt;
      return Refuse(value, RefusalReason::kRepeatedElement, "a second, unlike value", "one value");
    }
    if (elements_.elements.size() == kElementsMax) {
      return Refuse(name, RefusalReason::kTooLong, "more elements",
                    std::to_string(kElementsMax) + " elements at most");
    }
    elements_.elements.push_back({std::string(name.text), decoded->text});
    elements_.offsets.push_back(name.at);
    return std::nullopt;
  }

  std::string OrderWords() const {
    std::string words = "after AI " + key_->first + " in this order:";
    for (const auto& order : key_->qualifiers) {
      if (&order != &key_->qualifiers.front()) words += ", or";
      for (const std::string& ai : order) words += ' ' + ai;
    }
    return key_->qualifiers.empty() ? "no AI after AI " + key_->first : words;
  }

  Refusal RefuseNoKey(const std::vector<LinkPart>& segments) const {
    if (HoldsKey(segments)) {
      const LinkPart& last = segments.back();
      return RefusePart(reading_, {RefusalReason::kMissingValue, last.at + last.text.size(), 0,
                                   "an AI without its value", "AI/value pairs"});
    }
    return RefuseWhole(reading_, {RefusalReason::kMalformedLink, 0, 0, "no key in the path",
                                  "an AI such as 01 and its value"});
  }

  Refusal Refuse(const LinkPart& part, RefusalReason reason, std::string found,
                 std::string wanted) const {
    return RefusePart(reading_,
                      {reason, part.at, part.text.size(), std::move(found), std::move(wanted)});
  }

  Reading reading_;
  int year_;
  const AiEntry* key_ = nullptr;
  ElementReading elements_;
};

// The elements that can be the key, the likeliest first.
std::vector<const Element*> KeysOf(const std::vector<Element>& elements) {
  std::vector<const Element*> keys;
  for (const Element& element : elements) {
    const AiEntry* entry = FindAi(element.ai);
    if (entry == nullptr || !entry->key) continue;
    keys.insert(element.ai == "01" ? keys.begin() : keys.end(), &element);
  }
  return keys;
}

// The order of the key's qualifiers that holds most of those that are there.
const std::vector<std::string>* PickOrder(const AiEntry& key,
                                          const std::vector<Element>& elements) {
  const std::vector<std::string>* picked = nullptr;
  std::ptrdiff_t held_most = 0;
  for (const auto& order : key.qualifiers) {
    const auto held = std::ranges::count_if(
        order, [&](const std::string& ai) { return FindElement(elements, ai) != nullptr; });
    if (held > held_most) picked = &order;
    held_most = std::max(held_most, held);
  }
  return picked;
}

// The link with this key.
Parsed<std::string> WriteWithKey(std::string_view host, const std::vector<Element>& elements,
                                 const Element& key) {
  const AiEntry& key_entry = *FindAi(key.ai);
  std::string uri = "https://" + std::string(host) + '/' + key.ai + '/' + PercentEncode(key.value);
  std::vector<std::string> placed = {key.ai};
  if (const auto* order = PickOrder(key_entry, elements)) {
    for (const std::string& ai : *order) {
      const std::string* value = FindElement(elements, ai);
      if (value == nullptr) continue;
      uri += '/' + ai + '/' + PercentEncode(*value);
      placed.push_back(ai);
    }
  }
  const std::string text = WriteBracketed(elements);
  char separator = '?';
  std::size_t offset = 0;
  for (const Element& element : elements) {
    const std::size_t ai_at = offset + 1;
    offset += element.ai.size() + element.value.size() + 2;
    if (std::ranges::find(placed, element.ai) != placed.end()) continue;
    const AiEntry* entry = FindAi(element.ai);
    if (entry == nullptr || !entry->attribute || Qualifies(key_entry, element.ai)) {
      const auto reason = entry == nullptr ? RefusalReason::kUnknownAi : RefusalReason::kWrongOrder;
      return RefusePart({kWritten, text},
                        {reason, ai_at, element.ai.size(), "AI that has no place in the link",
                         "attributes of AI " + key.ai});
    }
    uri += separator + element.ai + '=' + PercentEncode(element.value);
    separator = '&';
  }
  return uri;
}

}  // namespace

bool LooksLikeDigitalLink(std::string_view uri) { return HoldsKey(LinkSegments(uri)); }

Parsed<DigitalLink> ReadDigitalLink(std::string_view uri, int current_year) {
  return LinkReader(uri, current_year).Read();
}

Parsed<DigitalLink> ParseDigitalLink(std::string_view uri, int current_year) {
  return LinkReader(uri, current_year).Parse();
}

Parsed<std::string> WriteDigitalLink(std::string_view host, const std::vector<Element>& elements) {
  const auto keys = KeysOf(elements);
  if (keys.empty()) {
    const std::string text = WriteBracketed(elements);
    return RefuseWhole({kWritten, text}, {RefusalReason::kMissingKey, 0, 0, "no key",
                                          "a key such as AI 01, 00 or 414"});
  }
  auto first = WriteWithKey(host, elements, *keys.front());
  for (std::size_t i = 1; i < keys.size() && !first; ++i) {
    if (auto link = WriteWithKey(host, elements, *keys[i])) return link;
  }
  return first;
}

}  // namespace radyab::coding
