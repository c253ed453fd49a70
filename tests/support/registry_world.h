// A registry in memory for tests: a fresh store with fixed keys, and makers of what most tests
// need.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "coding/code.h"
#include "radyab/v1/catalog.pb.h"
#include "radyab/v1/class.pb.h"
#include "radyab/v1/member.pb.h"
#include "radyab/v1/party.pb.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/reason.h"
#include "registry/storage/store.h"

namespace radyab::tests {

// 32 bytes of one value: the fixed keys of test stores.
std::array<std::uint8_t, 32> FixedKey(std::uint8_t byte);
// Fixed "randomness" of the wanted length; every call gives other bytes.
std::string FreshBytes(std::size_t byte_count);

// Callers of the roles tests need.
access::Caller Admin();
access::Caller Public();
access::Caller CallerFor(MemberId member, v1::Role role = v1::ROLE_MEMBER);

// One thread. The store runs every body twice, so that one that is no pure function of its
// transaction shows itself.
class RegistryWorld {
 public:
  // A new memory store with the registry itself in it (member 0). `clock_us`: the clock behind
  // record times; without one the machine's.
  explicit RegistryWorld(std::function<std::int64_t()> clock_us = nullptr);

  storage::Store& store() { return *store_; }
  const Environment& environment() const { return environment_; }

  // Runs a verb in one transaction of its own: Write([&](auto& transaction) { return CreateItem(…);
  // }).
  template <class Verb>
  auto Write(Verb verb) -> decltype(verb(std::declval<storage::WriteTransaction&>())) {
    using Answer = decltype(verb(std::declval<storage::WriteTransaction&>()));
    Answer answer = absl::UnknownError("the body did not run");
    auto status = store_->Write([&](storage::WriteTransaction& transaction) {
      answer = verb(transaction);
      return StatusOf(answer);
    });
    return status.ok() || !StatusOf(answer).ok() ? std::move(answer) : Answer(status);
  }
  template <class Verb>
  auto Read(Verb verb) -> decltype(verb(std::declval<storage::ReadTransaction&>())) {
    using Answer = decltype(verb(std::declval<storage::ReadTransaction&>()));
    Answer answer = absl::UnknownError("the body did not run");
    auto status = store_->Read([&](storage::ReadTransaction& transaction) {
      answer = verb(transaction);
      return StatusOf(answer);
    });
    return status.ok() || !StatusOf(answer).ok() ? std::move(answer) : Answer(status);
  }

  // Makers; each fails the test loudly when the registry refuses.
  MemberId MakeMember(const std::string& name_en, const std::string& gs1_prefix = "");
  v1::Member MemberRow(MemberId member);
  coding::Code PartyOf(MemberId member);  // the party that is the member itself
  // The class and its missing ancestors, without attributes.
  void MakeClass(const std::string& key_code);
  // Of class 0412, which is made when it is missing.
  coding::Code MakeItem(MemberId owner, const std::string& name_en,
                        const std::vector<v1::Alias>& aliases = {});
  coding::Code MakeService(MemberId owner, const std::string& name_en);
  coding::Code MakeParty(MemberId owner, const std::string& name_en,
                         v1::PartyRole role = v1::PARTY_ROLE_CUSTOMER,
                         v1::PartyKind kind = v1::PARTY_KIND_PERSON);

  // Every row of the store, to tell that a refusal changed nothing.
  std::map<std::string, std::string> Dump();

 private:
  static absl::Status StatusOf(const absl::Status& status) { return status; }
  template <class Value>
  static absl::Status StatusOf(const absl::StatusOr<Value>& value) {
    return value.status();
  }

  std::unique_ptr<storage::Store> store_;
  Environment environment_;
};

v1::Alias AliasOf(v1::AliasScheme scheme, const std::string& value, int contained_quantity = 0);

// The reason a refusal bears; fails the test when it bears none.
Reason ReasonIn(const absl::Status& status);
// The first field a refusal names, or "".
std::string FieldIn(const absl::Status& status);

}  // namespace radyab::tests
