// A stream that answers each message: what it holds for a client that does not read, and that it
// never hangs, however a client or the server leaves it.
#include "grpc/answer_stream.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <random>
#include <vector>

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

  // A stream with its context, which is over after `time_max`.
  struct Open {
    grpc::ClientContext context;
    std::unique_ptr<RawStream> stream;
  };
  std::unique_ptr<Open> OpenStream(std::chrono::milliseconds time_max = kTimeMax) const {
    auto open = std::make_unique<Open>();
    open->context.set_deadline(std::chrono::system_clock::now() + time_max);
    open->stream = world_.client().Stream("CodeService.ResolveStream", open->context, member_);
    return open;
  }
  static bool Ask(RawStream& stream, int number) {
    return stream.Write(Buffer(
        RequestBytes("CodeService.ResolveStream", "text: 'n" + std::to_string(number) + "'")));
  }
  static void ExpectAnswer(RawStream& stream, int number) {
    grpc::ByteBuffer reply;
    ASSERT_TRUE(stream.Read(&reply)) << "no answer to message " << number;
    v1::Resolution resolution;
    ASSERT_TRUE(resolution.ParseFromString(TextOf(reply)));
    EXPECT_EQ(resolution.text(), "n" + std::to_string(number));
  }
  // Drains and answers how long that took. A stream that is never done would take all of kTimeMax.
  std::chrono::steady_clock::duration Drain() {
    const auto begun = std::chrono::steady_clock::now();
    world_.server().server().Drain(kTimeMax);
    return std::chrono::steady_clock::now() - begun;
  }

  static constexpr std::chrono::milliseconds kTimeMax{60'000};  // none is meant to be waited for
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

// Whether a client waits for each answer or is ahead of them decides how messages are taken in:
// each way must find its end, and the change from one to the other.
TEST_F(AnswerStreamOfTest, AnswersBurstsOfAnyLengthWithoutAnotherMessageBehindThem) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto open = OpenStream();
  int asked = 0;
  for (int burst = 0; burst < 200; ++burst) {
    const int length = burst % 3 == 0 ? 1 : std::uniform_int_distribution(1, 70)(random);
    const int first = asked;
    for (; asked < first + length; ++asked) ASSERT_TRUE(Ask(*open->stream, asked));
    for (int number = first; number < asked; ++number) ExpectAnswer(*open->stream, number);
    if (HasFailure()) return;
  }
  open->stream->WritesDone();
  EXPECT_TRUE(open->stream->Finish().ok());
}

TEST_F(AnswerStreamOfTest, AnswersWhatWasSentBeforeTheClientHalfClosed) {
  for (const int count : {0, 1, 2, 17, 64}) {
    const auto open = OpenStream();
    for (int number = 0; number < count; ++number) ASSERT_TRUE(Ask(*open->stream, number));
    open->stream->WritesDone();
    for (int number = 0; number < count; ++number) ExpectAnswer(*open->stream, number);
    grpc::ByteBuffer reply;
    EXPECT_FALSE(open->stream->Read(&reply));
    EXPECT_TRUE(open->stream->Finish().ok()) << count << " messages";
  }
}

TEST_F(AnswerStreamOfTest, EndsStreamsOfSilentClientsWhenTheServerDrains) {
  std::vector<std::unique_ptr<Open>> streams;
  // Silent from the beginning, after one answer, after many.
  for (const int count : {0, 1, 40}) {
    streams.push_back(OpenStream());
    RawStream& stream = *streams.back()->stream;
    for (int number = 0; number < count; ++number) ASSERT_TRUE(Ask(stream, number));
    for (int number = 0; number < count; ++number) ExpectAnswer(stream, number);
  }
  EXPECT_LT(Drain(), kTimeMax / 2);
  for (const auto& open : streams) {
    grpc::ByteBuffer reply;
    EXPECT_FALSE(open->stream->Read(&reply));
    EXPECT_EQ(AnswerOf(open->stream->Finish()).Outcome(), "UNAVAILABLE/STORE_CLOSED");
  }
}

TEST_F(AnswerStreamOfTest, IsGoneWhenTheClientLeavesInTheMiddleOfABurst) {
  for (int round = 0; round < 40; ++round) {
    const auto open = OpenStream();
    for (int number = 0; number <= round; ++number) Ask(*open->stream, number);
    if (round % 2 == 0) ExpectAnswer(*open->stream, 0);
    open->context.TryCancel();
    EXPECT_EQ(open->stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  EXPECT_LT(Drain(), kTimeMax / 2);
}

TEST_F(AnswerStreamOfTest, EndsAtItsDeadlineWhenTheClientIsSilent) {
  const auto open = OpenStream(std::chrono::milliseconds(300));
  Ask(*open->stream, 0);
  ExpectAnswer(*open->stream, 0);
  grpc::ByteBuffer reply;
  EXPECT_FALSE(open->stream->Read(&reply));
  EXPECT_EQ(open->stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  EXPECT_LT(Drain(), kTimeMax / 2);
}

}  // namespace
}  // namespace radyab::rpc
