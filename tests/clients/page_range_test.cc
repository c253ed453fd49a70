#include "clients/cpp/page_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cpp/catalog_client.h"
#include "tests/clients/fake_server.h"

namespace radyab::client {
namespace {

using testing::ElementsAre;

// Pages by token; notes what was asked for.
struct Book {
  std::map<std::string, Page<int>> pages;
  std::vector<std::string> asked = {};

  PageRange<int> Range() {
    return PageRange<int>([this](const std::string& token) -> Answer<Page<int>> {
      asked.push_back(token);
      const auto page = pages.find(token);
      if (page == pages.end()) return ClientError{.code = ErrorCode::kUnavailable};
      return page->second;
    });
  }
};

std::vector<int> Values(PageRange<int> range) {
  std::vector<int> values;
  for (const auto& value : range) values.push_back(value ? *value : -1);
  return values;
}

TEST(PageRange, GoesThroughAllPagesInOrder) {
  Book book{{{"", {{1, 2}, "b"}}, {"b", {{3}, "c"}}, {"c", {{4, 5}, ""}}}};
  EXPECT_THAT(Values(book.Range()), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_THAT(book.asked, ElementsAre("", "b", "c"));
}

TEST(PageRange, IsEmptyForAnEmptyList) {
  Book book{{{"", {{}, ""}}}};
  EXPECT_THAT(Values(book.Range()), ElementsAre());
}

TEST(PageRange, PassesOverEmptyPagesThatAreNotTheLast) {
  Book book{{{"", {{}, "b"}}, {"b", {{}, "c"}}, {"c", {{7}, ""}}}};
  EXPECT_THAT(Values(book.Range()), ElementsAre(7));
}

TEST(PageRange, EndsWithTheErrorOfThePageThatCannotBeFetched) {
  Book book{{{"", {{1, 2}, "gone"}}}};
  EXPECT_THAT(Values(book.Range()), ElementsAre(1, 2, -1));
}

TEST(PageRange, RefusesAPageThatNamesItselfAsTheNext) {
  Book book{{{"", {{1}, "b"}}, {"b", {{2}, "b"}}}};
  EXPECT_THAT(Values(book.Range()), ElementsAre(1, -1));
  EXPECT_THAT(book.asked, ElementsAre("", "b"));
}

TEST(PageRange, FetchesAPageOnlyWhenItIsWanted) {
  Book book{{{"", {{1, 2}, "b"}}, {"b", {{3}, ""}}}};
  PageRange<int> range = book.Range();
  for (const auto& value : range) {
    if (*value == 2) break;
  }
  EXPECT_THAT(book.asked, ElementsAre(""));
}

TEST(PageRange, AsksTheServerForThePagesOfTheSameList) {
  std::vector<std::string> asked;
  FakeAnswers answers;
  answers.list_items = [&](const v1::ListItemsRequest& request, v1::ListItemsResponse& page) {
    asked.push_back(request.member() + "|" + request.page_token());
    page.add_items()->set_code(request.page_token().empty() ? "one" : "two");
    if (request.page_token().empty()) page.set_next_page_token("next");
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  v1::ListItemsRequest request;
  request.set_member("members/00017");
  std::vector<std::string> codes;
  for (const auto& item : CatalogClient(server.Connect()).ListItems(request)) {
    ASSERT_TRUE(item.ok());
    codes.push_back(item->code());
  }
  EXPECT_THAT(codes, ElementsAre("one", "two"));
  EXPECT_THAT(asked, ElementsAre("members/00017|", "members/00017|next"));
}

}  // namespace
}  // namespace radyab::client
