// The key families of numbers under scratch layers: a part of keyspace.h; their source is
// catalog_queue_keys.cc. `hash`: of the number, kAuthenticityHashBytes bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "registry/storage/keyspace.h"

namespace radyab::keyspace {

// Of 16 bytes two among 10^12 numbers agree by chance once in 10^14 registries.
inline constexpr std::size_t kAuthenticityHashBytes = 16;

std::string AuthenticityNumber(std::string_view hash);  // 2E -> v1::AuthenticityNumber
// 2F -> empty: a number that was asked for more than once
std::string NumberAskedAgain(MemberId member, Code item, std::string_view hash);
std::string NumberAskedAgainPrefix(MemberId member);
std::string NumberAskedAgainPrefix(MemberId member, Code item);

}  // namespace radyab::keyspace
