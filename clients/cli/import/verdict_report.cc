#include "clients/cli/import/verdict_report.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <string_view>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/language.h"
#include "clients/cli/output/message_text.h"

namespace radyab::cli {
namespace {

std::string CountsText(const client::ImportCounts& counts, bool dry_run) {
  return LocalSentence(dry_run ? "{1} acceptable, {2} already there, {3} refused"
                               : "{1} accepted, {2} already there, {3} refused",
                       {std::to_string(counts.accepted), std::to_string(counts.duplicates),
                        std::to_string(counts.refused)});
}

// Whether it stands in JSON as it is.
bool IsPlainName(std::string_view name) {
  return std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '/' || c == '-' || c == '_';
  });
}

}  // namespace

std::string VerdictLine(const v1::RowVerdict& verdict) {
  if (verdict.faults_size() > 0 || !v1::RowOutcome_IsValid(verdict.outcome()) ||
      !IsPlainName(verdict.name())) {
    return JsonLine(verdict);
  }
  std::string line = "{\"row\":\"" + std::to_string(verdict.row()) + "\",\"outcome\":\"";
  line.append(v1::RowOutcome_Name(verdict.outcome())).append("\",\"name\":\"");
  return line.append(verdict.name()).append("\",\"faults\":[]}");
}

VerdictReport::VerdictReport(const Printer& printer, std::string word, const Options& options)
    : printer_(printer),
      word_(std::move(word)),
      options_(options),
      bar_(word_, options.bytes_total) {}

void VerdictReport::Tell(const RowPlace& place, v1::RowVerdict verdict, std::int64_t bytes_done) {
  verdict.set_row(place.row);
  last_row_ = place.row;
  if (options_.refused != nullptr && verdict.outcome() == v1::ROW_OUTCOME_REFUSED) {
    options_.refused->Add(place.text, verdict);
  }
  client::CountVerdict(counts_, verdict);
  if (printer_.json()) {
    printer_.PrintText(VerdictLine(verdict) + "\n");
  } else if (verdict.outcome() == v1::ROW_OUTCOME_REFUSED) {
    bar_.Clear();
    for (const v1::RowFault& fault : verdict.faults()) {
      const std::string where = fault.field().empty() ? "" : Printable(fault.field()) + ": ";
      const std::string line =
          LocalSentence("row {1} (line {2}): {3}{4} ({5})",
                        {std::to_string(place.row), std::to_string(place.line), where,
                         Printable(fault.description()), Printable(fault.reason())});
      std::fprintf(stderr, "%s\n", line.c_str());
    }
  }
  bar_.Show(bytes_done, CountsText(counts_, options_.dry_run));
}

void VerdictReport::Flush() const { std::fflush(stdout); }

void VerdictReport::End() {
  bar_.Clear();
  if (printer_.json()) return;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun_;
  std::array<char, 32> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.1f", took.count());
  printer_.PrintText(
      LocalSentence(options_.dry_run ? "{1}: {2} in {3} s: a dry run, nothing was stored"
                                     : "{1}: {2} in {3} s",
                    {Local(word_), CountsText(counts_, options_.dry_run), seconds.data()}) +
      "\n");
}

}  // namespace radyab::cli
