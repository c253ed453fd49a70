#include "tests/load/item_list.h"

#include <grpcpp/grpcpp.h>

#include <charconv>
#include <chrono>
#include <cstdio>

#include "radyab/v1/catalog_service.grpc.pb.h"

namespace radyab::load {
namespace {

constexpr int kPageSize = 1000;
constexpr std::chrono::seconds kDeadline{60};

std::int64_t MicrosOf(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1'000'000 + time.nanos() / 1'000;
}

}  // namespace

std::optional<std::map<std::size_t, std::int64_t>> ListItems(const CallPlan& plan) {
  const auto stub = v1::CatalogService::NewStub(grpc::CreateChannel(
      plan.host + ":" + std::to_string(plan.port), grpc::InsecureChannelCredentials()));
  std::map<std::size_t, std::int64_t> created;
  const std::string begin = plan.run + " ";
  v1::ListItemsRequest request;
  request.set_page_size(kPageSize);
  request.set_name_prefix(plan.run);
  do {
    grpc::ClientContext context;
    context.AddMetadata("authorization", "Bearer " + plan.key);
    context.set_deadline(std::chrono::system_clock::now() + kDeadline);
    v1::ListItemsResponse page;
    if (const auto status = stub->ListItems(&context, request, &page); !status.ok()) {
      std::fprintf(stderr, "create_load: ListItems: %s\n", status.error_message().c_str());
      return std::nullopt;
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
