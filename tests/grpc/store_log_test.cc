#include "grpc/store_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace radyab::rpc {
namespace {

TEST(StoreLog, ASlowFoldIsAWarningWithItsTimeAndItsRows) {
  testing::internal::CaptureStdout();  // where events go before the log is opened
  LogSlowFold({std::chrono::milliseconds(6'100), 42});
  EXPECT_THAT(testing::internal::GetCapturedStdout(),
              testing::HasSubstr(" warning slow_fold ms=6100 rows=42\n"));
}

}  // namespace
}  // namespace radyab::rpc
