#include "tests/bench/api/call_loop.h"

#include <algorithm>
#include <chrono>
#include <deque>

#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "tests/bench/api/coded_items.h"

namespace radyab::bench {
namespace {

using Clock = std::chrono::steady_clock;
using grpc::ByteBuffer;

constexpr int kCallsOfConnection = 64;
constexpr std::uint64_t kTakenOf = 100;  // one answer of so many is looked at

float MillisecondsSince(Clock::time_point begun) {
  return std::chrono::duration<float, std::milli>(Clock::now() - begun).count();
}

ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return ByteBuffer(&slice, 1);
}

std::string BytesOf(const ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) Fail("an answer cannot be read");
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

std::shared_ptr<grpc::Channel> OpenChannel(const LoopPlan& plan) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(plan.server, grpc::InsecureChannelCredentials(), arguments);
}

void AddKey(const LoopPlan& plan, grpc::ClientContext& context) {
  if (!plan.key.empty()) context.AddMetadata("authorization", "Bearer " + plan.key);
}

[[noreturn]] void FailCall(const LoopPlan& plan, const grpc::Status& status) {
  Fail(plan.method + ": " + status.error_message() + " (" + std::to_string(status.error_code()) +
       ")");
}

struct Call {
  std::uint64_t number = 0;
  Clock::time_point begun;
  std::unique_ptr<grpc::ClientContext> context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  ByteBuffer answer;
  grpc::Status status;
};

}  // namespace

double LoopFigures::Percentile(double hundredths) const {
  if (milliseconds.empty()) return 0;
  const auto rank = static_cast<std::size_t>(hundredths / 100 * milliseconds.size());
  return milliseconds[std::min(rank, milliseconds.size() - 1)];
}

LoopFigures RunUnaryCalls(const LoopPlan& plan, const MakeRequest& make, const TakeAnswer& take) {
  grpc::CompletionQueue queue;
  std::vector<std::unique_ptr<grpc::GenericStub>> stubs;
  for (int calls = 0; calls < plan.in_flight; calls += kCallsOfConnection) {
    auto channel = OpenChannel(plan);
    if (!channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(10))) {
      Fail(plan.server + " does not answer");
    }
    stubs.push_back(std::make_unique<grpc::GenericStub>(channel));
  }
  LoopFigures figures;
  std::uint64_t sent = 0;
  std::vector<Call> calls(plan.in_flight);
  const auto send = [&](std::size_t place) {
    Call& call = calls[place];
    call.number = sent++;
    call.context = std::make_unique<grpc::ClientContext>();
    AddKey(plan, *call.context);
    call.answer.Clear();
    const ByteBuffer request = ToBuffer(make(call.number));
    call.begun = Clock::now();
    call.reader = stubs[place % stubs.size()]->PrepareUnaryCall(call.context.get(), plan.method,
                                                                request, &queue);
    call.reader->StartCall();
    call.reader->Finish(&call.answer, &call.status, &call);
  };
  const auto begun = Clock::now();
  const auto end = begun + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(plan.seconds));
  std::size_t open = 0;
  for (std::size_t place = 0; place < calls.size() && sent < plan.calls_max; ++place, ++open) {
    send(place);
  }
  void* tag = nullptr;
  bool ok = false;
  while (open > 0 && queue.Next(&tag, &ok)) {
    Call& call = *static_cast<Call*>(tag);
    if (!call.status.ok()) FailCall(plan, call.status);
    figures.milliseconds.push_back(MillisecondsSince(call.begun));
    figures.answer_bytes += call.answer.Length();
    ++figures.call_count;
    if (call.number % kTakenOf == 0) take(call.number, BytesOf(call.answer));
    if (Clock::now() < end && sent < plan.calls_max) {
      send(static_cast<std::size_t>(&call - calls.data()));
    } else {
      --open;
    }
  }
  figures.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  std::ranges::sort(figures.milliseconds);
  return figures;
}

LoopFigures RunStream(const LoopPlan& plan, const MakeRequest& make, const TakeAnswer& take) {
  enum Tag : std::intptr_t { kStarted = 1, kWritten, kRead, kHalfClosed, kFinished };
  const auto tag = [](Tag which) { return reinterpret_cast<void*>(which); };
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(OpenChannel(plan));
  grpc::ClientContext context;
  AddKey(plan, context);
  auto stream = stub.PrepareCall(&context, plan.method, &queue);
  stream->StartCall(tag(kStarted));
  LoopFigures figures;
  std::deque<Clock::time_point> waiting;  // when each message without an answer was sent
  std::uint64_t sent = 0;
  bool writing = false, closed = false, reading = false;
  ByteBuffer message, answer;
  grpc::Status status;
  const auto begun = Clock::now();
  const auto end = begun + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(plan.seconds));
  const auto go_on = [&] {
    if (!writing && !closed) {
      if (Clock::now() >= end || sent >= plan.calls_max) {
        closed = writing = true;
        stream->WritesDone(tag(kHalfClosed));
      } else if (waiting.size() < static_cast<std::size_t>(plan.in_flight)) {
        message = ToBuffer(make(sent++));
        waiting.push_back(Clock::now());
        writing = true;
        stream->Write(message, tag(kWritten));
      }
    }
    if (!reading) {
      reading = true;
      stream->Read(&answer, tag(kRead));
    }
  };
  void* which = nullptr;
  bool ok = false, finished = false;
  while (!finished && queue.Next(&which, &ok)) {
    switch (static_cast<Tag>(reinterpret_cast<std::intptr_t>(which))) {
      case kStarted:
        if (!ok) Fail(plan.server + " does not answer");
        break;
      case kWritten:
      case kHalfClosed:
        writing = false;
        break;
      case kRead:
        if (!ok) {
          stream->Finish(&status, tag(kFinished));
          continue;
        }
        reading = false;
        if (waiting.empty()) Fail("an answer that was not asked for");
        figures.milliseconds.push_back(MillisecondsSince(waiting.front()));
        waiting.pop_front();
        figures.answer_bytes += answer.Length();
        if (figures.call_count % kTakenOf == 0) take(figures.call_count, BytesOf(answer));
        ++figures.call_count;
        break;
      case kFinished:
        finished = true;
        continue;
    }
    go_on();
  }
  if (!status.ok()) FailCall(plan, status);
  if (!waiting.empty()) Fail(std::to_string(waiting.size()) + " messages without an answer");
  figures.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  std::ranges::sort(figures.milliseconds);
  return figures;
}

}  // namespace radyab::bench
