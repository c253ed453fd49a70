#include "clients/cli/exit_code.h"

#include <algorithm>

namespace radyab::cli {

ExitCode ExitCodeOf(const client::ClientError& error) {
  using client::ErrorCode;
  switch (error.code) {
    case ErrorCode::kNotFound:
      return ExitCode::kNotFound;
    case ErrorCode::kUnavailable:
    case ErrorCode::kDeadlineExceeded:
    case ErrorCode::kCancelled:
      return ExitCode::kUnreachable;
    case ErrorCode::kInternal:
    case ErrorCode::kUnknown:
    case ErrorCode::kDataLoss:
    case ErrorCode::kUnimplemented:
      return ExitCode::kInternal;
    default:
      return ExitCode::kRefused;
  }
}

ExitCode Worse(ExitCode left, ExitCode right) { return std::max(left, right); }

}  // namespace radyab::cli
