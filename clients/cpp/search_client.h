// Finding things: radyab.v1.SearchService.
#pragma once

#include <memory>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/page_range.h"
#include "radyab/v1/search_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/search_service.proto. Any thread.
class SearchClient {
 public:
  explicit SearchClient(std::shared_ptr<const Connection> connection);

  // One page, with what it says beside its hits.
  Answer<v1::SearchResponse> SearchPage(const v1::SearchRequest& request) const;
  PageRange<v1::SearchHit> Search(const v1::SearchRequest& request) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
