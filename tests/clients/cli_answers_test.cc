// The program against a fake server: answers, failures and their exit codes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {
namespace {

using client::FakeAnswers;
using client::FakeServer;
using client::StatusOf;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kItem = "1042000017000113";

ProgramEnd Ask(const FakeServer& server, const std::vector<std::string>& arguments,
               const std::string& input = "") {
  return RunRadyab(arguments, input,
                   {{"RADYAB_SERVER", server.address()}, {"RADYAB_KEY", "secret-key"}});
}

v1::Item Milk() {
  v1::Item item;
  item.set_name(std::string("items/") + kItem);
  item.set_code(kItem);
  item.mutable_display_name()->set_fa("شیر کم‌چرب");
  item.mutable_display_name()->set_en("low-fat milk");
  item.mutable_life()->set_state(v1::LIFE_STATE_ACTIVE);
  item.set_etag("e1");
  item.mutable_create_time()->set_seconds(1'772'360'430);
  return item;
}

TEST(Answers, ShowAResourceAsOneLineOfJson) {
  std::string key;
  FakeAnswers answers;
  answers.get_item = [&](grpc::ServerContext& context, const v1::GetItemRequest& request,
                         v1::Item& item) {
    key = client::HeaderOf(context, "authorization");
    EXPECT_EQ(request.name(), std::string("items/") + kItem);
    item = Milk();
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"item", "get", "۱۰۴۲-۰۰۰۰-۱۷۰۰-۰۱۱۳", "--json"});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_EQ(key, "Bearer secret-key");
  const auto lines = end.JsonLines();
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["display_name"]["fa"], "شیر کم‌چرب");
  EXPECT_EQ(lines[0]["life"]["state"], "LIFE_STATE_ACTIVE");
  EXPECT_EQ(lines[0]["generic"], false);
  EXPECT_EQ(lines[0]["attributes"], nlohmann::json::array());
}

TEST(Answers, ShowAResourceForPeople) {
  FakeAnswers answers;
  answers.get_item = [&](auto&, const v1::GetItemRequest&, v1::Item& item) {
    item = Milk();
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  EXPECT_EQ(Ask(server, {"item", "get", kItem}).out,
            "name          items/1042000017000113\n"
            "code          1042000017000113\n"
            "display_name  شیر کم‌چرب / low-fat milk\n"
            "life.state    active\n"
            "etag          e1\n"
            "create_time   2026-03-01 10:20:30Z\n");
}

TEST(Answers, TellTimesByTheIranianCalendarWhenAsked) {
  FakeAnswers answers;
  answers.get_item = [&](auto&, const v1::GetItemRequest&, v1::Item& item) {
    item = Milk();
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  EXPECT_THAT(Ask(server, {"item", "get", kItem, "--jalali"}).out,
              HasSubstr("create_time   1404-12-10 13:50:30+03:30\n"));
  EXPECT_THAT(Ask(server, {"item", "get", kItem, "--jalali", "--json"}).out,
              HasSubstr("2026-03-01T10:20:30Z"));
}

TEST(Answers, ListEveryPageUpToTheLimit) {
  int pages = 0;
  FakeAnswers answers;
  answers.list_items = [&](const v1::ListItemsRequest& request, v1::ListItemsResponse& page) {
    ++pages;
    EXPECT_EQ(request.name_prefix(), "شیر");
    *page.add_items() = Milk();
    *page.add_items() = Milk();
    page.set_next_page_token("page " + std::to_string(pages));
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end = Ask(server, {"item", "list", "--name", "شیر", "--limit", "5", "--json"});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_EQ(end.JsonLines().size(), 5u);
  EXPECT_EQ(pages, 3);
}

TEST(Answers, UpdateOnlyTheVersionThatWasRead) {
  v1::UpdateItemRequest seen;
  FakeAnswers answers;
  answers.get_item = [&](auto&, const v1::GetItemRequest&, v1::Item& item) {
    item = Milk();
    return grpc::Status::OK;
  };
  answers.update_item = [&](const v1::UpdateItemRequest& request, v1::Item& item) {
    seen = request;
    item = request.item();
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto end =
      Ask(server, {"item", "update", kItem, "--name-en", "milk", "--attribute", "fat=1.5"});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_EQ(seen.item().display_name().en(), "milk");
  EXPECT_EQ(seen.item().display_name().fa(), "") << "the other name is not sent, so it is kept";
  EXPECT_EQ(seen.item().etag(), "e1");
  EXPECT_THAT(seen.update_mask().paths(), testing::ElementsAre("display_name.en", "attributes"));
  Ask(server, {"item", "update", kItem, "--name-en", "milk", "--force"});
  EXPECT_EQ(seen.item().etag(), "");
}

TEST(Answers, EndWithTheExitCodeOfTheFailure) {
  struct Case {
    grpc::StatusCode code;
    std::string reason;
    int exit_code;
  };
  const Case cases[] = {
      {grpc::StatusCode::INVALID_ARGUMENT, "INVALID_FIELD", 1},
      {grpc::StatusCode::ALREADY_EXISTS, "ALREADY_EXISTS", 1},
      {grpc::StatusCode::FAILED_PRECONDITION, "NOT_ACTIVE", 1},
      {grpc::StatusCode::ABORTED, "STALE_ETAG", 1},
      {grpc::StatusCode::UNAUTHENTICATED, "WRONG_KEY", 1},
      {grpc::StatusCode::PERMISSION_DENIED, "ROLE_NOT_ALLOWED", 1},
      {grpc::StatusCode::NOT_FOUND, "NOT_FOUND", 3},
      {grpc::StatusCode::INTERNAL, "CORRUPT_RECORD", 5},
  };
  for (const Case& one : cases) {
    FakeAnswers answers;
    answers.create_item = [&](auto&, const v1::CreateItemRequest&, v1::Item&) {
      return StatusOf({.code = one.code,
                       .message = "something was wrong",
                       .reason = one.reason,
                       .fields = {{"item.class_name", "no such class"}}});
    };
    const FakeServer server(answers);
    const auto end = Ask(server, {"item", "create", "--name-en", "milk", "--class", "0412"});
    EXPECT_EQ(end.exit_code, one.exit_code) << one.reason;
    EXPECT_EQ(end.out, "");
    EXPECT_THAT(end.err, AllOf(HasSubstr("something was wrong"), HasSubstr(one.reason),
                               HasSubstr("item.class_name: no such class")));
    EXPECT_THAT(end.err + end.out, Not(HasSubstr("secret-key")));
  }
}

TEST(Answers, SayWhichServerCannotBeReached) {
  std::string address;
  {
    const FakeServer server(FakeAnswers{});
    address = server.address();
  }
  const auto end = RunRadyab({"--server", address, "--timeout", "1", "item", "list"});
  EXPECT_EQ(end.exit_code, 4);
  EXPECT_THAT(end.err, AllOf(HasSubstr("no answer"), HasSubstr(address)));
}

TEST(Answers, TakeTheKeyFromAFile) {
  std::string key;
  FakeAnswers answers;
  answers.get_item = [&](grpc::ServerContext& context, const v1::GetItemRequest&, v1::Item&) {
    key = client::HeaderOf(context, "authorization");
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const ScratchFolder folder;
  const auto file = folder.Write("admin.key", "from-file\n");
  const auto end = Ask(server, {"item", "get", kItem, "--key-file", file});
  EXPECT_EQ(end.exit_code, 0) << end.err;
  EXPECT_EQ(key, "Bearer from-file");
}

TEST(Answers, ResolveATextAndSayWhatItLeadsTo) {
  FakeAnswers answers;
  answers.resolve = [](const v1::ResolveRequest& request, v1::Resolution& resolution) {
    if (request.text() != kItem) {
      return StatusOf({.code = grpc::StatusCode::NOT_FOUND,
                       .message = request.text() + " leads nowhere",
                       .reason = "NOT_FOUND"});
    }
    resolution.set_text(request.text());
    resolution.set_code(kItem);
    resolution.set_object(kItem);
    resolution.set_usable(true);
    *resolution.mutable_item() = Milk();
    return grpc::Status::OK;
  };
  const FakeServer server(answers);
  const auto found = Ask(server, {"resolve", kItem});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  EXPECT_THAT(found.out, AllOf(HasSubstr("1042 0000 1700 0113"), HasSubstr("low-fat milk")));
  const auto missing = Ask(server, {"resolve", "--json", "8031000017000251"});
  EXPECT_EQ(missing.exit_code, 3);
  ASSERT_EQ(missing.JsonLines().size(), 1u);
  EXPECT_EQ(missing.JsonLines()[0]["refusal"]["reason"], "NOT_FOUND");
}

}  // namespace
}  // namespace radyab::cli
