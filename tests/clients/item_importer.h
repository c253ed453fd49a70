// A server that takes rows of items, for tests of `radyab import`.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "tests/clients/fake_server.h"
#include "tests/clients/program_run.h"

namespace radyab::cli {

// Accepts every item but those named "bad"; keeps what it got.
struct ItemImporter {
  std::mutex mutex;
  std::vector<v1::ImportItemRow> rows;

  client::FakeAnswers Answers() {
    client::FakeAnswers answers;
    answers.import_items = [this](grpc::ServerContext&, client::ImportItems& stream) {
      v1::ImportItemRow row;
      for (std::int64_t number = 1; stream.Read(&row); ++number) {
        v1::RowVerdict verdict;
        verdict.set_row(number);
        const std::lock_guard lock(mutex);
        rows.push_back(row);
        if (row.item().display_name().en() == "bad") {
          verdict.set_outcome(v1::ROW_OUTCOME_REFUSED);
          auto& fault = *verdict.add_faults();
          fault.set_reason("UNKNOWN_CLASS");
          fault.set_field("item.class_name");
          fault.set_description("there is no class \"9999\", look it up");
        } else {
          verdict.set_outcome(v1::ROW_OUTCOME_ACCEPTED);
          verdict.set_name("items/" + std::to_string(number));
        }
        stream.Write(verdict);
      }
      return grpc::Status::OK;
    };
    return answers;
  }
};

// The program against `server`, as a user runs it.
inline ProgramEnd Ask(const client::FakeServer& server, const std::vector<std::string>& arguments,
                      const std::string& input = "") {
  return RunRadyab(arguments, input, {{"RADYAB_SERVER", server.address()}});
}

}  // namespace radyab::cli
