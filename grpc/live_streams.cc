#include "grpc/live_streams.h"

#include <string>
#include <vector>

#include "registry/reason.h"

namespace radyab::rpc {
namespace {

absl::Status Ending() {
  return Refuse(absl::StatusCode::kUnavailable, Reason::kStoreClosed,
                "the server is going down; what was answered stands, repeat the rest");
}

}  // namespace

absl::Status LiveStreams::Add(const std::shared_ptr<LiveStream>& stream, StreamKind kind) {
  const std::lock_guard lock(mutex_);
  if (ending_) return Ending();
  if (kind == StreamKind::kImport) {
    if (import_count_ == kImportStreamsMax) {
      return Refuse(absl::StatusCode::kResourceExhausted, Reason::kTooManyCalls,
                    std::to_string(kImportStreamsMax) + " imports run already: try again later");
    }
    ++import_count_;
  }
  watched_[stream.get()] = {stream, kind};
  return absl::OkStatus();
}

void LiveStreams::Remove(const LiveStream* stream) {
  const std::lock_guard lock(mutex_);
  const auto found = watched_.find(stream);
  if (found == watched_.end()) return;
  if (found->second.kind == StreamKind::kImport) --import_count_;
  watched_.erase(found);
}

absl::Status LiveStreams::Check() const { return ending_ ? Ending() : absl::OkStatus(); }

std::size_t LiveStreams::count() const {
  const std::lock_guard lock(mutex_);
  return watched_.size();
}

void LiveStreams::EndAll() {
  // Told outside the mutex: a stream that ends at once calls Remove.
  std::vector<std::shared_ptr<LiveStream>> streams;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    for (const auto& [stream, watched] : watched_) {
      if (auto alive = watched.stream.lock()) streams.push_back(std::move(alive));
    }
  }
  for (const auto& stream : streams) stream->EndSoon(Ending());
}

}  // namespace radyab::rpc
