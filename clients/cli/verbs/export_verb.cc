// export: the rows of the registry into tables and JSON lines that import takes.
#include <cstdio>
#include <filesystem>

#include "clients/cli/export/row_file.h"
#include "clients/cli/output/language.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"
#include "clients/cpp/export_client.h"

namespace radyab::cli {
namespace {

struct ExportArguments {
  std::string kind;
  std::string out;
  std::string format;
  std::string member;
  bool semicolons = false;
  bool byte_order_mark = false;
  bool all_states = false;
};

struct KindOfWord {
  std::string_view word;
  v1::ExportKind kind;
};
constexpr KindOfWord kKinds[] = {
    {"members", v1::EXPORT_KIND_MEMBERS}, {"classes", v1::EXPORT_KIND_CLASSES},
    {"items", v1::EXPORT_KIND_ITEMS},     {"services", v1::EXPORT_KIND_SERVICES},
    {"parties", v1::EXPORT_KIND_PARTIES}, {"aliases", v1::EXPORT_KIND_ALIASES},
    {"events", v1::EXPORT_KIND_EVENTS},
};

v1::ExportKind KindOf(std::string_view word) {
  for (const KindOfWord& one : kKinds) {
    if (one.word == word) return one.kind;
  }
  return v1::EXPORT_KIND_UNSPECIFIED;
}

std::vector<std::string> ExportWords() {
  std::vector<std::string> words;
  for (const KindOfWord& one : kKinds) words.emplace_back(one.word);
  return words;
}

bool IsTable(const ExportArguments& arguments) {
  if (!arguments.format.empty()) return arguments.format == "csv";
  const std::string ending = std::filesystem::path(arguments.out).extension().string();
  return ending != ".jsonl" && ending != ".ndjson" && ending != ".json";
}

// The rows of one message into the file.
bool AddRows(const v1::ExportRowsResponse& part, RowFile& file) {
  const auto add = [&](const auto& rows) {
    for (auto row : rows) {
      if (!file.Add(row)) return false;
    }
    return true;
  };
  return add(part.members()) && add(part.classes()) && add(part.items()) && add(part.services()) &&
         add(part.parties()) && add(part.aliases()) && add(part.events());
}

ExitCode Export(Session& session, const ExportArguments& arguments) {
  const ErrorPrinter errors = session.errors();
  v1::ExportRowsRequest request;
  request.set_kind(KindOf(arguments.kind));
  request.set_all_states(arguments.all_states);
  if (!arguments.member.empty()) {
    const auto* member = TakeOrPrint(errors, "--member", MemberName(arguments.member));
    if (member == nullptr) return ExitCode::kRefused;
    request.set_member(*member);
  }
  if (request.kind() == v1::EXPORT_KIND_EVENTS && IsTable(arguments)) {
    return errors.PrintFault(ExitCode::kUsage,
                             "events are exported as lines of JSON alone: --format jsonl");
  }
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  RowFile file(*FindImportPlan(arguments.kind),
               {IsTable(arguments), arguments.semicolons ? ';' : ',', arguments.byte_order_mark,
                arguments.all_states},
               arguments.out == "-" ? "" : arguments.out);
  bool whole = false;
  std::int64_t row_count = 0, sequence = 0;
  const auto error =
      client::ExportClient(connection).ExportRows(request, [&](const v1::ExportRowsResponse& part) {
        whole = part.has_row_count();
        row_count = part.row_count();
        sequence = part.commit_sequence();
        return AddRows(part, file);
      });
  if (error) return errors.Print(*error);
  if (file.fault().empty() && !whole) {
    return errors.PrintFault(ExitCode::kInternal, "the export was cut off; nothing was kept");
  }
  if (!file.End()) return errors.PrintFault(ExitCode::kInternal, file.fault());
  const std::string told =
      LocalSentence("{1}: {2} rows as of change {3}",
                    {Local(arguments.kind), std::to_string(row_count), std::to_string(sequence)});
  std::fprintf(stderr, "%s\n", told.c_str());
  return ExitCode::kOk;
}

}  // namespace

void AddExportVerb(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App& verb = AddVerb(app, "export", "writes all rows of a kind, as one moment has them",
                           session, [&session, arguments] { return Export(session, *arguments); });
  AddText(verb, "kind", arguments->kind, "what shall be written").Required().OneOf(ExportWords());
  AddBytes(verb, "--out", arguments->out, "file; without it, or -, standard output");
  AddWord(verb, "--format", arguments->format,
          "csv or jsonl; without it by the name of the file (.jsonl, .ndjson, .json)")
      .OneOf({"csv", "jsonl"});
  AddText(verb, "--member", arguments->member,
          "only what is this member's; without it that of the key, or all");
  AddFlag(verb, "--semicolons", arguments->semicolons, "semicolons between fields, not commas");
  AddFlag(verb, "--bom", arguments->byte_order_mark, "a byte order mark before a table");
  AddFlag(verb, "--all-states", arguments->all_states,
          "codes that are not active too, with a column that says so");
}

}  // namespace radyab::cli
