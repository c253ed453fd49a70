// Lines of verdicts.
#include "clients/cli/import/verdict_report.h"

#include <gtest/gtest.h>

#include <limits>

#include "clients/cli/output/message_text.h"

namespace radyab::cli {
namespace {

v1::RowVerdict Verdict(std::int64_t row, int outcome, const std::string& name) {
  v1::RowVerdict verdict;
  verdict.set_row(row);
  verdict.set_outcome(static_cast<v1::RowOutcome>(outcome));
  verdict.set_name(name);
  return verdict;
}

TEST(VerdictLine, IsTheJsonOfTheMessage) {
  v1::RowVerdict refused = Verdict(4, v1::ROW_OUTCOME_REFUSED, "");
  refused.add_faults()->set_description("a \"quoted\" cell");
  for (const v1::RowVerdict& verdict :
       {Verdict(1, v1::ROW_OUTCOME_ACCEPTED, "items/1042000017000113"),
        Verdict(std::numeric_limits<std::int64_t>::max(), v1::ROW_OUTCOME_DUPLICATE, "events/7"),
        Verdict(3, v1::ROW_OUTCOME_REFUSED, ""), Verdict(0, v1::ROW_OUTCOME_UNSPECIFIED, ""),
        Verdict(5, 17, "items/1"),
        Verdict(6, v1::ROW_OUTCOME_ACCEPTED, "a \"name\" <of> \\ nobody\n"),
        Verdict(7, v1::ROW_OUTCOME_ACCEPTED, "چای"), refused}) {
    EXPECT_EQ(VerdictLine(verdict), JsonLine(verdict));
  }
}

}  // namespace
}  // namespace radyab::cli
