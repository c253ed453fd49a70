// Takes an http(s) link apart, keeping for each part the place where it stood.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "coding/refusal.h"
#include "coding/refuse.h"

namespace radyab::coding {

inline constexpr std::size_t kLinkBytesMax = 8192;

// A part of a link, still percent-encoded, and its byte offset.
struct LinkPart {
  std::string_view text;
  std::size_t at = 0;
};

// http(s)://HOST/segment/segment?name=value&name=value#fragment
struct LinkText {
  std::string_view host;           // with ":port" when given; never empty
  std::vector<LinkPart> segments;  // of the path, without slashes; one at the end may be empty
  std::vector<std::pair<LinkPart, LinkPart>> query;  // names and values
};

// True when the text begins with http:// or https://, in either letter case.
bool LooksLikeLink(std::string_view text);

// The segments of the path alone, whatever characters the link holds: to tell what a broken link
// was meant to be. None when the text is no http(s) link or longer than kLinkBytesMax bytes.
std::vector<LinkPart> LinkSegments(std::string_view text);

// Takes the link apart; each of `query_separators` parts the names and values of the query. Refuses
// as kMalformedLink what is no http(s) link with a host, control characters and spaces, as kTooLong
// more than kLinkBytesMax bytes.
Parsed<LinkText> ReadLinkText(const Reading& reading, std::string_view query_separators);

// The decoded part, checked by nobody yet; refuses a '%' without two hexadecimal digits.
Parsed<DecodedPart> DecodeLinkPart(const Reading& reading, const LinkPart& part);

}  // namespace radyab::coding
