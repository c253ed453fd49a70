// import: tables and JSON lines into the registry.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "clients/cli/import/import_run.h"
#include "clients/cli/value_forms.h"
#include "clients/cli/verb.h"
#include "clients/cli/verbs/verbs.h"

namespace radyab::cli {
namespace {

struct ImportArguments {
  std::string kind;
  std::string file;
  std::string format;
  std::string member;
  bool fresh = false;
};

// Puts the member of --member into rows that name none.
class WithMember : public RowSource {
 public:
  WithMember(std::unique_ptr<RowSource> rows, const ImportPlan& plan, std::string member)
      : rows_(std::move(rows)), plan_(plan), member_(std::move(member)) {}

  std::optional<ImportRow> Next() override {
    auto row = rows_->Next();
    if (!row || member_.empty()) return row;
    auto& resource = ResourceOf(plan_, *row->message);
    const auto* field = resource.GetDescriptor()->FindFieldByName("member");
    if (field != nullptr && resource.GetReflection()->GetString(resource, field).empty()) {
      resource.GetReflection()->SetString(&resource, field, member_);
    }
    return row;
  }

  std::int64_t bytes_read() const override { return rows_->bytes_read(); }
  bool MayWait() const override { return rows_->MayWait(); }

 private:
  std::unique_ptr<RowSource> rows_;
  const ImportPlan& plan_;
  std::string member_;
};

bool IsTable(const ImportArguments& arguments) {
  if (!arguments.format.empty()) return arguments.format == "csv";
  const std::string ending = std::filesystem::path(arguments.file).extension().string();
  return ending != ".jsonl" && ending != ".ndjson" && ending != ".json";
}

ExitCode ImportRows(Session& session, const ImportArguments& arguments, std::istream& input,
                    std::int64_t bytes_total) {
  const ErrorPrinter errors = session.errors();
  const ImportPlan& plan = *FindImportPlan(arguments.kind);
  std::string member;
  if (!arguments.member.empty()) {
    if (!KnowsColumn(plan, "member")) {
      return errors.PrintFault(ExitCode::kUsage,
                               std::string("--member: ") + plan.word + " belong to no member");
    }
    const auto name = MemberName(arguments.member);
    if (!name) return errors.PrintRefusal("--member", name.refusal());
    member = *name;
  }
  std::unique_ptr<RowSource> rows;
  if (IsTable(arguments)) {
    auto table = OpenCsvRows(input, plan);
    if (!table) return errors.PrintFault(ExitCode::kRefused, table.refusal().message);
    rows = std::move(table).value();
  } else {
    rows = OpenJsonRows(input, plan);
  }
  WithMember source(std::move(rows), plan, member);
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  RowIds ids(plan.word);
  VerdictReport report(session.printer(), plan.word, bytes_total);
  const auto error = SendRows(plan, connection, source, arguments.fresh ? nullptr : &ids, report);
  report.End();
  if (error) return errors.Print(*error);
  return report.counts().refused == 0 ? ExitCode::kOk : ExitCode::kRefused;
}

ExitCode Import(Session& session, const ImportArguments& arguments) {
  if (arguments.file == "-") {
    std::ios::sync_with_stdio(false);  // else every byte is asked for by itself
    return ImportRows(session, arguments, std::cin, 0);
  }
  std::ifstream file(arguments.file, std::ios::binary);
  if (!file || std::filesystem::is_directory(arguments.file)) {
    return session.errors().PrintFault(ExitCode::kUsage,
                                       "file \"" + arguments.file + "\" cannot be read");
  }
  std::error_code fault;
  const auto size = std::filesystem::file_size(arguments.file, fault);
  return ImportRows(session, arguments, file, fault ? 0 : static_cast<std::int64_t>(size));
}

}  // namespace

void AddImportVerb(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App& verb = AddVerb(app, "import", "registers the rows of a file, each with its verdict",
                           session, [&session, arguments] { return Import(session, *arguments); });
  AddText(verb, "kind", arguments->kind, "what the rows are")
      ->required()
      ->check(CLI::IsMember(ImportWords()));
  AddBytes(verb, "file", arguments->file, "table (CSV) or JSON lines; -: standard input")
      ->required();
  verb.add_option("--format", arguments->format,
                  "csv or jsonl; without it by the name of the file (.jsonl, .ndjson, .json)")
      ->check(CLI::IsMember({"csv", "jsonl"}));
  AddText(verb, "--member", arguments->member, "member of rows that name none");
  verb.add_flag("--fresh", arguments->fresh,
                "register rows anew although equal ones were imported in the last 7 days");
}

}  // namespace radyab::cli
