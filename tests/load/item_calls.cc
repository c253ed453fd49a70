#include "tests/load/item_calls.h"

#include <grpcpp/grpcpp.h>

#include <charconv>
#include <utility>

namespace radyab::load {
namespace {

constexpr std::size_t kSurprisesMax = 10;
constexpr std::chrono::seconds kListDeadline{60};

std::int64_t MicrosOf(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1'000'000 + time.nanos() / 1'000;
}

Outcome OutcomeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::OK:
      return Outcome::kDone;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return Outcome::kTurnedAway;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return Outcome::kLate;
    default:
      return Outcome::kOther;
  }
}

}  // namespace

std::int64_t NowUs() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

struct ItemCalls::Call {
  grpc::ClientContext context;
  v1::CreateItemRequest request;
  v1::Item answer;
  CallRecord& record;
  std::function<void()> answered;
};

ItemCalls::ItemCalls(CallPlan plan) : plan_(std::move(plan)) {
  for (int i = 0; i < plan_.connection_count; ++i) {
    grpc::ChannelArguments arguments;
    arguments.SetInt("grpc.use_local_subchannel_pool", 1);  // a connection of its own
    arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
    stubs_.push_back(v1::CatalogService::NewStub(
        grpc::CreateCustomChannel(plan_.server, grpc::InsecureChannelCredentials(), arguments)));
  }
}

std::string ItemCalls::NameOf(std::size_t number) const {
  return plan_.run + " " + std::to_string(number);
}

void ItemCalls::Prepare(grpc::ClientContext& context) const {
  context.AddMetadata("authorization", "Bearer " + plan_.key);
  context.set_wait_for_ready(true);
}

void ItemCalls::Send(std::function<void()> answered) {
  const std::size_t number = records_.size();
  auto call =
      std::unique_ptr<Call>(new Call{{}, {}, {}, records_.emplace_back(), std::move(answered)});
  Prepare(call->context);
  v1::Item& item = *call->request.mutable_item();
  item.set_class_name(plan_.class_name);
  item.mutable_display_name()->set_en(NameOf(number));
  call->record.sent_us = NowUs();
  call->record.deadline_us =
      call->record.sent_us + std::chrono::microseconds(plan_.deadline).count();
  call->context.set_deadline(
      std::chrono::system_clock::time_point(std::chrono::microseconds(call->record.deadline_us)));
  {
    const std::lock_guard lock(mutex_);
    ++in_flight_;
  }
  Call& sent = *call.release();
  stubs_[number % stubs_.size()]->async()->CreateItem(
      &sent.context, &sent.request, &sent.answer,
      [this, &sent](const grpc::Status& status) { Answered(sent, status); });
}

void ItemCalls::Answered(Call& call, const grpc::Status& status) {
  const std::unique_ptr<Call> gone(&call);
  call.record.answered_us = NowUs();
  call.record.outcome = OutcomeOf(status.error_code());
  if (call.answered) call.answered();
  const std::lock_guard lock(mutex_);
  if (call.record.outcome == Outcome::kOther && surprises_.size() < kSurprisesMax) {
    surprises_.push_back(status.error_message());
  }
  --in_flight_;
  changed_.notify_all();
}

void ItemCalls::WaitForAll() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return in_flight_ == 0; });
}

int ItemCalls::in_flight() {
  const std::lock_guard lock(mutex_);
  return in_flight_;
}

std::map<std::size_t, std::int64_t> ItemCalls::ListItems() {
  std::map<std::size_t, std::int64_t> created;
  const std::string begin = plan_.run + " ";
  v1::ListItemsRequest request;
  request.set_page_size(1000);
  do {
    grpc::ClientContext context;
    Prepare(context);
    context.set_deadline(std::chrono::system_clock::now() + kListDeadline);
    v1::ListItemsResponse page;
    if (const auto status = stubs_[0]->ListItems(&context, request, &page); !status.ok()) {
      surprises_.push_back("ListItems: " + status.error_message());
      return {};
    }
    for (const v1::Item& item : page.items()) {
      const std::string& name = item.display_name().en();
      if (!name.starts_with(begin)) continue;
      std::size_t number = 0;
      std::from_chars(name.data() + begin.size(), name.data() + name.size(), number);
      created[number] = MicrosOf(item.create_time());
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return created;
}

}  // namespace radyab::load
