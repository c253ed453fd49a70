#include "registry/storage/parsed_rows.h"

#include <gtest/gtest.h>

#include "registry/storage/open_store.h"

namespace radyab::storage {
namespace {

// What parsed_rows.h wants of a message. "?" is no structure it knows.
struct Word {
  std::string text;
  std::string SerializeAsString() const { return text; }
  bool ParseFromArray(const void* bytes, int count) {
    text.assign(static_cast<const char*>(bytes), static_cast<std::size_t>(count));
    return text != "?";
  }
};

class ParsedRow : public ::testing::Test {
 protected:
  void Put(const std::string& text) {
    ASSERT_TRUE(
        store_->Write([&](WriteTransaction& change) { return PutRow(change, key_, Word{text}); })
            .ok());
  }
  std::shared_ptr<const Word> Get() {
    std::shared_ptr<const Word> found;
    status_ = store_->Read([&](ReadTransaction& transaction) {
      auto row = GetParsedRow<Word>(transaction, key_);
      if (row.ok()) found = *row;
      return row.status();
    });
    return found;
  }

  const std::unique_ptr<Store> store_ = *OpenStore("memory:", {});
  const std::string key_ = "key";
  absl::Status status_;
};

TEST_F(ParsedRow, IsNullWhenThereIsNone) {
  EXPECT_EQ(Get(), nullptr);
  EXPECT_TRUE(status_.ok()) << status_;
}

TEST_F(ParsedRow, IsTheSameMessageWhileItsBytesStay) {
  Put("seven");
  const auto first = Get();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->text, "seven");
  EXPECT_EQ(Get(), first);
}

TEST_F(ParsedRow, IsParsedAnewOnceItsBytesChanged) {
  Put("seven");
  const auto first = Get();
  Put("eight");
  EXPECT_EQ(Get()->text, "eight");
  EXPECT_EQ(first->text, "seven");  // who holds the former one keeps it
}

TEST_F(ParsedRow, IsRefusedWhenItHoldsNoSuchMessage) {
  Put("?");
  EXPECT_EQ(Get(), nullptr);
  EXPECT_EQ(status_.code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace radyab::storage
