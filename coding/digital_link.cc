#include "coding/digital_link.h"

#include <algorithm>
#include <optional>

#include "coding/ai_table.h"
#include "coding/check_digits.h"
#include "coding/link_text.h"
#include "coding/percent_encoding.h"
#include "coding/refuse.h"

namespace radyab::coding {
namespace {

constexpr std::string_view kWhat = "digital link";
constexpr std::string_view kQuerySeparators = "&;";
constexpr std::size_t kKeyDigitsMin = 8;  // of the shortest key, mistyped ones included

// True when a segment of the path was meant as the value of a key: digits or escapes alone. Other
// people's pages have paths such as /2024/01/offer and /2024/01/15.
bool LooksLikeKeyValue(std::string_view segment) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < segment.size(); ++count) {
    const bool escape = segment[at] == '%';
    if (!escape && !IsAllDigits(segment.substr(at, 1))) return false;
    at += escape ? 3 : 1;
  }
  return count >= kKeyDigitsMin;
}

// True when segment `i` is the AI of a key with something like its value behind it.
bool BeginsKey(const std::vector<LinkPart>& segments, std::size_t i) {
  const AiEntry* entry = FindAi(segments[i].text);
  return entry != nullptr && entry->key && i + 1 < segments.size() &&
         LooksLikeKeyValue(segments[i + 1].text);
}

bool HoldsKey(const std::vector<LinkPart>& segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (BeginsKey(segments, i)) return true;
  }
  return false;
}

// Where the value of a qualifier stands in the key's order; nothing when it is no qualifier of it.
std::optional<std::size_t> QualifierPlace(const AiEntry& key, std::string_view ai) {
  const auto found = std::find(key.qualifiers.begin(), key.qualifiers.end(), ai);
  if (found == key.qualifiers.end()) return std::nullopt;
  return static_cast<std::size_t>(found - key.qualifiers.begin());
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
    const auto whole = CheckPartners(reading_.text, elements_);
    if (!whole) return whole.refusal();
    return DigitalLink{std::string(link->host), *whole};
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
      if (!CheckAiValue(*FindAi(segments[i].text), segments[i + 1].text, year_)) return i;
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
    std::size_t next_place = 0;
    for (std::size_t i = *key_at; i < segments.size(); i += 2) {
      const LinkPart& name = segments[i];
      const AiEntry* entry = FindAi(name.text);
      if (entry == nullptr)
        return Refuse(name, RefusalReason::kUnknownAi, "unknown AI", "one of our table");
      if (i > *key_at) {
        const auto place = QualifierPlace(*key_, name.text);
        if (!place || *place < next_place) {
          return Refuse(name, RefusalReason::kWrongOrder, "AI in a place it may not take",
                        OrderWords());
        }
        next_place = *place + 1;
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
      if (!entry->attribute || QualifierPlace(*key_, name.text)) {
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
    elements_.elements.push_back({std::string(name.text), decoded->text});
    elements_.offsets.push_back(name.at);
    return std::nullopt;
  }

  std::string OrderWords() const {
    std::string words = "after AI " + key_->first + " in this order:";
    for (const std::string& ai : key_->qualifiers) words += ' ' + ai;
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

const Element* PickKey(const std::vector<Element>& elements) {
  const Element* picked = nullptr;
  for (const Element& element : elements) {
    const AiEntry* entry = FindAi(element.ai);
    if (entry == nullptr || !entry->key) continue;
    if (element.ai == "01") return &element;
    if (picked == nullptr) picked = &element;
  }
  return picked;
}

}  // namespace

bool LooksLikeDigitalLink(std::string_view uri) { return HoldsKey(LinkSegments(uri)); }

Parsed<DigitalLink> ParseDigitalLink(std::string_view uri, int current_year) {
  return LinkReader(uri, current_year).Read();
}

Parsed<std::string> WriteDigitalLink(std::string_view host, const std::vector<Element>& elements) {
  const std::string text = WriteBracketed(elements);
  const Reading reading{"digital link of", text};
  const Element* key = PickKey(elements);
  if (key == nullptr) {
    return RefuseWhole(reading, {RefusalReason::kMissingKey, 0, 0, "no key", "AI 01, 00 or 414"});
  }
  const AiEntry& key_entry = *FindAi(key->ai);
  std::string uri =
      "https://" + std::string(host) + '/' + key->ai + '/' + PercentEncode(key->value);
  for (const std::string& ai : key_entry.qualifiers) {
    const std::string* value = FindElement(elements, ai);
    if (value != nullptr) uri += '/' + ai + '/' + PercentEncode(*value);
  }
  char separator = '?';
  std::size_t offset = 0;
  for (const Element& element : elements) {
    const std::size_t ai_at = offset + 1;
    offset += element.ai.size() + element.value.size() + 2;
    if (element.ai == key->ai || QualifierPlace(key_entry, element.ai)) continue;
    const AiEntry* entry = FindAi(element.ai);
    if (entry == nullptr || !entry->attribute) {
      const auto reason = entry == nullptr ? RefusalReason::kUnknownAi : RefusalReason::kWrongOrder;
      return RefusePart(reading,
                        {reason, ai_at, element.ai.size(), "AI that has no place in the link",
                         "attributes of AI " + key->ai});
    }
    uri += separator + element.ai + '=' + PercentEncode(element.value);
    separator = '&';
  }
  return uri;
}

}  // namespace radyab::coding
