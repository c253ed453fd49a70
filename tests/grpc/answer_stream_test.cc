// A stream that answers each message: what it holds for a client that does not read.
#include "grpc/answer_stream.h"

#include <gtest/gtest.h>

#include <chrono>

#include "radyab/v1/resolution.pb.h"
#include "tests/grpc/api_world.h"

namespace radyab::rpc {
namespace {

class AnswerStreamOfTest : public ::testing::Test {
 protected:
  // Connects a client that takes in no more than 64 KiB unread, as HTTP/2 begins with.
  RawClient SlowReader() {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    return RawClient(
        grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(world_.server().port()),
                                  grpc::InsecureChannelCredentials(), arguments));
  }
  // How many messages of `text` are taken from a client that reads no answer.
  int TakenUnread(const std::string& text, int written_max) {
    const RawClient client = SlowReader();
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(2));
    const auto stream = client.Stream("CodeService.ResolveStream", context, member_);
    const auto message = Buffer(RequestBytes("CodeService.ResolveStream", "text: '" + text + "'"));
    int written = 0;
    while (written < written_max && stream->Write(message)) ++written;
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    return written;
  }

  ApiWorld world_;
  std::string member_ = world_.Key("MEMBER");
};

TEST_F(AnswerStreamOfTest, ReadsNoFurtherFromAClientThatDoesNotReadItsAnswers) {
  // Far above the bound of the stream and what fits into the windows of both sides; without a bound
  // the messages would never end.
  constexpr int kTakenMax = 1'500;
  const int taken = TakenUnread(std::string(8'000, 'x'), 2 * kTakenMax);
  RecordProperty("messages_taken", taken);
  EXPECT_GT(taken, static_cast<int>(kWaitingAnswersMax) / 2);
  EXPECT_LT(taken, kTakenMax);
}

TEST_F(AnswerStreamOfTest, AnswersInOrderWhatWasSentBeforeTheEndWasAnnounced) {
  constexpr int kTexts = 500;
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
  const auto stream = world_.client().Stream("CodeService.ResolveStream", context, member_);
  for (int i = 0; i < kTexts; ++i) {
    ASSERT_TRUE(stream->Write(
        Buffer(RequestBytes("CodeService.ResolveStream", "text: 'n" + std::to_string(i) + "'"))));
    if (i % 50 != 49) continue;
    // Everything that was asked is answered without another message behind it.
    for (int answered = i - 49; answered <= i; ++answered) {
      grpc::ByteBuffer reply;
      ASSERT_TRUE(stream->Read(&reply));
      v1::Resolution resolution;
      ASSERT_TRUE(resolution.ParseFromString(TextOf(reply)));
      EXPECT_EQ(resolution.text(), "n" + std::to_string(answered));
    }
  }
  stream->WritesDone();
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace radyab::rpc
