#include "registry/trace/container_contents.h"

#include <deque>

#include "registry/reason.h"
#include "registry/storage/keyspace.h"
#include "registry/storage/record.h"
#include "registry/trace/object_key.h"
#include "registry/trace/trace_query.h"

namespace radyab::trace {
namespace {

absl::Status TooMuchInside() {
  return Refuse(absl::StatusCode::kResourceExhausted, Reason::kLimitExceeded,
                "the container holds more than " + std::to_string(kTraceUnitsMax) + " things",
                {{"limit", std::to_string(kTraceUnitsMax)}});
}

}  // namespace

absl::Status VisitContents(storage::ReadTransaction& transaction, const std::string& container,
                           absl::FunctionRef<absl::Status(const ContentLine&)> visit) {
  std::deque<std::string> to_open = {container};
  std::size_t count = 0;
  for (; !to_open.empty(); to_open.pop_front()) {
    const std::string prefix = keyspace::ContentPrefix(to_open.front());
    absl::Status fault = absl::OkStatus();
    auto status =
        transaction.Scan({prefix, storage::PrefixEnd(prefix)}, storage::Direction::kForward,
                         storage::kNoRowLimit, [&](std::string_view row, std::string_view) {
                           const std::string key(row.substr(prefix.size()));
                           const auto word = ReadObjectKey(key);
                           fault = !word                      ? storage::CorruptRecord(row)
                                   : ++count > kTraceUnitsMax ? TooMuchInside()
                                                              : visit({word->type, key});
                           if (!fault.ok()) return false;
                           if (word->type == coding::ObjectWord::Type::kContainer)
                             to_open.push_back(key);
                           return true;
                         });
    if (!fault.ok()) return fault;
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace radyab::trace
