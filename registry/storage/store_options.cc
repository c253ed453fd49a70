#include "registry/storage/store_options.h"

namespace radyab::storage {

std::int64_t SystemTimeUs() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

}  // namespace radyab::storage
