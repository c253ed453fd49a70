#include "tests/load/item_calls.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "radyab/v1/catalog_service.pb.h"

namespace radyab::load {
namespace {

constexpr int kNewsMax = 256;
constexpr std::int64_t kReadyUsMax = 10'000'000;
// A call that ends without an answer so near its deadline was ended by it, there or here.
constexpr std::int64_t kNearDeadlineUs = 10'000;

}  // namespace

std::int64_t NowUs() {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

ItemCalls::ItemCalls(CallPlan plan)
    : plan_(std::move(plan)),
      head_(EncodeHead(plan_.host + ":" + std::to_string(plan_.port),
                       "/radyab.v1.CatalogService/CreateItem", plan_.key)),
      poll_(epoll_create1(EPOLL_CLOEXEC)) {
  for (int i = 0; i < plan_.connection_count; ++i) {
    lines_.push_back({.connection = Http2Connection(plan_.host, plan_.port)});
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = i;
    epoll_ctl(poll_, EPOLL_CTL_ADD, lines_[i].connection.socket(), &event);
  }
  const std::int64_t begun_us = NowUs();
  for (bool all_ready = false; !all_ready && !failed_;) {
    Work();
    all_ready = true;
    for (const Line& line : lines_) all_ready = all_ready && line.connection.ready();
    failed_ = failed_ || NowUs() - begun_us > kReadyUsMax;
  }
}

ItemCalls::~ItemCalls() { close(poll_); }

std::string ItemCalls::NameOf(std::size_t number) const {
  return plan_.run + " " + std::to_string(number);
}

void ItemCalls::Add() {
  const std::int64_t now_us = NowUs();
  lines_[records_.size() % lines_.size()].waiting.push_back(records_.size());
  records_.push_back({now_us, now_us + plan_.deadline.count()});
  ++pending_count_;
}

void ItemCalls::Work() {
  const std::int64_t now_us = NowUs();
  for (Line& line : lines_) {
    CancelLate(line, now_us);
    SendWaiting(line, now_us);
    line.connection.Flush();
    failed_ = failed_ || line.connection.broken();
  }
  WaitForNews();
}

void ItemCalls::WaitForNews() {
  std::array<epoll_event, kNewsMax> news;
  const int count = epoll_wait(poll_, news.data(), kNewsMax, 1);
  for (int i = 0; i < count; ++i) {
    Line& line = lines_[news[static_cast<std::size_t>(i)].data.u64];
    line.connection.Read([&](std::uint32_t stream, bool answered) {
      const auto found = line.open.find(stream);
      if (found == line.open.end()) return;
      const bool near_deadline = NowUs() > records_[found->second].deadline_us - kNearDeadlineUs;
      End(line, found->second,
          answered ? Outcome::kDone : (near_deadline ? Outcome::kLate : Outcome::kTurnedAway));
      line.open.erase(found);
    });
  }
}

void ItemCalls::CancelLate(Line& line, std::int64_t now_us) {
  while (!line.sent.empty()) {
    const auto [stream, number] = line.sent.front();
    const auto found = line.open.find(stream);
    if (found != line.open.end()) {
      if (records_[number].deadline_us > now_us) return;
      line.connection.Cancel(stream);
      line.open.erase(found);
      End(line, number, Outcome::kLate);
    }
    line.sent.pop_front();
  }
}

double ItemCalls::Draw() { return std::uniform_real_distribution<double>(0, 1)(random_); }

void ItemCalls::SendWaiting(Line& line, std::int64_t now_us) {
  while (!line.waiting.empty()) {
    const std::size_t number = line.waiting.front();
    const std::int64_t left_us = records_[number].deadline_us - now_us;
    if (left_us > 0) {
      if (!line.connection.has_room()) return;
      if (plan_.heeds && !line.throttle->Lets(client::Throttle::Clock::now(), Draw())) {
        End(line, number, Outcome::kHeld);
        line.waiting.pop_front();
        continue;
      }
      v1::CreateItemRequest request;
      request.mutable_item()->set_class_name(plan_.class_name);
      request.mutable_item()->mutable_display_name()->set_en(NameOf(number));
      const auto stream = line.connection.Send(head_, request.SerializeAsString(), left_us);
      line.open.emplace(stream, number);
      line.sent.emplace_back(stream, number);
    } else {
      End(line, number, Outcome::kUnsent);
    }
    line.waiting.pop_front();
  }
}

void ItemCalls::End(Line& line, std::size_t number, Outcome outcome) {
  records_[number].answered_us = NowUs();
  records_[number].outcome = outcome;
  --pending_count_;
  if (outcome == Outcome::kHeld || outcome == Outcome::kUnsent) return;
  const bool in_time = records_[number].answered_us <= records_[number].deadline_us;
  const bool served = outcome == Outcome::kDone && in_time;
  line.throttle->Ended(client::Throttle::Clock::now(),
                       served ? client::CallEnd::kServed : client::CallEnd::kNotServed);
}

}  // namespace radyab::load
