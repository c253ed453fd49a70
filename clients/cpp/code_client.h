// Resolving codes: radyab.v1.CodeService.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "clients/cpp/client_error.h"
#include "clients/cpp/connection.h"
#include "radyab/v1/code_service.pb.h"

namespace radyab::client {

// Refusals and fields stand in radyab/v1/code_service.proto. Any thread.
class CodeClient {
 public:
  explicit CodeClient(std::shared_ptr<const Connection> connection);

  Answer<v1::Resolution> Resolve(const v1::ResolveRequest& request) const;
  Answer<v1::BatchResolveResponse> BatchResolve(const v1::BatchResolveRequest& request) const;
  // Resolves texts as long as `next` gives them; `on_resolution` gets one resolution a text, in
  // order, on this thread. The number is how many were answered. `may_wait` is asked before `next`
  // while texts are on their way: true waits until one of those is answered, so that a slow source
  // is answered text by text.
  Answer<std::int64_t> ResolveStream(std::function<std::optional<v1::ResolveRequest>()> next,
                                     std::function<void(const v1::Resolution&)> on_resolution,
                                     std::function<bool()> may_wait = nullptr) const;

 private:
  struct Stub;
  std::shared_ptr<const Connection> connection_;
  std::shared_ptr<Stub> stub_;
};

}  // namespace radyab::client
