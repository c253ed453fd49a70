#include "coding/link_text.h"

#include <algorithm>
#include <optional>

#include "coding/percent_encoding.h"

namespace radyab::coding {
namespace {

// How many bytes the "http://" or "https://" takes; 0 when there is none.
std::size_t SchemeLength(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (text.size() < scheme.size()) continue;
    const bool same =
        std::equal(scheme.begin(), scheme.end(), text.begin(), [](char want, char is) {
          return is == want || (is >= 'A' && is <= 'Z' && is - 'A' + 'a' == want);
        });
    if (same) return scheme.size();
  }
  return 0;
}

// A host name, an IPv4 or bracketed IPv6 address, with an optional port. No user names.
bool IsHostCharacter(char character) {
  constexpr std::string_view kMarks = "-._:[]";
  return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
         (character >= 'a' && character <= 'z') || kMarks.find(character) != kMarks.npos;
}

std::optional<Fault> FindBadCharacter(std::string_view text, std::size_t host_at,
                                      std::size_t host_end) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool in_host = at >= host_at && at < host_end;
    if (in_host ? IsHostCharacter(text[at]) : byte > 0x20 && byte < 0x7F) continue;
    return Fault{RefusalReason::kMalformedLink, at, 1, DescribeCharacter(text, at),
                 in_host ? "a host name" : "a character of a link (others percent-encoded)"};
  }
  return std::nullopt;
}

std::vector<LinkPart> SplitPath(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<LinkPart> segments;
  while (begin < end) {
    const std::size_t stop = std::min(text.find('/', begin + 1), end);
    segments.push_back({text.substr(begin + 1, stop - begin - 1), begin + 1});
    begin = stop;
  }
  return segments;
}

void SplitQuery(std::string_view text, std::size_t begin, std::size_t end,
                std::string_view separators, LinkText& link) {
  while (begin < end) {
    const std::size_t stop = std::min(text.find_first_of(separators, begin), end);
    const std::size_t equals = std::min(text.find('=', begin), stop);
    const std::size_t value = std::min(equals + 1, stop);
    if (stop > begin) {
      link.query.push_back(
          {{text.substr(begin, equals - begin), begin}, {text.substr(value, stop - value), value}});
    }
    begin = stop + 1;
  }
}

}  // namespace

bool LooksLikeLink(std::string_view text) { return SchemeLength(text) > 0; }

std::vector<LinkPart> LinkSegments(std::string_view text) {
  const std::size_t host_at = SchemeLength(text);
  if (host_at == 0 || text.size() > kLinkBytesMax) return {};
  const std::size_t host_end = std::min(text.find_first_of("/?#", host_at), text.size());
  return SplitPath(text, host_end, std::min(text.find_first_of("?#", host_end), text.size()));
}

Parsed<LinkText> ReadLinkText(const Reading& reading, std::string_view query_separators) {
  const std::string_view text = reading.text;
  if (text.empty())
    return RefuseWhole(reading, {RefusalReason::kEmpty, 0, 0, "empty text", "a link"});
  if (text.size() > kLinkBytesMax) {
    return RefuseWhole(reading,
                       {RefusalReason::kTooLong, 0, 0, std::to_string(text.size()) + " bytes",
                        std::to_string(kLinkBytesMax) + " bytes at most"});
  }
  const std::size_t host_at = SchemeLength(text);
  if (host_at == 0) {
    return RefusePart(reading,
                      {RefusalReason::kMalformedLink, 0, 1, "no link", "http:// or https://"});
  }
  const std::size_t host_end = std::min(text.find_first_of("/?#", host_at), text.size());
  if (auto fault = FindBadCharacter(text, host_at, host_end)) return RefusePart(reading, *fault);
  LinkText link;
  link.host = text.substr(host_at, host_end - host_at);
  if (link.host.empty()) {
    return RefusePart(reading,
                      {RefusalReason::kMalformedLink, host_at, 0, "no host", "a host name"});
  }
  const std::size_t end = std::min(text.find('#'), text.size());
  const std::size_t path_end = std::min(text.find('?', host_end), end);
  link.segments = SplitPath(text, host_end, path_end);
  SplitQuery(text, std::min(path_end + 1, end), end, query_separators, link);
  return link;
}

Parsed<DecodedPart> DecodeLinkPart(const Reading& reading, const LinkPart& part) {
  PercentDecoded decoded = PercentDecode(part.text);
  if (decoded.bad_escape) {
    const std::size_t at = *decoded.bad_escape;
    return RefusePart(reading, {RefusalReason::kMalformedLink, part.at + at,
                                std::min<std::size_t>(3, part.text.size() - at), "broken escape",
                                "'%' and two hexadecimal digits"});
  }
  for (std::size_t& offset : decoded.offsets) offset += part.at;
  return DecodedPart{std::move(decoded.text), std::move(decoded.offsets)};
}

}  // namespace radyab::coding
