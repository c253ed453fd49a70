#include "grpc/page_token.h"

#include <algorithm>
#include <memory>

#include "absl/strings/escaping.h"
#include "coding/absl_text.h"
#include "grpc/request_bytes.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

constexpr std::size_t kTagBytes = 8;
constexpr std::size_t kTokenBytesMax = 1024;

std::string TagOf(const access::KeyedHash& keyed_hash, std::string_view list,
                  std::string_view next) {
  std::string text = std::to_string(list.size()) + '\n';
  text.append(list).append(next);
  return keyed_hash.Of(access::HashPurpose::kPageToken, text).substr(0, kTagBytes);
}

}  // namespace

std::string ListIdentity(std::string_view method, const google::protobuf::Message& request,
                         const access::Caller& caller) {
  std::string list(method);
  list += caller.ReachesEveryMember() ? "\n*\n" : "\n";
  if (caller.member) list += std::to_string(static_cast<std::uint32_t>(*caller.member));
  return list + "\n" + BytesWithout(request, {"page_size", "page_token"});
}

std::string WritePageToken(const access::KeyedHash& keyed_hash, std::string_view list,
                           std::string_view next) {
  if (next.empty()) return "";
  std::string token = TagOf(keyed_hash, list, next);
  token.append(next);
  return absl::WebSafeBase64Escape(AbslText(token));
}

absl::StatusOr<PageRequest> ReadPageRequest(const access::KeyedHash& keyed_hash,
                                            std::string_view list,
                                            const google::protobuf::Message& request) {
  const auto& type = *request.GetDescriptor();
  const auto& reflection = *request.GetReflection();
  const int size = reflection.GetInt32(request, type.FindFieldByName("page_size"));
  const std::string token = reflection.GetString(request, type.FindFieldByName("page_token"));
  if (size < 0) {
    return RefuseField("page_size", std::to_string(size) + " is negative; 0 means " +
                                        std::to_string(kPageRowsDefault));
  }
  PageRequest page;
  if (size > 0) page.row_count_max = std::min(static_cast<std::size_t>(size), kPageRowsMax);
  if (token.empty()) return page;
  std::string plain;
  const bool whole = token.size() <= kTokenBytesMax &&
                     absl::WebSafeBase64Unescape(AbslText(token), &plain) &&
                     plain.size() > kTagBytes;
  if (whole) page.after = plain.substr(kTagBytes);
  if (!whole || !access::EqualInConstantTime(std::string_view(plain).substr(0, kTagBytes),
                                             TagOf(keyed_hash, list, page.after))) {
    return RefuseField("page_token",
                       "is broken or belongs to another list; begin again without one",
                       Reason::kInvalidPageToken);
  }
  return page;
}

bool AsksForPage(const google::protobuf::Descriptor& request_type) {
  return request_type.FindFieldByName("page_size") != nullptr &&
         request_type.FindFieldByName("page_token") != nullptr;
}

}  // namespace radyab::rpc
