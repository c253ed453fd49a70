// What handlers see of a call, and what they give back.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "coding/civil_date.h"
#include "registry/access/caller.h"
#include "registry/environment.h"
#include "registry/page.h"
#include "registry/storage/store.h"

namespace radyab::rpc {

// What a reading handler works with.
struct ReadCall {
  storage::ReadTransaction& transaction;
  const Environment& environment;
  const access::Caller& caller;
  coding::CivilDate today;  // UTC
  std::int64_t now_us = 0;
  PageRequest page;  // what the request's page_size and page_token ask for
  std::string list;  // identity of the list, for the token of its next page

  std::string NextPageToken(std::string_view next) const;
};

// What a changing handler works with. It is a write body: pure, and it may run again.
struct WriteCall {
  storage::WriteTransaction& transaction;
  const Environment& environment;
  const access::Caller& caller;
  std::string_view fresh;             // as many random bytes as the method was added with
  std::set<std::string> fields = {};  // of the update mask, checked; empty in other methods
};

struct Serving;

// What a handler of long work works with; it has no transaction yet.
struct WorkCall {
  const Serving& serving;
  const access::Caller& caller;
};

// The answer of a change and, for the audit trail, the resource that was changed (empty: none was).
template <class Response>
struct Changed {
  Response response;
  std::string resource;
  std::string also = {};  // another resource that was changed by it
};

// What became of one row of an import that was not refused.
struct RowDone {
  std::string name;  // of the resource
  bool duplicate = false;
};

// The day (UTC) of a time.
coding::CivilDate DayOf(std::int64_t time_us);

}  // namespace radyab::rpc
