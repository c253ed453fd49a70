// CRC-32C (Castagnoli polynomial 0x1EDC6F41, reflected; RFC 3720 appendix B.4). Debian 12 packages
// no C++ library for it.
#pragma once

#include <cstdint>
#include <string_view>

namespace radyab::storage {

// The checksum of `bytes` after `start` (0, or the checksum of what came before). Uses the
// processor's instruction where there is one. Thread safe.
std::uint32_t Crc32c(std::string_view bytes, std::uint32_t start = 0);

// The same by table alone, for machines without the instruction.
std::uint32_t Crc32cByTable(std::string_view bytes, std::uint32_t start = 0);

}  // namespace radyab::storage
