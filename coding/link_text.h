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
  std::vector<std::pair<LinkPart, LinkPart>> query;  // names and values; '&' and ';' part them
};

// True when the text begins with http:// or https://, in either letter case.
bool LooksLikeLink(std::string_view text);

// Takes the link apart; refuses as kMalformedLink what is no http(s) link with a host, control
// characters and spaces, as kTooLong more than kLinkBytesMax bytes.
Parsed<LinkText> ReadLinkText(const Reading& reading);

// The decoded part, checked by nobody yet; refuses a '%' without two hexadecimal digits.
struct DecodedPart {
  std::string text;
  std::vector<std::size_t> offsets;  // of each byte in the whole link, and of the end
};
Parsed<DecodedPart> DecodeLinkPart(const Reading& reading, const LinkPart& part);

// A fault of the decoded text as a fault of the link.
Refusal RefuseDecoded(const Reading& reading, const DecodedPart& part, Fault fault);

}  // namespace radyab::coding
