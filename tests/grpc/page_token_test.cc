#include "grpc/page_token.h"

#include <gtest/gtest.h>

#include "radyab/v1/catalog_service.pb.h"
#include "registry/reason.h"

namespace radyab::rpc {
namespace {

class PageToken : public ::testing::Test {
 protected:
  static std::array<std::uint8_t, 32> Key(std::uint8_t byte) {
    std::array<std::uint8_t, 32> key;
    key.fill(byte);
    return key;
  }
  static v1::ListItemsRequest Request(const std::string& member, const std::string& token,
                                      int size = 0) {
    v1::ListItemsRequest request;
    request.set_member(member);
    request.set_page_token(token);
    request.set_page_size(size);
    return request;
  }
  std::string List(const v1::ListItemsRequest& request, const access::Caller& caller = {}) const {
    return ListIdentity("CatalogService.ListItems", request, caller);
  }
  absl::StatusOr<PageRequest> Read(const v1::ListItemsRequest& request) const {
    return ReadPageRequest(hash_, List(request), request);
  }
  static std::string ReasonIn(const absl::StatusOr<PageRequest>& page) {
    const auto detail = ReasonOf(page.status());
    return detail ? std::string(ReasonName(detail->reason)) : "none";
  }

  access::KeyedHash hash_{Key(7)};
};

TEST_F(PageToken, BringsBackWhereTheListGoesOn) {
  const std::string next("\x20\x00\xff key", 7);
  const std::string token = WritePageToken(hash_, List(Request("members/00001", "")), next);
  const auto page = Read(Request("members/00001", token, 20));
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->after, next);
  EXPECT_EQ(page->row_count_max, 20u);
}

TEST_F(PageToken, IsEmptyOnTheLastPage) { EXPECT_EQ(WritePageToken(hash_, "list", ""), ""); }

TEST_F(PageToken, IsRefusedByEveryOtherList) {
  const auto mine = Request("members/00001", "");
  const std::string token = WritePageToken(hash_, List(mine), "next");
  EXPECT_EQ(ReasonIn(Read(Request("members/00002", token))), "INVALID_PAGE_TOKEN");
  access::Caller other;
  other.member = MemberId{2};
  const auto request = Request("members/00001", token);
  EXPECT_EQ(ReasonIn(ReadPageRequest(hash_, List(request, other), request)), "INVALID_PAGE_TOKEN");
  EXPECT_EQ(ReasonIn(ReadPageRequest(
                hash_, ListIdentity("CatalogService.ListServices", request, {}), request)),
            "INVALID_PAGE_TOKEN");
  EXPECT_EQ(ReasonIn(ReadPageRequest(access::KeyedHash(Key(8)), List(request), request)),
            "INVALID_PAGE_TOKEN");
}

TEST_F(PageToken, IsRefusedWhenAnyByteIsChangedOrCutAway) {
  const std::string token = WritePageToken(hash_, List(Request("", "")), "where it goes on");
  for (std::size_t at = 0; at < token.size(); ++at) {
    std::string changed = token;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(ReasonIn(Read(Request("", changed))), "INVALID_PAGE_TOKEN") << at;
    const std::string cut = token.substr(0, at);  // without a token the list begins anew
    if (at > 0) {
      EXPECT_EQ(ReasonIn(Read(Request("", cut))), "INVALID_PAGE_TOKEN") << at;
    }
  }
  for (const std::string& bad : {std::string("*"), std::string(100'000, 'A'), std::string("AA")}) {
    EXPECT_EQ(ReasonIn(Read(Request("", bad))), "INVALID_PAGE_TOKEN");
  }
}

TEST_F(PageToken, HoldsThePageSizeWithinItsBounds) {
  EXPECT_EQ(Read(Request("", ""))->row_count_max, kPageRowsDefault);
  EXPECT_EQ(Read(Request("", "", 1))->row_count_max, 1u);
  EXPECT_EQ(Read(Request("", "", 1000))->row_count_max, 1000u);
  EXPECT_EQ(Read(Request("", "", 1001))->row_count_max, kPageRowsMax);
  EXPECT_EQ(ReasonIn(Read(Request("", "", -1))), "INVALID_FIELD");
}

}  // namespace
}  // namespace radyab::rpc
