#include "tests/support/registry_world.h"

#include "registry/access/sealed_part.h"
#include "registry/catalog/class_tree.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/member_registry.h"
#include "registry/parties/party_registry.h"
#include "registry/storage/open_store.h"

namespace radyab::tests {
namespace {

constexpr char kClass[] = "0412";

template <class Value>
Value Expect(absl::StatusOr<Value> value, const char* what) {
  if (!value.ok()) {
    ADD_FAILURE() << what << ": " << value.status();
    std::abort();
  }
  return *std::move(value);
}

coding::Code CodeIn(const std::string& digits) {
  const auto code = coding::ParseCode(digits);
  if (!code.ok()) std::abort();
  return *code;
}

}  // namespace

std::array<std::uint8_t, 32> FixedKey(std::uint8_t byte) {
  std::array<std::uint8_t, 32> key;
  key.fill(byte);
  return key;
}

std::string FreshBytes(std::size_t byte_count) {
  static std::uint64_t next = 0;
  std::string bytes(byte_count, '\0');
  const std::uint64_t number = ++next;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(number >> 8 * (i % 8) ^ i * 31);
  }
  return bytes;
}

access::Caller Admin() { return {1, v1::ROLE_ADMIN, std::nullopt}; }
access::Caller Public() { return {0, v1::ROLE_PUBLIC, std::nullopt}; }
access::Caller CallerFor(MemberId member, v1::Role role) {
  return {100 + static_cast<std::uint64_t>(member), role, member};
}

RegistryWorld::RegistryWorld(std::function<std::int64_t()> clock_us)
    : environment_{coding::SerialPermutation(FixedKey(1)), access::KeyedHash(FixedKey(2)),
                   access::Sealer(FixedKey(3))} {
  storage::StoreOptions options;
  options.run_bodies_twice = true;  // every verb must be a pure function of its transaction
  if (clock_us) options.clock_us = std::move(clock_us);
  auto store = storage::OpenStore("memory:", options);
  if (!store.ok()) std::abort();
  store_ = *std::move(store);
  const auto status = store_->Write([&](storage::WriteTransaction& transaction) {
    return catalog::CreateRegistryMember(transaction, environment_,
                                         std::string(access::kFreshKeyBytes, 'r'));
  });
  EXPECT_TRUE(status.ok()) << status;
}

MemberId RegistryWorld::MakeMember(const std::string& name_en, const std::string& gs1_prefix) {
  v1::Member wanted;
  wanted.mutable_display_name()->set_en(name_en);
  wanted.set_gs1_company_prefix(gs1_prefix);
  const std::string fresh_key = FreshBytes(access::kFreshKeyBytes);
  const auto member =
      Expect(Write([&](storage::WriteTransaction& transaction) {
               return catalog::CreateMember(transaction, environment_, wanted, fresh_key);
             }),
             "MakeMember");
  return Expect(catalog::ParseMemberName(member.name(), "name"), "MakeMember");
}

v1::Member RegistryWorld::MemberRow(MemberId member) {
  return Expect(Read([&](storage::ReadTransaction& transaction) {
                  return catalog::GetMember(transaction, member);
                }),
                "MemberRow");
}

coding::Code RegistryWorld::PartyOf(MemberId member) {
  return CodeIn(MemberRow(member).party_code());
}

void RegistryWorld::MakeClass(const std::string& key_code) {
  for (std::size_t length = 2; length <= key_code.size(); length += 2) {
    v1::Class wanted;
    wanted.set_key_code(key_code.substr(0, length));
    wanted.mutable_display_name()->set_en("class " + wanted.key_code());
    const auto made = Write([&](storage::WriteTransaction& transaction) {
      return catalog::CreateClass(transaction, wanted);
    });
    if (!made.ok() && !absl::IsAlreadyExists(made.status())) Expect(made, "MakeClass");
  }
}

coding::Code RegistryWorld::MakeItem(MemberId owner, const std::string& name_en,
                                     const std::vector<v1::Alias>& aliases) {
  MakeClass(kClass);
  v1::Item wanted;
  wanted.set_member(catalog::MemberName(owner));
  wanted.set_class_name(std::string("classes/") + kClass);
  wanted.mutable_display_name()->set_en(name_en);
  const auto item =
      Expect(Write([&](storage::WriteTransaction& transaction) {
               return catalog::CreateItem(transaction, environment_, Admin(), wanted, aliases);
             }),
             "MakeItem");
  return CodeIn(item.code());
}

coding::Code RegistryWorld::MakeService(MemberId owner, const std::string& name_en) {
  MakeClass(kClass);
  v1::Service wanted;
  wanted.set_member(catalog::MemberName(owner));
  wanted.set_class_name(std::string("classes/") + kClass);
  wanted.mutable_display_name()->set_en(name_en);
  const auto service =
      Expect(Write([&](storage::WriteTransaction& transaction) {
               return catalog::CreateService(transaction, environment_, Admin(), wanted, {});
             }),
             "MakeService");
  return CodeIn(service.code());
}

coding::Code RegistryWorld::MakeParty(MemberId owner, const std::string& name_en,
                                      v1::PartyRole role, v1::PartyKind kind) {
  v1::Party wanted;
  wanted.set_member(catalog::MemberName(owner));
  wanted.set_kind(kind);
  wanted.add_roles(role);
  wanted.mutable_display_name()->set_en(name_en);
  const std::string fresh_key = FreshBytes(access::kFreshKeyBytes);
  const auto party = Expect(Write([&](storage::WriteTransaction& transaction) {
                              return parties::CreateParty(transaction, environment_, Admin(),
                                                          wanted, {}, fresh_key);
                            }),
                            "MakeParty");
  return CodeIn(party.code());
}

std::map<std::string, std::string> RegistryWorld::Dump() {
  std::map<std::string, std::string> rows;
  const auto status = store_->Read([&](storage::ReadTransaction& transaction) {
    return transaction.Scan({"", ""}, storage::Direction::kForward, storage::kNoRowLimit,
                            [&](std::string_view key, std::string_view value) {
                              rows.emplace(key, value);
                              return true;
                            });
  });
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

v1::Alias AliasOf(v1::AliasScheme scheme, const std::string& value, int contained_quantity) {
  v1::Alias alias;
  alias.set_scheme(scheme);
  alias.set_value(value);
  alias.set_contained_quantity(contained_quantity);
  return alias;
}

Reason ReasonIn(const absl::Status& status) {
  const auto detail = ReasonOf(status);
  EXPECT_TRUE(detail.has_value()) << "no reason in: " << status;
  return detail ? detail->reason : Reason::kStoreFailed;
}

std::string FieldIn(const absl::Status& status) {
  const auto detail = ReasonOf(status);
  return detail && !detail->fields.empty() ? detail->fields.front().field : "";
}

}  // namespace radyab::tests
