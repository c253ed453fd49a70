// radyab search: what is asked of the server, and how hits are shown.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using testing::AllOf;
using testing::HasSubstr;

// A short page, an empty one, and the last.
FakeAnswers ThreePages(std::vector<v1::SearchRequest>& asked, bool incomplete) {
  FakeAnswers answers;
  answers.search = [&asked, incomplete](const v1::SearchRequest& request,
                                        v1::SearchResponse& page) {
    asked.push_back(request);
    page.set_incomplete(incomplete);
    if (request.page_token().empty()) page.set_next_page_token("second");
    if (request.page_token() == "second") {
      page.set_next_page_token("third");
      return grpc::Status::OK;
    }
    v1::SearchHit& hit = *page.add_hits();
    hit.set_code(request.page_token().empty() ? "7000000017004271" : "1042000017000113");
    hit.set_kind(v1::SEARCH_KIND_PARTY);
    hit.set_match(v1::SEARCH_MATCH_BEGINNINGS);
    hit.mutable_display_name()->set_fa("زهرا");
    hit.set_party_kind(v1::PARTY_KIND_PERSON);
    hit.set_phone_end("…4567");
    hit.mutable_life()->set_state(v1::LIFE_STATE_ACTIVE);
    return grpc::Status::OK;
  };
  return answers;
}

TEST(SearchVerb, GoesOnBehindAnEmptyPage) {
  std::vector<v1::SearchRequest> asked;
  const FakeServer server(ThreePages(asked, false));
  const auto end =
      RunRadyab({"search", "زهرا", "امیری", "--kind", "party", "--kind", "item", "--member", "17"},
                "", {{"RADYAB_SERVER", server.address()}});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_EQ(end.err, "");
  EXPECT_THAT(end.out,
              AllOf(HasSubstr("7000000017004271"), HasSubstr("1042000017000113"),
                    HasSubstr("person, …4567"), HasSubstr("beginnings"), HasSubstr("active")));
  ASSERT_EQ(asked.size(), 3u);
  EXPECT_EQ(asked[0].query(), "زهرا امیری");
  EXPECT_EQ(asked[0].member(), "members/00017");
  EXPECT_THAT(asked[0].kinds(), testing::ElementsAre(v1::SEARCH_KIND_PARTY, v1::SEARCH_KIND_ITEM));
}

TEST(SearchVerb, StopsAtTheLimitAndSaysWhatIsMissing) {
  std::vector<v1::SearchRequest> asked;
  const FakeServer server(ThreePages(asked, true));
  const auto end = RunRadyab({"search", "زهرا", "--limit", "1", "--json"}, "",
                             {{"RADYAB_SERVER", server.address()}});
  EXPECT_EQ(end.exit_code, 0);
  EXPECT_EQ(end.JsonLines().size(), 1u);
  EXPECT_THAT(end.err, HasSubstr("not in the index yet"));
  EXPECT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].page_size(), 1);
}

TEST(SearchVerb, RefusesAKindItDoesNotKnow) {
  const auto end = RunRadyab({"search", "a", "--kind", "lot"});
  EXPECT_EQ(end.exit_code, 2);
  EXPECT_THAT(end.err, HasSubstr("--kind"));
}

}  // namespace
}  // namespace radyab::cli
