// Fills the answer of a list.
#pragma once

#include <utility>

#include "google/protobuf/repeated_ptr_field.h"
#include "grpc/method_table.h"
#include "registry/page.h"

namespace radyab::rpc {

// Moves the rows of `page` to `rows` of `answer` and gives the token of the next page.
template <class Answer, class Row>
void FillPage(const ReadCall& call, Page<Row> page, google::protobuf::RepeatedPtrField<Row>& rows,
              Answer& answer) {
  rows.Reserve(static_cast<int>(page.rows.size()));
  for (Row& row : page.rows) *rows.Add() = std::move(row);
  answer.set_next_page_token(call.NextPageToken(page.next));
}

// The answer of a change whose resource is the answer itself, named by its field `name`.
template <class Resource>
absl::StatusOr<Changed<Resource>> ChangedItself(absl::StatusOr<Resource> resource) {
  if (!resource.ok()) return resource.status();
  std::string name = resource->name();
  return Changed<Resource>{*std::move(resource), std::move(name)};
}

}  // namespace radyab::rpc
