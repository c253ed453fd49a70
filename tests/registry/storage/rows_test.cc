#include "registry/storage/rows.h"

#include "registry/storage/open_store.h"
#include "tests/registry/storage/store_conformance.h"

namespace radyab::storage {
namespace {

// What rows.h wants of a message. "?" is no structure it knows.
struct Word {
  std::string text;
  std::string SerializeAsString() const { return text; }
  bool ParseFromArray(const void* bytes, int count) {
    text.assign(static_cast<const char*>(bytes), static_cast<std::size_t>(count));
    return text != "?";
  }
};

class Rows : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_
                    ->Write([](WriteTransaction& change) {
                      for (const char* key : {"a", "b", "d"}) {
                        PutRow(change, key, Word{std::string("word ") + key}).IgnoreError();
                      }
                      return PutMark(change, "mark");
                    })
                    .ok());
  }
  void PutRaw(std::string_view key, std::string_view value) {
    ASSERT_TRUE(
        store_->Write([&](WriteTransaction& change) { return change.Put(key, value); }).ok());
  }
  absl::StatusOr<std::optional<Word>> GetWord(const std::string& key) {
    absl::StatusOr<std::optional<Word>> word = std::optional<Word>();
    store_
        ->Read([&](ReadTransaction& snapshot) {
          word = GetRow<Word>(snapshot, key);
          return absl::OkStatus();
        })
        .IgnoreError();
    return word;
  }
  absl::Status ScanWords(std::vector<std::string>& words) {
    return store_->Read([&](ReadTransaction& snapshot) {
      return ScanRows<Word>(snapshot, {"a", "e"}, Direction::kForward, kNoRowLimit,
                            [&](std::string_view key, const Word& word) {
                              words.push_back(std::string(key) + "=" + word.text);
                              return true;
                            });
    });
  }

  std::unique_ptr<Store> store_ = OpenStore("memory:").value();
};

TEST_F(Rows, GivesMessagesBack) {
  EXPECT_EQ((*GetWord("a"))->text, "word a");
  EXPECT_FALSE(GetWord("c")->has_value());
  EXPECT_EQ((*GetWord("mark"))->text, "");
  std::vector<std::string> words;
  EXPECT_TRUE(ScanWords(words).ok());
  EXPECT_EQ(words, (std::vector<std::string>{"a=word a", "b=word b", "d=word d"}));
}

TEST_F(Rows, RefusesBrokenChecksumsAndStructures) {
  std::string record = EncodeRecord("c", "word c");
  record.back() ^= 4;
  for (const std::string& broken : {record, EncodeRecord("c", "?"), EncodeRecord("b", "word b")}) {
    PutRaw("c", broken);
    EXPECT_EQ(ReasonText(GetWord("c").status()), "CORRUPT_RECORD");
    std::vector<std::string> words;
    EXPECT_EQ(ReasonText(ScanWords(words)), "CORRUPT_RECORD");
    EXPECT_EQ(words, (std::vector<std::string>{"a=word a", "b=word b"}));
  }
}

TEST_F(Rows, GivesTheRefusalOfTheTransaction) {
  EXPECT_EQ(ReasonText(GetWord("").status()), "LIMIT_EXCEEDED");
}

}  // namespace
}  // namespace radyab::storage
