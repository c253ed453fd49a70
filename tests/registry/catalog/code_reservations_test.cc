// Reserved codes: used once, annulled when their time is past, never issued again.
#include "registry/catalog/code_reservations.h"

#include <gtest/gtest.h>

#include <set>

#include "radyab/v1/resolution.pb.h"
#include "registry/catalog/item_registry.h"
#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/records/records.pb.h"
#include "registry/resolver.h"
#include "registry/stamp.h"
#include "registry/storage/open_store.h"
#include "registry/upkeep/row_check.h"
#include "tests/support/registry_world.h"

namespace radyab::catalog {
namespace {

using tests::Admin;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

// A registry whose clock the test sets.
struct Printer {
  std::int64_t now_us = 1'700'000'000'000'000;
  RegistryWorld world{[this] { return now_us; }};
  MemberId member = world.MakeMember("Maker");

  Printer() { world.MakeClass("0412"); }

  absl::StatusOr<ReservedCodes> Reserve(const ReservationWanted& wanted) {
    return world.Write([&](storage::WriteTransaction& transaction) {
      return ReserveCodes(transaction, CallerFor(member), wanted);
    });
  }
  std::vector<coding::Code> Codes(int count, std::int64_t for_us = kDayUs) {
    const auto reserved = Reserve({.count = count, .expire_us = now_us + for_us});
    EXPECT_TRUE(reserved.ok()) << reserved.status();
    return reserved.ok() ? reserved->codes : std::vector<coding::Code>();
  }
  absl::StatusOr<v1::Item> Use(coding::Code code, MemberId owner,
                               const std::string& class_name = "classes/0412") {
    v1::Item wanted;
    wanted.set_class_name(class_name);
    wanted.mutable_display_name()->set_en("Milk");
    return world.Write([&](storage::WriteTransaction& transaction) {
      return CreateItem(transaction, world.environment(), CallerFor(owner), wanted, {},
                        code.Digits());
    });
  }
  absl::StatusOr<LifeOutcome> ChangeTo(coding::Code code, v1::LifeState state,
                                       const access::Caller& caller) {
    return world.Write([&](storage::WriteTransaction& transaction) {
      return ChangeLifeState(transaction, caller, {code.Digits(), state, "misprint", "", ""});
    });
  }
  std::size_t Sweep() {
    const auto swept = world.Write(
        [](storage::WriteTransaction& transaction) { return AnnulExpired(transaction); });
    EXPECT_TRUE(swept.ok()) << swept.status();
    return swept.ok() ? *swept : 0;
  }
  v1::Resolution Resolve(coding::Code code) {
    v1::Resolution answer;
    const auto status = world.Read([&](storage::ReadTransaction& transaction) {
      const auto bytes = ResolveToBytes(transaction, world.environment(), tests::Public(),
                                        ReadableKinds(), code.Digits(), {{2026, 11, 26}, now_us});
      if (bytes.ok()) answer.ParseFromString(*bytes);
      return bytes.status();
    });
    EXPECT_TRUE(status.ok()) << status;
    return answer;
  }
  // What the scrub would tell of any row.
  std::string Faults() {
    std::string faults;
    for (const auto& [key, value] : world.Dump()) {
      const auto status = world.Read([&, &key = key, &value = value](auto& transaction) {
        return upkeep::CheckRow(transaction, key, value,
                                [&](const std::string& fault) { faults += fault + "; "; });
      });
      EXPECT_TRUE(status.ok()) << status;
    }
    return faults;
  }
};

TEST(CodeReservations, AReservedCodeSaysSoUntilARegistrationUsesIt) {
  Printer printer;
  const auto codes = printer.Codes(3);
  ASSERT_EQ(codes.size(), 3u);
  const auto before = printer.Resolve(codes[1]);
  EXPECT_EQ(before.code(), codes[1].Digits());
  EXPECT_EQ(before.reservation().state(), v1::LIFE_STATE_RESERVED);
  EXPECT_FALSE(before.usable());
  EXPECT_EQ(before.unusable_reason(), "RESERVED: it names nothing yet");
  EXPECT_EQ(printer.Faults(), "");

  const auto item = printer.Use(codes[1], printer.member);
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_EQ(item->code(), codes[1].Digits());
  EXPECT_EQ(item->life().state(), v1::LIFE_STATE_ACTIVE);
  const auto after = printer.Resolve(codes[1]);
  EXPECT_FALSE(after.has_reservation());
  EXPECT_TRUE(after.usable());
  EXPECT_EQ(after.item().display_name().en(), "Milk");
  EXPECT_EQ(printer.Faults(), "");

  const auto again = printer.Use(codes[1], printer.member);
  EXPECT_EQ(ReasonIn(again.status()), Reason::kNotReserved);
}

TEST(CodeReservations, OneThatWasNotUsedInTimeIsAnnulledAndNeverIssuedAgain) {
  Printer printer;
  std::set<std::string> reserved;
  const auto codes = printer.Codes(100);
  for (const coding::Code code : codes) reserved.insert(code.Digits());
  printer.now_us += kDayUs - 1'000'000;
  EXPECT_TRUE(printer.Use(codes[0], printer.member).ok()) << "a second before the end";
  EXPECT_EQ(printer.Sweep(), 0u);

  printer.now_us += 1'000'000;
  // Its time counts, not whether the sweep came by.
  const auto late = printer.Use(codes[1], printer.member);
  EXPECT_EQ(ReasonIn(late.status()), Reason::kNotReserved);
  EXPECT_EQ(printer.Resolve(codes[1]).reservation().state(), v1::LIFE_STATE_ANNULLED);
  EXPECT_EQ(printer.Sweep(), kAnnulledPerSweepMax) << "in bounded steps";
  EXPECT_EQ(printer.Sweep(), 99 - kAnnulledPerSweepMax);
  EXPECT_EQ(printer.Sweep(), 0u);
  EXPECT_EQ(printer.Faults(), "");
  const auto told = printer.Resolve(codes[1]);
  EXPECT_EQ(told.unusable_reason(), "ANNULLED: it was not used in time");
  EXPECT_EQ(ReasonIn(printer.Use(codes[1], printer.member).status()), Reason::kNotReserved);

  for (int i = 0; i < 200; ++i) {
    const coding::Code fresh = printer.world.MakeItem(printer.member, "Milk");
    EXPECT_FALSE(reserved.contains(fresh.Digits())) << fresh.Digits();
    EXPECT_GT(fresh.counter(), codes.back().counter());
  }
}

TEST(CodeReservations, ACodeIsItsMembersOwn) {
  Printer printer;
  const MemberId other = printer.world.MakeMember("Other");
  const coding::Code code = printer.Codes(1).front();
  const auto before = printer.world.Dump();
  // Alike for what is foreign and what was never reserved.
  const auto foreign = printer.Use(code, other);
  EXPECT_EQ(ReasonIn(foreign.status()), Reason::kNotReserved);
  const auto next = coding::Code::ForCatalog(code.kind(), 0, code.block(), code.counter() + 1);
  EXPECT_EQ(ReasonIn(printer.Use(*next, other).status()), Reason::kNotReserved);
  EXPECT_EQ(ReasonIn(printer.ChangeTo(code, v1::LIFE_STATE_ANNULLED, CallerFor(other)).status()),
            Reason::kNotFound);
  const auto listed = printer.world.Read([&](storage::ReadTransaction& transaction) {
    return ListReservations(transaction, CallerFor(other), MemberName(printer.member), 0, {});
  });
  EXPECT_EQ(ReasonIn(listed.status()), Reason::kNotFound);
  EXPECT_EQ(printer.world.Dump(), before);
}

TEST(CodeReservations, ItsOwnerGivesItBackAndNothingElseFollows) {
  Printer printer;
  const coding::Code code = printer.Codes(1).front();
  EXPECT_EQ(ReasonIn(printer.ChangeTo(code, v1::LIFE_STATE_ACTIVE, Admin()).status()),
            Reason::kIllegalTransition);
  const auto given_back =
      printer.ChangeTo(code, v1::LIFE_STATE_ANNULLED, CallerFor(printer.member));
  ASSERT_TRUE(given_back.ok()) << given_back.status();
  EXPECT_EQ(printer.Resolve(code).unusable_reason(), "ANNULLED: misprint");
  EXPECT_EQ(ReasonIn(printer.Use(code, printer.member).status()), Reason::kNotReserved);
  EXPECT_EQ(ReasonIn(printer.ChangeTo(code, v1::LIFE_STATE_ANNULLED, Admin()).status()),
            Reason::kIllegalTransition);
  printer.now_us += 2 * kDayUs;
  EXPECT_EQ(printer.Sweep(), 0u) << "it is annulled already";
  EXPECT_EQ(printer.Faults(), "");
}

TEST(CodeReservations, ACodeBornInAClassNamesOnlyWhatLiesThere) {
  Printer printer;
  printer.world.MakeClass("041201");
  printer.world.MakeClass("0555");
  const auto reserved = printer.Reserve({.count = 2, .class_name = "classes/0412"});
  ASSERT_TRUE(reserved.ok()) << reserved.status();
  EXPECT_EQ(reserved->codes[0].birth_class(), 412u);
  const auto wrong = printer.Use(reserved->codes[0], printer.member, "classes/0555");
  EXPECT_EQ(FieldIn(wrong.status()), "reserved_code");
  EXPECT_TRUE(printer.Use(reserved->codes[0], printer.member, "classes/041201").ok());
  const auto any = printer.Codes(1);
  EXPECT_TRUE(printer.Use(any[0], printer.member, "classes/0555").ok());
}

TEST(CodeReservations, ARefusedRegistrationLeavesTheCodeReserved) {
  Printer printer;
  const coding::Code code = printer.Codes(1).front();
  const auto before = printer.world.Dump();
  EXPECT_FALSE(printer.Use(code, printer.member, "classes/0999").ok());
  EXPECT_EQ(printer.world.Dump(), before);
  EXPECT_TRUE(printer.Use(code, printer.member).ok());
}

TEST(CodeReservations, EveryWrongFieldIsToldAtOnce) {
  Printer printer;
  const auto before = printer.world.Dump();
  const auto refused =
      printer.Reserve({.count = 0, .class_name = "classes/0999", .expire_us = printer.now_us - 1});
  const auto detail = ReasonOf(refused.status());
  ASSERT_TRUE(detail) << refused.status();
  ASSERT_EQ(detail->fields.size(), 3u) << refused.status();
  EXPECT_EQ(ReasonIn(printer.Reserve({.count = 1001}).status()), Reason::kLimitExceeded);
  EXPECT_EQ(FieldIn(printer.Reserve({.count = 1, .expire_us = INT64_MAX}).status()), "expire_time");
  EXPECT_EQ(printer.world.Dump(), before);
  EXPECT_EQ(printer.Codes(kReservedAtOnceMax).size(), 1000u);
}

TEST(CodeReservations, OnlySoManyWaitForOneMember) {
  Printer printer;
  const auto reserve = [&](int count) {
    return printer.Reserve({.count = count, .expire_us = printer.now_us + kDayUs, .held_max = 10});
  };
  const auto codes = reserve(7);
  ASSERT_TRUE(codes.ok()) << codes.status();
  const auto before = printer.world.Dump();
  const auto refused = reserve(4).status();
  EXPECT_EQ(ReasonIn(refused), Reason::kLimitExceeded);
  const auto detail = ReasonOf(refused);
  ASSERT_TRUE(detail) << refused;
  EXPECT_EQ(detail->metadata.at("held"), "7");
  EXPECT_EQ(detail->metadata.at("limit"), "10");
  EXPECT_EQ(printer.world.Dump(), before);
  EXPECT_TRUE(reserve(3).ok());
  EXPECT_FALSE(reserve(1).ok());
  const MemberId other = printer.world.MakeMember("Other");
  const auto others = printer.world.Write([&](storage::WriteTransaction& transaction) {
    return ReserveCodes(transaction, CallerFor(other), {.count = 10, .held_max = 10});
  });
  EXPECT_TRUE(others.ok()) << others.status();

  // One that was used, annulled or is past its time makes room for another.
  ASSERT_TRUE(printer.Use(codes->codes[0], printer.member).ok());
  EXPECT_TRUE(reserve(1).ok());
  EXPECT_FALSE(reserve(1).ok());
  const auto maker = CallerFor(printer.member);
  ASSERT_TRUE(printer.ChangeTo(codes->codes[1], v1::LIFE_STATE_ANNULLED, maker).ok());
  EXPECT_TRUE(reserve(1).ok());
  EXPECT_FALSE(reserve(1).ok());
  printer.now_us += 2 * kDayUs;
  EXPECT_EQ(printer.Sweep(), 10u);
  EXPECT_TRUE(reserve(10).ok());
  EXPECT_FALSE(reserve(1).ok());
}

// A registry of before there was a limit has no counter: what waits is counted once.
TEST(CodeReservations, ThoseOfBeforeThereWasALimitCount) {
  Printer printer;
  const auto codes = printer.Codes(6);
  const auto maker = CallerFor(printer.member);
  ASSERT_TRUE(printer.ChangeTo(codes[0], v1::LIFE_STATE_ANNULLED, maker).ok());
  const auto forgotten = printer.world.Write([&](storage::WriteTransaction& transaction) {
    return transaction.Delete(keyspace::Counter("reserved " + MemberName(printer.member)));
  });
  ASSERT_TRUE(forgotten.ok());
  ASSERT_TRUE(printer.Use(codes[1], printer.member).ok());
  EXPECT_FALSE(printer.Reserve({.count = 7, .held_max = 10}).ok());
  EXPECT_TRUE(printer.Reserve({.count = 6, .held_max = 10}).ok());
  EXPECT_FALSE(printer.Reserve({.count = 1, .held_max = 10}).ok());
}

TEST(CodeReservations, AreListedByPageInOrder) {
  Printer printer;
  const auto codes = printer.Codes(5);
  std::vector<std::string> listed;
  PageRequest page{2, ""};
  for (int pages = 0; pages < 3; ++pages) {
    const auto found = printer.world.Read([&](storage::ReadTransaction& transaction) {
      return ListReservations(transaction, CallerFor(printer.member), "", printer.now_us, page);
    });
    ASSERT_TRUE(found.ok()) << found.status();
    for (const auto& reserved : found->rows) listed.push_back(reserved.code());
    page.after = found->next;
  }
  EXPECT_TRUE(page.after.empty());
  ASSERT_EQ(listed.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(listed[i], codes[i].Digits());
}

}  // namespace
}  // namespace radyab::catalog
