// Page tokens: where a list goes on, sealed against change and against use with another list.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/protobuf/message.h"
#include "registry/access/caller.h"
#include "registry/access/keyed_hash.h"
#include "registry/page.h"

namespace radyab::rpc {

// One list as one caller asked for it: method, everything in the request that narrows the list, and
// how far the caller reaches. A token of one list is refused by every other.
std::string ListIdentity(std::string_view method, const google::protobuf::Message& request,
                         const access::Caller& caller);

// base64url of an 8-byte keyed hash and `next`; empty when `next` is.
std::string WritePageToken(const access::KeyedHash& keyed_hash, std::string_view list,
                           std::string_view next);

// The page that `request` asks for, from its fields page_size and page_token. INVALID_ARGUMENT: a
// negative size, or INVALID_PAGE_TOKEN for a token that is broken or of another list.
absl::StatusOr<PageRequest> ReadPageRequest(const access::KeyedHash& keyed_hash,
                                            std::string_view list,
                                            const google::protobuf::Message& request);

// Whether the request asks for a page of a list: it has both fields.
bool AsksForPage(const google::protobuf::Descriptor& request_type);

}  // namespace radyab::rpc
