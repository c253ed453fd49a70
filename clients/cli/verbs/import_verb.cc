// import: tables and JSON lines into the registry.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "clients/cli/import/import_run.h"
#include "clients/cli/output/language.h"
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
  std::string rejects;
  std::int64_t from_row = 1;
  bool fresh = false;
  bool dry_run = false;
  bool new_codes = false;
};

// The rows that are to be sent: from the wanted one on, those that name no member with the one that
// was given.
class WantedRows : public RowSource {
 public:
  struct Wanted {
    std::string member;
    std::int64_t from_row = 1;
    RowIds* ids = nullptr;  // sees the rows before too: equal rows are counted
  };
  WantedRows(std::unique_ptr<RowSource> rows, const ImportPlan& plan, Wanted wanted)
      : rows_(std::move(rows)), plan_(plan), wanted_(std::move(wanted)) {}

  std::optional<ImportRow> Next() override {
    for (;;) {
      auto row = rows_->Next();
      if (!row) return row;
      PutMember(*row->message);
      if (row->row >= wanted_.from_row) return row;
      if (wanted_.ids != nullptr && row->faults.empty()) FillRequestId(*row->message, *wanted_.ids);
    }
  }

  std::int64_t bytes_read() const override { return rows_->bytes_read(); }
  bool MayWait() const override { return rows_->MayWait(); }
  const std::vector<std::string>& columns() const override { return rows_->columns(); }
  char separator() const override { return rows_->separator(); }

 private:
  void PutMember(google::protobuf::Message& row) const {
    if (wanted_.member.empty()) return;
    auto& resource = ResourceOf(plan_, row);
    const auto* field = resource.GetDescriptor()->FindFieldByName("member");
    if (field != nullptr && resource.GetReflection()->GetString(resource, field).empty()) {
      resource.GetReflection()->SetString(&resource, field, wanted_.member);
    }
  }

  std::unique_ptr<RowSource> rows_;
  const ImportPlan& plan_;
  const Wanted wanted_;
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
  if (arguments.dry_run && !CanBeTried(plan)) {
    return errors.PrintFault(ExitCode::kUsage,
                             std::string("--dry-run: ") + plan.word + " cannot be tried");
  }
  std::error_code unknown;
  if (!arguments.rejects.empty() &&
      std::filesystem::equivalent(arguments.rejects, arguments.file, unknown)) {
    return errors.PrintFault(ExitCode::kUsage, "--rejects: that is the file to import");
  }
  const RowReading reading{arguments.new_codes, !arguments.rejects.empty()};
  std::unique_ptr<RowSource> rows;
  if (IsTable(arguments)) {
    auto table = OpenCsvRows(input, plan, reading);
    if (!table) return errors.PrintFault(ExitCode::kRefused, table.refusal().message);
    rows = std::move(table).value();
  } else {
    rows = OpenJsonRows(input, plan, reading);
  }
  RowIds own_ids(plan.word);
  RowIds* const ids = arguments.fresh ? nullptr : &own_ids;
  WantedRows source(std::move(rows), plan, {std::move(member), arguments.from_row, ids});
  const auto connection = session.Connect();
  if (connection == nullptr) return session.exit_code;
  RefusedRows refused(arguments.rejects, source);
  VerdictReport report(
      session.printer(), plan.word,
      {bytes_total, arguments.dry_run, arguments.rejects.empty() ? nullptr : &refused});
  const auto error = SendRows(plan, connection, source, {ids, arguments.dry_run}, report);
  report.End();
  if (!refused.End()) {
    errors.PrintFault(ExitCode::kInternal, "\"" + arguments.rejects + "\" cannot be written");
    return ExitCode::kInternal;
  }
  if (error) {
    const std::string how =
        LocalSentence("{1} rows have their verdicts: go on with --from-row {2}",
                      {std::to_string(report.last_row()),
                       std::to_string(std::max(report.last_row() + 1, arguments.from_row))});
    std::fprintf(stderr, "%s\n", how.c_str());
    return errors.Print(*error);
  }
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
  AddText(verb, "kind", arguments->kind, "what the rows are").Required().OneOf(ImportWords());
  AddBytes(verb, "file", arguments->file, "table (CSV) or JSON lines; -: standard input")
      .Required();
  AddWord(verb, "--format", arguments->format,
          "csv or jsonl; without it by the name of the file (.jsonl, .ndjson, .json)")
      .OneOf({"csv", "jsonl"});
  AddText(verb, "--member", arguments->member, "member of rows that name none");
  AddBytes(verb, "--rejects", arguments->rejects,
           "file for the refused rows, to be mended and imported again");
  AddNumber(verb, "--from-row", arguments->from_row,
            "the first row to send: where an import stopped")
      .AtLeastOne();
  AddFlag(verb, "--dry-run", arguments->dry_run, "only checks the rows: nothing is registered");
  AddFlag(verb, "--new-codes", arguments->new_codes,
          "passes over what the server alone fills (the codes of an exported file)");
  AddFlag(verb, "--fresh", arguments->fresh,
          "register rows anew although equal ones were imported in the last 7 days");
}

}  // namespace radyab::cli
