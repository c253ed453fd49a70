#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "clients/cpp/catalog_client.h"
#include "tests/clients/fake_server.h"

namespace radyab::client {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

// Rows "row 1" … "row COUNT"; counts how many were taken.
NextRow<v1::ImportItemRow> Rows(int count, int& taken) {
  return [count, &taken]() -> std::optional<v1::ImportItemRow> {
    if (taken == count) return std::nullopt;
    v1::ImportItemRow row;
    row.mutable_item()->mutable_display_name()->set_en("row " + std::to_string(++taken));
    return row;
  };
}

void Accept(ImportItems& stream, const v1::ImportItemRow& row, std::int64_t number) {
  v1::RowVerdict verdict;
  verdict.set_row(number);
  verdict.set_outcome(v1::ROW_OUTCOME_ACCEPTED);
  verdict.set_name(row.item().display_name().en());
  stream.Write(verdict);
}

TEST(ImportStream, HandsOverAVerdictForEachRowInOrder) {
  FakeAnswers answers;
  answers.import_items = [](grpc::ServerContext&, ImportItems& stream) {
    v1::ImportItemRow row;
    for (std::int64_t number = 1; stream.Read(&row); ++number) {
      EXPECT_FALSE(row.request_id().empty());
      if (number % 10 != 0) {
        Accept(stream, row, number);
        continue;
      }
      v1::RowVerdict refused;
      refused.set_row(number);
      refused.set_outcome(v1::ROW_OUTCOME_REFUSED);
      refused.add_faults()->set_reason("INVALID_FIELD");
      stream.Write(refused);
    }
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  int taken = 0;
  std::int64_t last = 0;
  const auto counts = CatalogClient(server.Connect())
                          .ImportItems(Rows(1'000, taken), [&](const v1::RowVerdict& verdict) {
                            EXPECT_EQ(verdict.row(), ++last);
                          });
  ASSERT_TRUE(counts.ok()) << counts.error().message;
  EXPECT_EQ(*counts, (ImportCounts{.accepted = 900, .duplicates = 0, .refused = 100}));
  EXPECT_EQ(last, 1'000);
}

TEST(ImportStream, TakesNoMoreRowsThanMayBeInFlight) {
  // The server reads all it can get before its first verdict.
  std::atomic<int> read = 0;
  std::atomic<bool> answer = false;
  FakeAnswers answers;
  answers.import_items = [&](grpc::ServerContext&, ImportItems& stream) {
    std::vector<v1::ImportItemRow> rows;
    v1::ImportItemRow row;
    while (rows.size() < 5 && stream.Read(&row)) {
      rows.push_back(row);
      ++read;
    }
    while (!answer) std::this_thread::yield();
    std::int64_t number = 0;
    for (const auto& waiting : rows) Accept(stream, waiting, ++number);
    while (stream.Read(&row)) Accept(stream, row, ++number);
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  auto options = FakeServer::QuickOptions();
  options.rows_in_flight_max = 5;
  int taken = 0;
  int taken_before_first_verdict = 0;
  std::thread watcher([&] {
    while (read < 5) std::this_thread::yield();
    answer = true;
  });
  int in_flight_most = 0;
  int verdicts = 0;
  const auto next = Rows(50, taken);
  const auto counts = CatalogClient(server.Connect(options))
                          .ImportItems(
                              [&] {
                                auto row = next();
                                in_flight_most = std::max(in_flight_most, taken - verdicts);
                                return row;
                              },
                              [&](const v1::RowVerdict&) {
                                if (verdicts++ == 0) taken_before_first_verdict = taken;
                              });
  watcher.join();
  ASSERT_TRUE(counts.ok()) << counts.error().message;
  EXPECT_EQ(counts->accepted, 50);
  EXPECT_EQ(taken_before_first_verdict, 5);
  EXPECT_EQ(in_flight_most, 5);
}

TEST(ImportStream, SendsUnansweredRowsAgainWhenTheWayBreaks) {
  std::mutex mutex;
  std::vector<std::string> seen;  // name and request_id of every row that arrived
  int streams = 0;
  FakeAnswers answers;
  answers.import_items = [&](grpc::ServerContext&, ImportItems& stream) {
    const int number_of_stream = ++streams;
    v1::ImportItemRow row;
    for (std::int64_t number = 1; stream.Read(&row); ++number) {
      {
        std::lock_guard lock(mutex);
        seen.push_back(row.item().display_name().en() + " " + row.request_id());
      }
      if (number_of_stream < 3 && number == 4) {
        return grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting");
      }
      Accept(stream, row, number);
    }
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  int taken = 0;
  std::vector<std::string> names;
  std::vector<std::int64_t> rows;
  const auto counts = CatalogClient(server.Connect())
                          .ImportItems(Rows(10, taken), [&](const v1::RowVerdict& verdict) {
                            names.push_back(verdict.name());
                            rows.push_back(verdict.row());
                          });
  ASSERT_TRUE(counts.ok()) << counts.error().message;
  EXPECT_EQ(counts->accepted, 10);
  EXPECT_EQ(streams, 3);
  EXPECT_THAT(rows, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
  EXPECT_EQ(names.front(), "row 1");
  EXPECT_EQ(names.back(), "row 10");
  // Row 4 arrived twice with the same id, so the server could tell.
  std::vector<std::string> fourth;
  for (const auto& entry : seen) {
    if (entry.starts_with("row 4 ")) fourth.push_back(entry);
  }
  ASSERT_EQ(fourth.size(), 2u);
  EXPECT_EQ(fourth[0], fourth[1]);
}

TEST(ImportStream, GivesUpWhenTheServerStaysAway) {
  int streams = 0;
  FakeAnswers answers;
  answers.import_items = [&](grpc::ServerContext&, ImportItems&) {
    ++streams;
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "away");
  };
  FakeServer server(answers);
  int taken = 0;
  auto options = FakeServer::QuickOptions();
  options.retry.attempts_max = 5;
  const auto counts = CatalogClient(server.Connect(options)).ImportItems(Rows(3, taken), nullptr);
  ASSERT_FALSE(counts.ok());
  EXPECT_EQ(counts.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(streams, 5);
}

TEST(ImportStream, IsPatientUpToItsDeadlineWhileTheServerIsAway) {
  int streams = 0;
  FakeAnswers answers;
  answers.import_items = [&](grpc::ServerContext&, ImportItems&) {
    ++streams;
    return grpc::Status(grpc::StatusCode::UNAVAILABLE, "away");
  };
  FakeServer server(answers);
  auto options = FakeServer::QuickOptions();
  options.deadline = milliseconds(200);
  int taken = 0;
  const auto begun = std::chrono::steady_clock::now();
  const auto counts = CatalogClient(server.Connect(options)).ImportItems(Rows(3, taken), nullptr);
  ASSERT_FALSE(counts.ok());
  EXPECT_GT(streams, 10);
  const auto took = std::chrono::steady_clock::now() - begun;
  EXPECT_GE(took, milliseconds(190));
  EXPECT_LT(took, milliseconds(5'000));
}

TEST(ImportStream, AnswersTheRowsOfASlowSourceBeforeItWaitsForMore) {
  FakeAnswers answers;
  answers.import_items = [](grpc::ServerContext&, ImportItems& stream) {
    v1::ImportItemRow row;
    for (std::int64_t number = 1; stream.Read(&row); ++number) Accept(stream, row, number);
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  int taken = 0;
  int answered = 0;
  const auto next = Rows(5, taken);
  const auto counts = CatalogClient(server.Connect())
                          .ImportItems(
                              [&] {
                                EXPECT_EQ(answered, taken) << "every row before is answered";
                                return next();
                              },
                              [&](const v1::RowVerdict&) { ++answered; }, [] { return true; });
  ASSERT_TRUE(counts.ok()) << counts.error().message;
  EXPECT_EQ(counts->accepted, 5);
}

TEST(ImportStream, EndsWhenTheServerFallsSilent) {
  FakeAnswers answers;
  answers.import_items = [](grpc::ServerContext& context, ImportItems&) {
    while (!context.IsCancelled()) std::this_thread::yield();
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  auto options = FakeServer::QuickOptions();
  options.deadline = milliseconds(50);
  int taken = 0;
  const auto counts = CatalogClient(server.Connect(options)).ImportItems(Rows(3, taken), nullptr);
  ASSERT_FALSE(counts.ok());
  EXPECT_EQ(counts.error().code, ErrorCode::kDeadlineExceeded);
}

TEST(ImportStream, TellsWhyTheWholeImportWasRefused) {
  FakeAnswers answers;
  answers.import_items = [](grpc::ServerContext&, ImportItems&) {
    return StatusOf({.code = grpc::StatusCode::UNAUTHENTICATED,
                     .message = "an API key is needed",
                     .reason = "NO_KEY"});
  };
  FakeServer server(answers);
  int taken = 0;
  const auto counts = CatalogClient(server.Connect()).ImportItems(Rows(3, taken), nullptr);
  ASSERT_FALSE(counts.ok());
  EXPECT_EQ(counts.error().reason, "NO_KEY");
}

TEST(ImportStream, RefusesAnEndBeforeEveryRowWasAnswered) {
  FakeAnswers answers;
  answers.import_items = [](grpc::ServerContext&, ImportItems& stream) {
    v1::ImportItemRow row;
    while (stream.Read(&row)) {
    }
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  int taken = 0;
  const auto counts = CatalogClient(server.Connect()).ImportItems(Rows(3, taken), nullptr);
  ASSERT_FALSE(counts.ok());
  EXPECT_EQ(counts.error().code, ErrorCode::kInternal);
}

TEST(ImportStream, IsDoneAtOnceWithoutRows) {
  FakeAnswers answers;
  answers.import_items = [](grpc::ServerContext&, ImportItems& stream) {
    v1::ImportItemRow row;
    EXPECT_FALSE(stream.Read(&row));
    return grpc::Status::OK;
  };
  FakeServer server(answers);
  int taken = 0;
  const auto counts = CatalogClient(server.Connect()).ImportItems(Rows(0, taken), nullptr);
  ASSERT_TRUE(counts.ok());
  EXPECT_EQ(*counts, ImportCounts{});
}

}  // namespace
}  // namespace radyab::client
