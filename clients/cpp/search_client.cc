#include "clients/cpp/search_client.h"

#include <utility>

#include "clients/cpp/unary_call.h"
#include "radyab/v1/search_service.grpc.pb.h"

namespace radyab::client {

using Rpc = v1::SearchService::Stub;

struct SearchClient::Stub {
  explicit Stub(const std::shared_ptr<grpc::Channel>& channel) : rpc(channel) {}
  Rpc rpc;
};

SearchClient::SearchClient(std::shared_ptr<const Connection> connection)
    : connection_(std::move(connection)), stub_(std::make_shared<Stub>(connection_->channel())) {}

Answer<v1::SearchResponse> SearchClient::SearchPage(const v1::SearchRequest& request) const {
  return Read(*connection_, stub_->rpc, &Rpc::Search, request);
}

PageRange<v1::SearchHit> SearchClient::Search(const v1::SearchRequest& request) const {
  return Pages(connection_, stub_, &Rpc::Search, request, &v1::SearchResponse::mutable_hits);
}

}  // namespace radyab::client
