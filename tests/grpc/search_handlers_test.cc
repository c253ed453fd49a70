// Search over the wire: what the handler passes on of the request, and of the caller.
#include <gtest/gtest.h>

#include <set>

#include "radyab/v1/search_service.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

class SearchHandlersTest : public ::testing::Test {
 protected:
  v1::SearchResponse Search(const std::string& request, const std::string& secret) {
    const Answer answer = world_.Call("SearchService.Search", request, secret);
    EXPECT_TRUE(answer.ok()) << answer.Outcome();
    return answer.ok() ? answer.As<v1::SearchResponse>() : v1::SearchResponse();
  }
  std::set<v1::SearchKind> Kinds(const std::string& request, const std::string& role) {
    std::set<v1::SearchKind> kinds;
    const auto answer = Search(request, world_.Key(role));
    for (const auto& hit : answer.hits()) kinds.insert(hit.kind());
    return kinds;
  }
  std::string Code(const std::string& word) const { return world_.own().at(word); }

  ApiWorld world_;
};

TEST_F(SearchHandlersTest, ShowsPartiesToTheRolesThatReadThemAlone) {
  const std::string party = "query: '$party'";
  for (const char* role : {"MEMBER", "WAREHOUSE", "DESK", "QUALITY", "PARTNER"}) {
    EXPECT_TRUE(Kinds(party, role).contains(v1::SEARCH_KIND_PARTY)) << role;
  }
  for (const char* role : {"REGISTRAR", "OPERATOR"})
    EXPECT_TRUE(Kinds(party, role).empty()) << role;
  EXPECT_EQ(Search(party, world_.ForeignKey()).hits_size(), 0) << "another member's";
}

TEST_F(SearchHandlersTest, FindsOnlyTheKindsThatWereAskedFor) {
  const auto item = Kinds("query: '$item'", "MEMBER");
  EXPECT_EQ(item, std::set<v1::SearchKind>{v1::SEARCH_KIND_ITEM});
  EXPECT_TRUE(Kinds("query: '$item' kinds: SEARCH_KIND_SERVICE", "MEMBER").empty());
  const Answer unknown =
      world_.Call("SearchService.Search", "query: 'x' kinds: 77", world_.Key("MEMBER"));
  EXPECT_EQ(unknown.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD");
  EXPECT_EQ(unknown.first_field(), "kinds");
}

TEST_F(SearchHandlersTest, PagesGoOnWhereTheOneBeforeEndedAndBelongToTheirSearch) {
  std::set<std::string> names;
  std::string token;
  int pages = 0;
  do {
    const auto page =
        Search("query: 'new' page_size: 1 page_token: '" + token + "'", world_.Key("MEMBER"));
    EXPECT_LE(page.hits_size(), 1);
    for (const auto& hit : page.hits()) EXPECT_TRUE(names.insert(hit.name()).second) << hit.name();
    token = page.next_page_token();
    ASSERT_LT(++pages, 1'000);
  } while (!token.empty());
  const auto all = Search("query: 'new'", world_.Key("MEMBER"));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(all.hits_size()));
  const auto first = Search("query: 'class' page_size: 1", world_.Key("MEMBER"));
  if (first.next_page_token().empty()) return;
  const Answer other =
      world_.Call("SearchService.Search",
                  "query: 'else' page_size: 1 page_token: '" + first.next_page_token() + "'",
                  world_.Key("MEMBER"));
  EXPECT_EQ(other.Outcome(), "INVALID_ARGUMENT/INVALID_PAGE_TOKEN");
}

TEST_F(SearchHandlersTest, RefusesAQueryWithoutAWord) {
  const Answer empty = world_.Call("SearchService.Search", "query: ' - '", world_.Key("MEMBER"));
  EXPECT_EQ(empty.status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(empty.first_field(), "query");
}

}  // namespace
}  // namespace radyab::rpc
