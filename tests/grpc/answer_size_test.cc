// No answer grows beyond what clients take: pages end early, a batch is refused.
#include <gtest/gtest.h>

#include <set>

#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/class_service.pb.h"
#include "radyab/v1/code_service.pb.h"
#include "registry/page_scan.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

class AnswerSize : public ::testing::Test {
 protected:
  template <class Message>
  void Make(const std::string& method, const Message& request, const std::string& secret) {
    const Answer answer = world_.client().Call(method, request, secret);
    ASSERT_TRUE(answer.ok()) << method << ": " << ::testing::PrintToString(answer);
  }
  // Every page of a list, one after the other: how many there are, and the names of all rows.
  template <class Response, class Request, class Rows>
  int PageCount(const std::string& method, Request request, Rows rows,
                std::set<std::string>& names) {
    int pages = 0;
    request.set_page_size(1'000);
    do {
      const Answer answer = world_.client().Call(method, request, member_);
      EXPECT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
      EXPECT_LE(answer.bytes.size(), kAnswerBytesMax + 1'000) << "the token comes on top";
      const auto page = answer.template As<Response>();
      for (const auto& row : rows(page)) EXPECT_TRUE(names.insert(row.name()).second);
      request.set_page_token(page.next_page_token());
      ++pages;
    } while (!request.page_token().empty() && pages < 100);
    return pages;
  }

  ApiWorld world_;
  const std::string member_ = world_.Key("MEMBER");
};

TEST_F(AnswerSize, APageOfLargeRowsEndsBeforeItIsTooLarge) {
  v1::CreateClassRequest request;
  v1::Class& node = *request.mutable_class_node();
  node.set_key_code("07");
  node.mutable_display_name()->set_en("Large");
  Make("ClassService.CreateClass", request, world_.admin());
  auto& attribute = *node.add_attributes();
  attribute.set_key("choice");
  attribute.mutable_display_name()->set_en("Choice");
  attribute.set_type(v1::ATTRIBUTE_TYPE_CHOICE);
  for (int i = 0; i < 200; ++i) {
    attribute.add_allowed_values(std::to_string(i) + std::string(300, 'x'));
  }
  constexpr int kClasses = 70;  // of some 60 kB
  for (int i = 10; i < 10 + kClasses; ++i) {
    node.set_key_code("07" + std::to_string(i));
    Make("ClassService.CreateClass", request, world_.admin());
  }
  v1::ListClassesRequest list;
  list.set_parent("classes/07");
  std::set<std::string> names;
  const int pages = PageCount<v1::ListClassesResponse>(
      "ClassService.ListClasses", list, [](const auto& page) { return page.classes(); }, names);
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(names.size(), kClasses + 1u);
}

TEST_F(AnswerSize, AListThatGathersItsRowsIsAskedAgainForFewerAndABatchIsRefused) {
  v1::CreateClassRequest of_class;
  v1::Class& node = *of_class.mutable_class_node();
  node.set_key_code("0416");
  node.mutable_display_name()->set_en("Wide");
  v1::CreateItemRequest of_item;
  v1::Item& item = *of_item.mutable_item();
  item.set_class_name("classes/0416");
  std::string value;
  for (int i = 0; i < 200; ++i) value += "\U0001F600";  // four bytes a character
  for (int i = 0; i < 50; ++i) {
    auto& attribute = *node.add_attributes();
    attribute.set_key("text" + std::to_string(i));
    attribute.mutable_display_name()->set_en("Text");
    attribute.set_type(v1::ATTRIBUTE_TYPE_TEXT);
    auto& given = *item.add_attributes();
    given.set_key(attribute.key());
    given.set_value(value);
  }
  Make("ClassService.CreateClass", of_class, world_.admin());
  constexpr int kItems = 100;  // of some 41 kB
  for (int i = 0; i < kItems; ++i) {
    item.mutable_display_name()->set_en("Wide " + std::to_string(i));
    Make("CatalogService.CreateItem", of_item, member_);
  }
  v1::ListItemsRequest list;
  list.set_name_prefix("wide");
  std::set<std::string> names;
  const int pages = PageCount<v1::ListItemsResponse>(
      "CatalogService.ListItems", list, [](const auto& page) { return page.items(); }, names);
  EXPECT_GE(pages, 2);
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kItems));

  v1::BatchResolveRequest batch;
  for (const std::string& name : names) batch.add_texts(name.substr(name.find('/') + 1));
  const Answer refused = world_.client().Call("CodeService.BatchResolve", batch, member_);
  EXPECT_EQ(refused.Outcome(), "INVALID_ARGUMENT/LIMIT_EXCEEDED");
  EXPECT_EQ(refused.first_field(), "texts");
  batch.mutable_texts()->DeleteSubrange(0, kItems / 2);
  EXPECT_TRUE(world_.client().Call("CodeService.BatchResolve", batch, member_).ok());
}

}  // namespace
}  // namespace radyab::rpc
