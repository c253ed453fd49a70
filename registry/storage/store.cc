#include "registry/storage/store.h"

#include <future>
#include <memory>
#include <utility>

namespace radyab::storage {

absl::Status Store::Write(WriteBody body, WriteTerms terms) {
  // Shared with the answer, which may still be letting go of it when this call has returned.
  const auto answer = std::make_shared<std::promise<absl::Status>>();
  auto answered = answer->get_future();
  WriteAsync(
      std::move(body), [answer](absl::Status status) { answer->set_value(std::move(status)); },
      std::move(terms));
  return answered.get();
}

}  // namespace radyab::storage
