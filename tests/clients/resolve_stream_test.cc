#include <gtest/gtest.h>

#include "clients/cpp/code_client.h"
#include "tests/clients/fake_server.h"

namespace radyab::client {
namespace {

TEST(ResolveStream, AnswersEveryTextInOrder) {
  FakeAnswers answers;
  answers.resolve_stream = [](ResolveStream& stream) {
    v1::ResolveRequest request;
    while (stream.Read(&request)) {
      v1::Resolution resolution;
      resolution.set_text(request.text());
      stream.Write(resolution);
    }
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  int asked = 0;
  int answered = 0;
  const auto count = CodeClient(server.Connect())
                         .ResolveStream(
                             [&]() -> std::optional<v1::ResolveRequest> {
                               if (asked == 3'000) return std::nullopt;
                               v1::ResolveRequest request;
                               request.set_text(std::to_string(++asked));
                               return request;
                             },
                             [&](const v1::Resolution& resolution) {
                               EXPECT_EQ(resolution.text(), std::to_string(++answered));
                             });
  ASSERT_TRUE(count.ok()) << count.error().message;
  EXPECT_EQ(*count, 3'000);
  EXPECT_EQ(answered, 3'000);
}

TEST(ResolveStream, RefusesATextThatIsNoUtf8) {
  FakeAnswers answers;
  answers.resolve_stream = [](ResolveStream& stream) {
    v1::ResolveRequest request;
    while (stream.Read(&request)) {
    }
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  const auto count = CodeClient(server.Connect())
                         .ResolveStream(
                             []() -> std::optional<v1::ResolveRequest> {
                               v1::ResolveRequest request;
                               request.set_text("\xFF");
                               return request;
                             },
                             [](const v1::Resolution&) {});
  ASSERT_FALSE(count.ok());
  EXPECT_EQ(count.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(count.error().attempts, 1);
}

}  // namespace
}  // namespace radyab::client
