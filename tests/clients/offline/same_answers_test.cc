// The pack and the server give the same answer to every text, but for what a pack does not have.
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "coding/check_digits.h"
#include "tests/clients/offline/site_world.h"

namespace radyab::offline {
namespace {

constexpr v1::AliasScheme kGtin = v1::ALIAS_SCHEME_GTIN;

std::string Gtin14(int number) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "1952100%06d", number % 1'000'000);
  return std::string(digits) + coding::Gs1CheckDigit(digits);
}

std::string Gtin13(int number) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "952100%06d", number % 1'000'000);
  return std::string(digits) + coding::Gs1CheckDigit(digits);
}

template <class Entry>
void Trim(Entry& entry) {
  entry.clear_attributes();
  entry.clear_class_versions();
  entry.clear_create_time();
  entry.clear_update_time();
  entry.clear_etag();
  entry.mutable_life()->clear_predecessor_steps();
}

// What of the server's answer a pack can know.
v1::Resolution KnowableOf(v1::Resolution answer) {
  const bool answer_was_refused = answer.has_refusal();
  // Codes of parties and cases that may have been meant are not the pack's to know.
  auto& meant = *answer.mutable_refusal()->mutable_did_you_mean();
  meant.erase(
      std::remove_if(meant.begin(), meant.end(),
                     [](const std::string& code) { return code[0] != '1' && code[0] != '8'; }),
      meant.end());
  if (!answer_was_refused) answer.clear_refusal();
  const bool lot_of_a_party = answer.text().starts_with('7') && answer.has_refusal() &&
                              answer.refusal().reason() == "INVALID_FIELD";
  const bool unknown = lot_of_a_party || answer.has_party() || answer.has_case_() ||
                       answer.has_reservation() || answer.object().starts_with("sscc/");
  if (unknown || answer.refusal().reason() == "NOT_FOUND") {
    v1::Resolution refused;
    refused.set_text(answer.text());
    refused.mutable_refusal()->set_reason("NOT_IN_PACK");
    *refused.mutable_refusal()->mutable_did_you_mean() = answer.refusal().did_you_mean();
    return refused;
  }
  if (answer.has_item()) Trim(*answer.mutable_item());
  if (answer.has_service()) Trim(*answer.mutable_service());
  for (v1::Item& item : *answer.mutable_supplier_items()) Trim(item);
  return answer;
}

class SameAnswers : public ::testing::Test {
 protected:
  SameAnswers() {
    auto folder = OfflineFolder::Open(site_folder_.path());
    if (!folder) std::abort();
    folder_ = std::move(folder).value();
    pack_ = std::make_unique<PackStore>(folder_->pack());
  }

  void Fetch() {
    const auto change = world_.Fetch(*pack_, {.now_us = NowUs()});
    ASSERT_TRUE(change.ok()) << change.error().reason << " " << change.error().message;
  }

  // Asks both everything.
  void Compare(const std::vector<std::string>& texts) {
    const OfflineResolver resolver(*pack_);
    const AskedAt asked = AskedNow();
    for (std::size_t at = 0; at < texts.size(); at += 200) {
      v1::BatchResolveRequest request;
      for (std::size_t i = at; i < std::min(texts.size(), at + 200); ++i) {
        request.add_texts(texts[i]);
      }
      const auto answers = world_.site().codes.BatchResolve(request);
      ASSERT_TRUE(answers.ok()) << answers.error().message;
      for (int i = 0; i < request.texts_size(); ++i) {
        auto ours = resolver.Resolve(request.texts(i), asked);
        ASSERT_TRUE(ours.ok()) << ours.error().message;
        v1::Resolution offline = *ours;
        if (offline.refusal().reason() == "NOT_IN_PACK") {
          EXPECT_NE(offline.refusal().message(), "");
          offline.mutable_refusal()->clear_message();
        }
        const v1::Resolution wanted = KnowableOf(answers->resolutions(i));
        std::string difference;
        google::protobuf::util::MessageDifferencer differencer;
        differencer.ReportDifferencesToString(&difference);
        EXPECT_TRUE(differencer.Compare(wanted, offline)) << "\"" << request.texts(i) << "\"\n"
                                                          << difference;
        ++compared_;
        answered_ += offline.has_refusal() ? 0 : 1;
        unusable_ += !offline.has_refusal() && !offline.usable() ? 1 : 0;
      }
    }
  }

  SiteWorld world_;
  SiteFolder site_folder_;
  std::unique_ptr<OfflineFolder> folder_;
  std::unique_ptr<PackStore> pack_;
  int compared_ = 0, answered_ = 0, unusable_ = 0;
};

// Every form in which a code or a GTIN is scanned.
void AddForms(const std::string& code, std::vector<std::string>& texts) {
  texts.insert(texts.end(), {code, "https://radyab.example/c/" + code, code + "/lot/L7",
                             code + "/serial/S 1", "]C1240" + code,
                             code.substr(0, 4) + " " + code.substr(4, 4) + "-" + code.substr(8)});
  std::string mistyped = code;
  mistyped[7] = mistyped[7] == '9' ? '0' : static_cast<char>(mistyped[7] + 1);
  texts.push_back(mistyped);
}

void AddForms13(const std::string& gtin, std::vector<std::string>& texts) {
  const std::string whole = std::string(14 - gtin.size(), '0') + gtin;
  texts.insert(texts.end(), {gtin, whole, "]E0" + gtin, "(01)" + whole + "(10)LOT1(17)991231",
                             "]d201" + whole + "17200101" + "10A7", "]C101" + whole + "21SER9",
                             "https://id.gs1.org/01/" + whole + "/10/AB?17=300101"});
}

TEST_F(SameAnswers, OverAWorldOfCodes) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto chance = [&](int one_of) { return random() % static_cast<unsigned>(one_of) == 0; };
  std::vector<std::string> texts = {"",
                                    "hello",
                                    "سلام",
                                    "]C1",
                                    "sscc/095210000000000013",
                                    "1234567890123456",
                                    "0000000000000",
                                    "(01)123",
                                    "12345",

                                    "1042000017000113/lot/"};
  std::vector<std::string> codes;
  for (int i = 0; i < 60; ++i) {
    const std::string& member = chance(3) ? world_.other() : world_.member();
    std::vector<v1::Alias> aliases;
    if (!chance(3)) aliases.push_back(AliasOfScheme(kGtin, Gtin13(i)));
    if (chance(3)) aliases.push_back(AliasOfScheme(kGtin, Gtin14(i), 12));
    if (chance(4)) {
      aliases.push_back(AliasOfScheme(v1::ALIAS_SCHEME_SUPPLIER_PART, "PN-" + std::to_string(i)));
    }
    if (chance(3)) {
      aliases.push_back(
          AliasOfScheme(v1::ALIAS_SCHEME_STUFFID, "27100000" + std::to_string(10000 + i)));
    }
    if (chance(3)) {
      aliases.push_back(
          AliasOfScheme(v1::ALIAS_SCHEME_IRANCODE, "26215000120" + std::to_string(10000 + i)));
    }
    const auto item = world_.NewItem(member, "Item " + std::to_string(i), aliases);
    codes.push_back(item.code());
    for (const v1::Alias& alias : aliases) {
      alias.scheme() == kGtin ? AddForms13(alias.value(), texts) : texts.push_back(alias.value());
    }
    if (chance(3) && !aliases.empty() && aliases[0].scheme() == kGtin) {
      // A second supplier of the same goods.
      const auto& owner = member == world_.member() ? world_.other() : world_.member();
      codes.push_back(world_.NewItem(owner, "Same " + std::to_string(i), {aliases[0]}).code());
    }
    if (chance(5) && !aliases.empty()) world_.EndAlias(item.code(), aliases[0]);
  }
  for (int i = 0; i < 8; ++i) {
    codes.push_back(world_.NewService(world_.member(), "Service " + std::to_string(i)).code());
  }
  for (int lot = 0; lot < 12; ++lot) {
    const std::string object =
        codes[static_cast<std::size_t>(lot)] + "/lot/L" + std::to_string(lot);
    world_.NewLot(object, lot % 3 == 0 ? "" : lot % 2 == 0 ? "2020-01-31" : "2999-12-31");
    texts.push_back(object);
    texts.push_back("]C1240" + codes[static_cast<std::size_t>(lot)] +
                    "\x1D"
                    "10L" +
                    std::to_string(lot));
  }
  for (std::size_t i = 0; i + 1 < codes.size(); i += 2) {
    const bool same_kind = codes[i][0] == codes[i + 1][0];
    switch (random() % 6) {
      case 0:
        world_.ChangeLife(codes[i], v1::LIFE_STATE_SUSPENDED, "پس گرفته شد");
        break;
      case 1:
        world_.ChangeLife(codes[i], v1::LIFE_STATE_RETIRED, "no longer made",
                          same_kind ? codes[i + 1] : "");
        break;
      case 2:
        if (same_kind) world_.Merge(codes[i], codes[i + 1]);
        break;
      default:
        break;
    }
  }
  for (const std::string& code : codes) AddForms(code, texts);
  const auto party = world_.NewParty(world_.member(), "A customer");
  AddForms(party.code(), texts);
  v1::ReserveCodesRequest reserve;
  reserve.set_member(world_.member());
  reserve.set_count(1);
  const auto reserved = world_.admin().catalog.ReserveCodes(reserve);
  ASSERT_TRUE(reserved.ok());
  texts.push_back(reserved->codes(0));
  Fetch();
  Compare(texts);
  EXPECT_GT(answered_, 300) << "of " << compared_;
  EXPECT_GT(unusable_, 30);

  // Changes later: only they are fetched, and the answers agree again.
  world_.ChangeLife(codes[1], v1::LIFE_STATE_SUSPENDED, "blocked");
  world_.NewItem(world_.member(), "Later", {AliasOfScheme(kGtin, Gtin13(900))});
  AddForms13(Gtin13(900), texts);
  const auto change = world_.Fetch(*pack_, {.now_us = NowUs()});
  ASSERT_TRUE(change.ok()) << change.error().message;
  EXPECT_FALSE(change->whole);
  EXPECT_LE(change->buckets_new, 3) << "of the changed code, of the new item, of its generic item";
  Compare(texts);
}

}  // namespace
}  // namespace radyab::offline
