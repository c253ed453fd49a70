#include "clients/cli/party_names.h"

#include <algorithm>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/message_text.h"
#include "clients/cpp/code_client.h"

namespace radyab::cli {

void PartyNames::See(const std::string& code) {
  if (code.empty() || codes_.size() == kPartiesNamedMax) return;
  if (std::ranges::find(codes_, code) == codes_.end()) codes_.push_back(code);
}

void PartyNames::See(const google::protobuf::Message& row, const std::vector<Column>& columns) {
  for (const Column& column : columns) {
    if (column.path.ends_with("party")) See(FieldText(row, column.path));
  }
}

void PartyNames::Print(const Printer& printer) const {
  if (printer.json() || codes_.empty()) return;
  v1::BatchResolveRequest request;
  for (const std::string& code : codes_) request.add_texts(code);
  const auto answer = client::CodeClient(connection_).BatchResolve(request);
  if (!answer) return;
  const bool isolate = Printer::StyleOfStandardOutput().isolates;
  std::string text;
  for (const v1::Resolution& resolution : answer->resolutions()) {
    if (!resolution.has_party()) continue;
    std::string name = Printable(FieldText(resolution.party(), "display_name"));
    if (name.empty()) continue;
    if (isolate && HasRightToLeft(name)) name = Isolated(name);
    text += resolution.code() + "  " + name + "\n";
  }
  if (!text.empty()) printer.PrintText("\n" + text);
}

}  // namespace radyab::cli
