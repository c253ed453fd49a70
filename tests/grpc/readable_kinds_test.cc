#include "grpc/readable_kinds.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace radyab::rpc {
namespace {

// Written from docs/api.md: who may call GetParty, GetCase and GetCustody.
const std::set<v1::Role> kPartyReaders = {v1::ROLE_ADMIN, v1::ROLE_MEMBER,  v1::ROLE_WAREHOUSE,
                                          v1::ROLE_DESK,  v1::ROLE_QUALITY, v1::ROLE_PARTNER};
const std::set<v1::Role> kCaseReaders = {v1::ROLE_ADMIN, v1::ROLE_MEMBER, v1::ROLE_DESK,
                                         v1::ROLE_QUALITY, v1::ROLE_PARTNER};
const std::set<v1::Role> kTraceReaders = kPartyReaders;

TEST(ReadableKinds, AreThoseThatTheRoleMayReadByTheirOwnMethods) {
  for (int number = v1::Role_MIN; number <= v1::Role_MAX; ++number) {
    if (!v1::Role_IsValid(number)) continue;
    const auto role = static_cast<v1::Role>(number);
    const ReadableKinds readable = ReadableBy(role);
    EXPECT_EQ(readable.parties, kPartyReaders.contains(role)) << v1::Role_Name(role);
    EXPECT_EQ(readable.cases, kCaseReaders.contains(role)) << v1::Role_Name(role);
    EXPECT_EQ(readable.trace, kTraceReaders.contains(role)) << v1::Role_Name(role);
  }
}

TEST(ReadableKinds, OfNoRoleAreNone) {
  const ReadableKinds none = ReadableBy(v1::ROLE_UNSPECIFIED);
  EXPECT_FALSE(none.parties || none.cases || none.trace);
}

}  // namespace
}  // namespace radyab::rpc
