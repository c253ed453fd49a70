// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace radyab::upkeep {

// One thread at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void Add(std::string_view bytes);
  // 64 hex digits; nothing may be added afterwards.
  std::string Hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace radyab::upkeep
