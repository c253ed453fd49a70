#include "registry/catalog/entry_facts.h"

#include <random>

#include "gtest/gtest.h"
#include "registry/storage/record.h"
#include "registry/storage/rows.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::ReasonIn;
using tests::RegistryWorld;

std::string RandomText(std::mt19937& random) {
  return std::string(random() % 40, static_cast<char>('a' + random() % 26));
}

v1::Item RandomItem(std::mt19937& random) {
  v1::Item item;
  item.set_name("items/" + RandomText(random));
  item.set_code(RandomText(random));
  item.mutable_display_name()->set_fa("shekar");
  item.set_generic(random() % 2 == 0);
  item.set_etag(RandomText(random));
  if (random() % 4 != 0) {
    v1::Life& life = *item.mutable_life();
    life.set_state(static_cast<v1::LifeState>(random() % 6));
    life.set_reason(RandomText(random));
    life.set_successor_code(RandomText(random));
  }
  item.mutable_create_time()->set_seconds(random());
  for (unsigned i = random() % 3; i > 0; --i) item.add_attributes()->set_key(RandomText(random));
  return item;
}

void ExpectFactsOf(const v1::Item& item, const StoredEntry& facts) {
  EXPECT_EQ(facts.code, item.code());
  EXPECT_EQ(facts.generic, item.generic());
  EXPECT_EQ(facts.life.state, item.life().state());
  EXPECT_EQ(facts.life.reason, item.life().reason());
  EXPECT_EQ(facts.life.successor_code, item.life().successor_code());
}

TEST(EntryFacts, AreThoseThatParsingGivesAlsoOfBytesCutShort) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 200; ++round) {
    const std::string bytes = RandomItem(random).SerializeAsString();
    for (std::size_t size = 0; size <= bytes.size(); ++size) {
      const std::string_view part = std::string_view(bytes).substr(0, size);
      v1::Item parsed;
      if (!parsed.ParseFromArray(part.data(), static_cast<int>(size))) continue;
      const auto facts = FactsOf<v1::Item>(part);
      ASSERT_TRUE(facts.has_value()) << size;
      EXPECT_EQ(facts->bytes, part);
      ExpectFactsOf(parsed, *facts);
    }
  }
}

TEST(EntryFacts, RefusesWhatIsNoMessage) {
  const std::string code_longer_than_the_row("\x12\x20short", 7);
  EXPECT_FALSE(FactsOf<v1::Item>(code_longer_than_the_row).has_value());
  EXPECT_FALSE(FactsOf<v1::Item>("\x13").has_value());          // a group, which we never write
  EXPECT_FALSE(FactsOf<v1::Item>("\x40").has_value());          // a number without its value
  EXPECT_FALSE(FactsOf<v1::Item>("\x52\x01\x12").has_value());  // a life that is none
}

TEST(EntryFacts, ABrokenRowIsDataLossAndAnotherBirthClassIsAnotherCode) {
  RegistryWorld world;
  const MemberId member = world.MakeMember("Maker");
  const coding::Code item = world.MakeItem(member, "Milk");
  const auto read = [&](coding::Code code) {
    return world.Read([&](storage::ReadTransaction& transaction) {
      auto found = ReadStoredEntry<v1::Item>(transaction, code);
      return found.ok() ? absl::StatusOr<std::string>(std::string(found->code)) : found.status();
    });
  };
  EXPECT_EQ(*read(item), item.Digits());
  const auto other = coding::Code::ForCatalog(coding::Kind::kItem, item.birth_class() + 1,
                                              item.block(), item.counter());
  EXPECT_TRUE(absl::IsNotFound(read(*other).status()));

  const std::string key = keyspace::Item(item);
  ASSERT_TRUE(world
                  .Write([&](storage::WriteTransaction& transaction) -> absl::StatusOr<int> {
                    auto fault = transaction.Put(key, storage::EncodeRecord(key, "\x52\x01\x12"));
                    if (!fault.ok()) return fault;
                    return 0;
                  })
                  .ok());
  EXPECT_EQ(ReasonIn(read(item).status()), Reason::kCorruptRecord);
}

}  // namespace
}  // namespace radyab::catalog
