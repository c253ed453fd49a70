#include "clients/cli/import/verdict_report.h"

#include <array>
#include <cstdio>
#include <utility>

#include "clients/cli/output/display_text.h"
#include "clients/cli/output/message_text.h"

namespace radyab::cli {
namespace {

std::string CountsText(const client::ImportCounts& counts) {
  return std::to_string(counts.accepted) + " accepted, " + std::to_string(counts.duplicates) +
         " already there, " + std::to_string(counts.refused) + " refused";
}

}  // namespace

VerdictReport::VerdictReport(const Printer& printer, std::string word, std::int64_t bytes_total)
    : printer_(printer), word_(std::move(word)), bar_(word_, bytes_total) {}

void VerdictReport::Tell(const RowPlace& place, v1::RowVerdict verdict, std::int64_t bytes_done) {
  verdict.set_row(place.row);
  client::CountVerdict(counts_, verdict);
  if (printer_.json()) {
    printer_.PrintText(JsonLine(verdict) + "\n");
  } else if (verdict.outcome() == v1::ROW_OUTCOME_REFUSED) {
    bar_.Clear();
    for (const v1::RowFault& fault : verdict.faults()) {
      const std::string where = fault.field().empty() ? "" : Printable(fault.field()) + ": ";
      std::fprintf(stderr, "row %lld (line %lld): %s%s (%s)\n", static_cast<long long>(place.row),
                   static_cast<long long>(place.line), where.c_str(),
                   Printable(fault.description()).c_str(), Printable(fault.reason()).c_str());
    }
  }
  bar_.Show(bytes_done, CountsText(counts_));
}

void VerdictReport::Flush() const { std::fflush(stdout); }

void VerdictReport::End() {
  bar_.Clear();
  if (printer_.json()) return;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun_;
  std::array<char, 32> seconds{};
  std::snprintf(seconds.data(), seconds.size(), "%.1f", took.count());
  printer_.PrintText(word_ + ": " + CountsText(counts_) + " in " + seconds.data() + " s\n");
}

}  // namespace radyab::cli
