// Numbers under scratch layers: each answers once, and is kept by its hash alone
#include "registry/authenticity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "registry/catalog/life.h"
#include "registry/catalog/member_registry.h"
#include "registry/trace/event_capture.h"
#include "tests/support/registry_world.h"

namespace radyab {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::CallerFor;
using tests::FieldIn;
using tests::ReasonIn;
using tests::RegistryWorld;

constexpr char kNumber[] = "4711081526374859";
constexpr auto kGenuine = v1::AUTHENTICITY_VERDICT_GENUINE;
constexpr auto kAskedBefore = v1::AUTHENTICITY_VERDICT_ASKED_BEFORE;
constexpr std::int64_t kMinuteUs = 60'000'000;

class Authenticity : public testing::Test {
 protected:
  using Numbers = std::vector<std::string>;
  absl::StatusOr<RegisteredNumbers> Register(const std::string& object, const Numbers& numbers,
                                             const access::Caller& caller) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return RegisterAuthenticityNumbers(transaction, world_.environment(), caller, object,
                                         numbers);
    });
  }
  absl::StatusOr<RegisteredNumbers> Register(const std::string& object, const Numbers& numbers) {
    return Register(object, numbers, maker_key_);
  }
  absl::StatusOr<AskedNumber> Ask(const std::string& number,
                                  coding::CivilDate today = {2026, 11, 27}) {
    return world_.Write([&](storage::WriteTransaction& transaction) {
      return AskAuthenticity(transaction, world_.environment(), number, today);
    });
  }
  absl::StatusOr<v1::AuthenticityNumber> Get(const std::string& number,
                                             const access::Caller& caller) {
    return world_.Read([&](storage::ReadTransaction& transaction) {
      return GetAuthenticityNumber(transaction, world_.environment(), caller, number);
    });
  }
  std::vector<v1::AuthenticityNumber> AskedAgain(const std::string& item = "",
                                                 std::size_t row_count_max = 50) {
    std::vector<v1::AuthenticityNumber> numbers;
    PageRequest page{row_count_max, ""};
    do {
      auto found = world_.Read([&](storage::ReadTransaction& transaction) {
        return ListNumbersAskedAgain(transaction, maker_key_, {"", item}, page);
      });
      EXPECT_TRUE(found.ok()) << found.status();
      if (!found.ok()) break;
      EXPECT_LE(found->rows.size(), row_count_max);
      numbers.insert(numbers.end(), found->rows.begin(), found->rows.end());
      page.after = found->next;
    } while (!page.after.empty());
    return numbers;
  }
  void SetState(v1::LifeState state) {
    const auto changed = world_.Write([&](storage::WriteTransaction& transaction) {
      return catalog::ChangeLifeState(transaction, maker_key_,
                                      {tea_.Digits(), state, "mould", "", ""})
          .status();
    });
    ASSERT_TRUE(changed.ok()) << changed;
  }

  std::int64_t now_us_ = 1'790'000'000'000'000;
  RegistryWorld world_{[this] { return now_us_; }};
  const MemberId maker_ = world_.MakeMember("Maker");
  const MemberId other_ = world_.MakeMember("Other");
  const access::Caller maker_key_ = CallerFor(maker_);
  const coding::Code tea_ = world_.MakeItem(maker_, "Green tea");
};

TEST_F(Authenticity, ANumberAnswersOnce) {
  const auto registered = Register(tea_.Digits(), {kNumber});
  ASSERT_TRUE(registered.ok()) << registered.status();
  EXPECT_EQ(registered->fresh, 1);
  const auto first = Ask("۴۷۱۱ ۰۸۱۵-۲۶۳۷ ۴۸۵۹");
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->answer.verdict(), kGenuine);
  EXPECT_EQ(first->answer.object(), tea_.Digits());
  EXPECT_EQ(first->answer.display_name().en(), "Green tea");
  EXPECT_EQ(first->answer.member_name().en(), "Maker");
  EXPECT_TRUE(first->answer.usable());
  EXPECT_TRUE(first->counted);

  now_us_ += kMinuteUs;
  const auto second = Ask(kNumber);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->answer.verdict(), kAskedBefore);
  EXPECT_EQ(second->answer.first_ask_time().seconds(), first->answer.first_ask_time().seconds());
  // When it was asked for is all that is told.
  v1::AuthenticityAnswer rest = second->answer;
  rest.clear_verdict();
  rest.clear_first_ask_time();
  EXPECT_THAT(rest.SerializeAsString(), IsEmpty());
}

TEST_F(Authenticity, WhatIsNotRegisteredIsNotFoundAndChangesNothing) {
  ASSERT_TRUE(Register(tea_.Digits(), {kNumber}).ok());
  const auto before = world_.Dump();
  EXPECT_EQ(ReasonIn(Ask("4711081526374858").status()), Reason::kNotFound);
  EXPECT_EQ(FieldIn(Ask("471108152637485").status()), "number");
  EXPECT_EQ(FieldIn(Ask("").status()), "number");
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(Authenticity, NeitherRowsNorRefusalsHoldTheNumber) {
  ASSERT_TRUE(Register(tea_.Digits() + "/lot/L-1", {kNumber}).ok());
  ASSERT_TRUE(Ask(kNumber).ok());
  ASSERT_TRUE(Ask(kNumber).ok());
  for (const auto& [key, value] : world_.Dump()) {
    EXPECT_THAT(key + value, Not(HasSubstr(kNumber)));
  }
  const auto slip = Ask(std::string(kNumber) + "0").status();
  EXPECT_THAT(std::string(slip.message()), Not(HasSubstr("47110815")));
  const auto letter = Ask("471108152637485O").status();
  EXPECT_THAT(std::string(letter.message()), Not(HasSubstr("47110815")));
  EXPECT_THAT(std::string(letter.message()), HasSubstr("INVALID_CHARACTER at place 16"));
}

TEST_F(Authenticity, RegisteringAgainCountsAndChangesNothing) {
  ASSERT_TRUE(Register(tea_.Digits(), {kNumber}).ok());
  ASSERT_TRUE(Ask(kNumber).ok());
  const auto again = Register(tea_.Digits(), {kNumber, "1111222233334444"});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->fresh, 1);
  EXPECT_EQ(again->known, 1);
  EXPECT_EQ(Ask(kNumber)->answer.verdict(), kAskedBefore);
}

TEST_F(Authenticity, AllOfACallOrNone) {
  ASSERT_TRUE(Register(tea_.Digits(), {kNumber}).ok());
  const coding::Code coffee = world_.MakeItem(maker_, "Coffee");
  const auto before = world_.Dump();
  const auto taken = Register(coffee.Digits(), {"1111222233334444", kNumber}).status();
  EXPECT_EQ(ReasonIn(taken), Reason::kAlreadyExists);
  EXPECT_THAT(std::string(taken.message()), HasSubstr("numbers[1]"));
  const auto wrong =
      Register(coffee.Digits(), {"1", "1111222233334444", "x", "1111-2222-3333-4444"}).status();
  const auto detail = ReasonOf(wrong);
  ASSERT_TRUE(detail && detail->fields.size() == 3) << wrong;
  EXPECT_EQ(detail->fields[0].field, "numbers[0]");
  EXPECT_EQ(detail->fields[1].field, "numbers[2]");
  EXPECT_EQ(detail->fields[2].field, "numbers[3]");
  EXPECT_EQ(ReasonIn(Register(coffee.Digits(), {}).status()), Reason::kMissingField);
  EXPECT_EQ(ReasonIn(Register(coffee.Digits(), Numbers(kNumbersAtOnceMax + 1, kNumber)).status()),
            Reason::kLimitExceeded);
  EXPECT_EQ(world_.Dump(), before);
}

TEST_F(Authenticity, OnlyGoodsOfTheCallerBearNumbers) {
  const auto before = world_.Dump();
  EXPECT_EQ(ReasonIn(Register(tea_.Digits(), {kNumber}, CallerFor(other_)).status()),
            Reason::kNotFound);
  const coding::Code service = world_.MakeService(maker_, "Repair");
  const coding::Code party = world_.MakeParty(maker_, "Sara");
  EXPECT_EQ(FieldIn(Register(service.Digits(), {kNumber}).status()), "object");
  EXPECT_EQ(FieldIn(Register(party.Digits(), {kNumber}).status()), "object");
  EXPECT_EQ(FieldIn(Register("sscc/376104250021234569", {kNumber}).status()), "object");
  EXPECT_EQ(ReasonIn(Register("1042000099999913", {kNumber}).status()), Reason::kInvalidCode);
  SetState(v1::LIFE_STATE_SUSPENDED);
  EXPECT_EQ(ReasonIn(Register(tea_.Digits(), {kNumber}).status()), Reason::kNotActive);
  EXPECT_EQ(ReasonIn(Ask(kNumber).status()), Reason::kNotFound);
}

// A recalled product is genuine all the same; that it must not be used is said with it.
TEST_F(Authenticity, SaysWhetherTheGoodsMayBeUsed) {
  ASSERT_TRUE(Register(tea_.Digits(), {kNumber}).ok());
  SetState(v1::LIFE_STATE_SUSPENDED);
  const auto asked = Ask(kNumber);
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_EQ(asked->answer.verdict(), kGenuine);
  EXPECT_FALSE(asked->answer.usable());
  EXPECT_EQ(asked->answer.unusable_reason(), "SUSPENDED: mould");
}

TEST_F(Authenticity, KnowsTheExpiryOfItsLot) {
  const std::string lot = tea_.Digits() + "/lot/L-1";
  v1::Event event;
  event.set_kind(v1::EVENT_KIND_COMMISSION);
  event.mutable_event_time()->set_seconds(now_us_ / 1'000'000);
  v1::EventObject& made = *event.add_objects();
  made.set_object(lot);
  made.mutable_quantity()->set_amount("10");
  made.mutable_quantity()->set_unit("C62");
  made.set_expiry_date("2026-11-27");
  const auto captured = world_.Write([&](storage::WriteTransaction& transaction) {
    return trace::CaptureEvent(transaction, world_.environment(), maker_key_, event).status();
  });
  ASSERT_TRUE(captured.ok()) << captured;
  ASSERT_TRUE(Register(lot, {kNumber, "1111222233334444"}).ok());
  const auto today = Ask(kNumber);
  ASSERT_TRUE(today.ok()) << today.status();
  EXPECT_EQ(today->answer.expiry_date(), "2026-11-27");
  EXPECT_TRUE(today->answer.usable());
  const auto tomorrow = Ask("1111222233334444", {2026, 11, 28});
  EXPECT_FALSE(tomorrow->answer.usable());
  EXPECT_EQ(tomorrow->answer.unusable_reason(), "expired on 2026-11-27");
}

TEST_F(Authenticity, ItsMemberSeesHowOftenItWasAskedFor) {
  ASSERT_TRUE(Register(tea_.Digits(), {kNumber}).ok());
  auto kept = Get(kNumber, maker_key_);
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->ask_count(), 0);
  EXPECT_FALSE(kept->has_first_ask_time());
  EXPECT_EQ(kept->object(), tea_.Digits());
  ASSERT_TRUE(Ask(kNumber).ok());
  EXPECT_THAT(AskedAgain(), IsEmpty());
  now_us_ += kMinuteUs;
  ASSERT_TRUE(Ask(kNumber).ok());
  kept = Get(kNumber, maker_key_);
  EXPECT_EQ(kept->ask_count(), 2);
  EXPECT_EQ(kept->last_ask_time().seconds(), kept->first_ask_time().seconds() + 60);
  EXPECT_EQ(ReasonIn(Get(kNumber, CallerFor(other_)).status()), Reason::kNotFound);
  EXPECT_EQ(ReasonIn(Get("1111222233334444", maker_key_).status()), Reason::kNotFound);
}

TEST_F(Authenticity, NumbersAskedForAgainAreListed) {
  const coding::Code coffee = world_.MakeItem(maker_, "Coffee");
  Numbers numbers;
  for (int number = 0; number < 7; ++number) {
    numbers.push_back("471108152637485" + std::to_string(number));
  }
  ASSERT_TRUE(Register(tea_.Digits(), numbers).ok());
  ASSERT_TRUE(Register(coffee.Digits(), {"1111222233334444"}).ok());
  for (int times = 0; times < 3; ++times) {
    for (std::size_t at = 0; at < 5; ++at) ASSERT_TRUE(Ask(numbers[at]).ok());
    ASSERT_TRUE(Ask("1111222233334444").ok());
  }
  EXPECT_THAT(AskedAgain("", 2), SizeIs(6));
  EXPECT_THAT(AskedAgain(tea_.Digits(), 2), SizeIs(5));
  EXPECT_THAT(AskedAgain(coffee.Digits()), SizeIs(1));
  EXPECT_EQ(AskedAgain(coffee.Digits())[0].ask_count(), 3);
  const auto foreign = world_.Read([&](storage::ReadTransaction& transaction) {
    return ListNumbersAskedAgain(transaction, CallerFor(other_), {catalog::MemberName(maker_), ""},
                                 {});
  });
  EXPECT_EQ(ReasonIn(foreign.status()), Reason::kNotFound);
}

// Nobody can fill the store by asking.
TEST_F(Authenticity, CountsSoManyAsksAndWritesNoMore) {
  ASSERT_TRUE(Register(tea_.Digits(), {kNumber}).ok());
  for (int times = 0; times < kAsksCountedMax; ++times) ASSERT_TRUE(Ask(kNumber)->counted);
  const auto before = world_.Dump();
  const auto one_more = Ask(kNumber);
  ASSERT_TRUE(one_more.ok());
  EXPECT_EQ(one_more->answer.verdict(), kAskedBefore);
  EXPECT_FALSE(one_more->counted);
  EXPECT_EQ(world_.Dump(), before);
}

// Against a plain book of what was asked.
TEST_F(Authenticity, AgreesWithABookOfRandomAsks) {
  const auto seed = std::random_device()();
  std::mt19937 random(seed);
  std::map<std::string, int> book;
  Numbers numbers;
  for (int number = 0; number < 40; ++number) {
    std::string digits = std::to_string(1'000'000'000'000'000 + random() % 40 * 7919);
    if (book.emplace(digits, 0).second) numbers.push_back(digits);
  }
  ASSERT_TRUE(Register(tea_.Digits(), numbers).ok());
  for (int step = 0; step < 300; ++step) {
    const std::string digits = std::to_string(1'000'000'000'000'000 + random() % 40 * 7919);
    const auto asked = Ask(digits);
    const auto known = book.find(digits);
    ASSERT_EQ(asked.ok(), known != book.end()) << "seed " << seed << " step " << step;
    if (!asked.ok()) continue;
    ASSERT_EQ(asked->answer.verdict(), known->second++ == 0 ? kGenuine : kAskedBefore)
        << "seed " << seed << " step " << step;
  }
}

}  // namespace
}  // namespace radyab
