#include "tests/crash/numbered_rows.h"

#include <vector>

#include "registry/storage/open_store.h"
#include "registry/storage/record.h"

namespace radyab::crash {
namespace {

constexpr std::uint64_t kRows = 60;

// The rows change `number` puts (value) and deletes (no value), in order.
std::vector<std::pair<std::string, std::optional<std::string>>> StepsOf(std::uint64_t number) {
  const auto row = [](std::uint64_t n) { return "row " + std::to_string(n % kRows); };
  const std::string text = "change " + std::to_string(number) + " ";
  return {{"last", text},
          {row(number), text + std::string(number * 37 % 1500, 'a')},
          {row(number * 7 + 1), std::nullopt},
          {row(number * 11 + 2), text},
          // One row in overflow pages, written now and then.
          {"long", number % 10 == 0 ? text + std::string(9000, 'b') : text}};
}

}  // namespace

storage::WriteBody NumberedChange(std::uint64_t number) {
  return [number](storage::WriteTransaction& change) {
    for (const auto& [key, value] : StepsOf(number)) {
      auto fault = value.has_value() ? change.Put(key, storage::EncodeRecord(key, *value))
                                     : change.Delete(key);
      if (!fault.ok()) return fault;
    }
    return absl::OkStatus();
  };
}

void ApplyNumberedChange(std::uint64_t number, Rows& rows) {
  for (const auto& [key, value] : StepsOf(number)) {
    if (value.has_value()) {
      rows[key] = *value;
    } else {
      rows.erase(key);
    }
  }
}

Found ReadAll(storage::Store& store) {
  Found found;
  const auto status = store.Read([&](storage::ReadTransaction& snapshot) {
    found.commit_sequence = snapshot.commit_sequence();
    return snapshot.Scan({"\x02", ""}, storage::Direction::kForward, storage::kNoRowLimit,
                         [&](std::string_view key, std::string_view value) {
                           const auto payload = storage::DecodeRecord(key, value);
                           if (!payload.ok())
                             found.fault = "broken row " + std::string(key);
                           else
                             found.rows.emplace(key, *payload);
                           return payload.ok();
                         });
  });
  if (!status.ok()) found.fault = "read: " + status.ToString();
  return found;
}

Found OpenAndReadAll(const std::string& folder) {
  auto store = storage::OpenStore("lmdb:" + folder);
  if (store.ok()) return ReadAll(**store);
  Found found;
  found.fault = "open: " + store.status().ToString();
  return found;
}

std::string WhatIsWrong(const Found& found, std::uint64_t acknowledged, std::uint64_t submitted) {
  if (!found.fault.empty()) return found.fault;
  const std::string last = std::to_string(found.commit_sequence);
  if (found.commit_sequence < acknowledged) {
    return "acknowledged " + std::to_string(acknowledged) + ", found " + last;
  }
  if (found.commit_sequence > submitted) {
    return "submitted " + std::to_string(submitted) + ", found " + last;
  }
  Rows expected;
  for (std::uint64_t number = 1; number <= found.commit_sequence; ++number) {
    ApplyNumberedChange(number, expected);
  }
  return found.rows == expected ? "" : "rows are not those after change " + last;
}

}  // namespace radyab::crash
