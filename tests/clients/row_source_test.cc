#include "clients/cli/import/row_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <sstream>

#include "radyab/v1/party_service.pb.h"

namespace radyab::cli {
namespace {

using testing::HasSubstr;

const ImportPlan& Parties() { return *FindImportPlan("parties"); }

std::string HeaderFault(const std::string& text) {
  std::istringstream input(text);
  const auto rows = OpenCsvRows(input, Parties());
  return rows.ok() ? "" : rows.refusal().message;
}

TEST(RowSource, RefusesAHeaderThatItCannotUse) {
  EXPECT_THAT(HeaderFault(""), HasSubstr("the file is empty"));
  EXPECT_THAT(HeaderFault("name_fa,colour\n"), HasSubstr("\"colour\" is not known for parties"));
  EXPECT_THAT(HeaderFault("phone,email,phone\n"), HasSubstr("\"phone\" stands there twice"));
  EXPECT_THAT(HeaderFault("phone,\"email\n"), HasSubstr("never closed"));
  EXPECT_EQ(HeaderFault("phone;email\n"), "") << "semicolons part columns too";
  EXPECT_EQ(HeaderFault("\xEF\xBB\xBFphone,email\n"), "");
}

TEST(RowSource, NumbersRowsAndTellsEveryFaultOfOne) {
  std::istringstream input("kind,roles,phone\nperson,customer,1\nrobot,king,2\nperson\n");
  auto rows = OpenCsvRows(input, Parties());
  ASSERT_TRUE(rows.ok());
  RowSource& source = **rows;
  auto first = source.Next();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->row, 1);
  EXPECT_EQ(first->line, 2);
  EXPECT_TRUE(first->faults.empty());
  EXPECT_EQ(static_cast<const v1::CreatePartyRequest&>(*first->message).party().phone(), "1");
  auto second = source.Next();
  ASSERT_TRUE(second.has_value());
  ASSERT_EQ(second->faults.size(), 2u);
  EXPECT_EQ(second->faults[0].field(), "kind");
  EXPECT_EQ(second->faults[1].field(), "roles");
  auto third = source.Next();
  ASSERT_TRUE(third.has_value());
  ASSERT_EQ(third->faults.size(), 1u);
  EXPECT_EQ(third->faults[0].reason(), "INVALID_CSV");
  EXPECT_FALSE(source.Next().has_value());
}

TEST(RowSource, RefusesAHeaderWithAColumnOfTheServer) {
  EXPECT_EQ(HeaderFault("name_fa,etag\n"),
            "header: column \"etag\" is given by the server and cannot be imported; with "
            "--new-codes it is passed over, and every row gets a code of its own");
}

// A line of JSON without end, given out byte by byte: only what is read of it costs memory.
class EndlessLine : public std::streambuf {
 public:
  explicit EndlessLine(std::int64_t bytes) : left_(bytes) {}

 private:
  int_type underflow() override {
    if (left_-- <= 0) return traits_type::eof();
    byte_ = left_ == 0 ? '\n' : 'x';
    setg(&byte_, &byte_, &byte_ + 1);
    return traits_type::to_int_type(byte_);
  }
  std::int64_t left_;
  char byte_ = 'x';
};

TEST(RowSource, RefusesALongLineOfJsonWithoutHoldingIt) {
  EndlessLine bytes(64 << 20);
  std::istream input(&bytes);
  const auto rows = OpenJsonRows(input, Parties());
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  const auto row = rows->Next();
  rusage after{};
  getrusage(RUSAGE_SELF, &after);
  ASSERT_TRUE(row.has_value());
  ASSERT_EQ(row->faults.size(), 1u);
  EXPECT_THAT(row->faults[0].description(), HasSubstr("longer than 8 MiB"));
  EXPECT_EQ(rows->bytes_read(), 64 << 20);
  EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 40 << 10) << "KiB";
  EXPECT_FALSE(rows->Next().has_value());
}

TEST(RowSource, PassesOverEmptyLinesOfJson) {
  std::istringstream input("\n{\"phone\":\"1\"}\r\n  \n{\"phone\":\"2\"}");
  const auto rows = OpenJsonRows(input, Parties());
  const auto first = rows->Next();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->line, 2);
  const auto second = rows->Next();
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->row, 2);
  EXPECT_EQ(second->line, 4);
  EXPECT_FALSE(rows->Next().has_value());
}

}  // namespace
}  // namespace radyab::cli
