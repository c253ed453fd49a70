// Who the codes of a table are: names below it, for people.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "clients/cli/session.h"
#include "clients/cli/verbs/list_verb.h"
#include "google/protobuf/message.h"

namespace radyab::cli {

// Most parties that are named below one table, the first that stood in it.
inline constexpr std::size_t kPartiesNamedMax = 50;

// Gathers the codes of parties as rows are shown, and names them at the end. Names that the key may
// not see, or that cannot be had, are left out: the table is the answer. For one thread.
class PartyNames {
 public:
  explicit PartyNames(std::shared_ptr<const client::Connection> connection)
      : connection_(std::move(connection)) {}

  // Empty ones and those that were seen are passed over.
  void See(const std::string& code);
  // Those in the columns of parties: "party", "holder_party", "event.source_party" …
  void See(const google::protobuf::Message& row, const std::vector<Column>& columns);
  // An empty line, then a line a party: its code and its name. Nothing in JSON.
  void Print(const Printer& printer) const;

 private:
  std::shared_ptr<const client::Connection> connection_;
  std::vector<std::string> codes_;
};

// PrintList, and the names of the parties in it.
template <class Item>
ExitCode PrintListWithParties(const Session& session,
                              const std::shared_ptr<const client::Connection>& connection,
                              client::PageRange<Item> range, const std::vector<Column>& columns,
                              const ListLimit& limit) {
  PartyNames names(connection);
  const ExitCode code = PrintList(
      session, std::move(range), columns, limit,
      std::function<void(const Item&)>([&](const Item& row) { names.See(row, columns); }));
  if (code == ExitCode::kOk) names.Print(session.printer());
  return code;
}

}  // namespace radyab::cli
