// Calls of one method, so many in flight, until the time is over. One thread sends and receives all
// of them, so that the client costs little and the same whatever server answers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "grpcpp/channel.h"
#include "grpcpp/support/byte_buffer.h"

namespace radyab::bench {

struct LoopPlan {
  std::string server;  // HOST:PORT
  std::string key;     // API key; empty: none is sent
  std::string method;  // "/radyab.v1.CodeService/Resolve"
  int in_flight = 64;
  double seconds = 2;
  std::uint64_t calls_max = UINT64_MAX;
};

// Writes the bytes of the n-th request.
using MakeRequest = std::function<std::string(std::uint64_t number)>;
// Looks at the answer to the n-th request.
using TakeAnswer = std::function<void(std::uint64_t number, const std::string& bytes)>;

struct LoopFigures {
  std::uint64_t call_count = 0;
  double seconds = 0;
  std::vector<float> milliseconds;  // of every call, sorted
  std::uint64_t answer_bytes = 0;

  double PerSecond() const { return static_cast<double>(call_count) / seconds; }
  double Percentile(double hundredths) const;
};

// Unary calls over as many connections as the server's bound of calls a connection asks for. Every
// 100th answer is given to `take`. Ends the program when a call fails.
LoopFigures RunUnaryCalls(const LoopPlan& plan, const MakeRequest& make, const TakeAnswer& take);

// One bidirectional stream, `in_flight` messages ahead of their answers.
LoopFigures RunStream(const LoopPlan& plan, const MakeRequest& make, const TakeAnswer& take);

}  // namespace radyab::bench
