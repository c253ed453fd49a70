// What all lists have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "clients/cli/output/language.h"
#include "clients/cli/output/printer.h"
#include "clients/cli/session.h"
#include "clients/cli/verb.h"
#include "clients/cpp/page_range.h"

namespace radyab::cli {

// How much of a list is wanted.
struct ListLimit {
  std::int64_t count = 0;  // 0: all of it
};

inline void AddLimit(CLI::App& verb, ListLimit& limit) {
  AddNumber(verb, "--limit", limit.count, "at most so many; without it the whole list")
      .AtLeastOne();
}

// The page size that suits the limit: no more is fetched than is shown.
inline std::int32_t PageSizeFor(const ListLimit& limit) {
  constexpr std::int32_t kPageSize = 500;
  return limit.count > 0 && limit.count < kPageSize ? static_cast<std::int32_t>(limit.count)
                                                    : kPageSize;
}

// Prints the list as it comes. `seen`: told of every row.
template <class Item>
ExitCode PrintList(const Session& session, client::PageRange<Item> range,
                   std::vector<Column> columns, const ListLimit& limit,
                   const std::function<void(const Item&)>& seen = nullptr) {
  const Printer printer = session.printer();
  ListPrinter list(printer, std::move(columns));
  for (const auto& item : range) {
    if (!item) {
      list.End();
      return session.errors().Print(item.error());
    }
    list.Add(*item);
    if (seen) seen(*item);
    if (limit.count > 0 && static_cast<std::int64_t>(list.count()) == limit.count) break;
  }
  list.End();
  if (list.count() == 0 && !printer.json()) printer.PrintText(Local("none") + "\n");
  return ExitCode::kOk;
}

// Prints one answer, or why there is none.
template <class T>
ExitCode PrintAnswer(const Session& session, const client::Answer<T>& answer) {
  if (!answer) return session.errors().Print(answer.error());
  session.printer().PrintMessage(*answer);
  return ExitCode::kOk;
}

}  // namespace radyab::cli
