// Where a picture file ends when others follow it on the same stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace radyab::scanner {

// Seeks the end of one picture in bytes that grow: each call gets all bytes from its begin on, and
// goes on where the last call stopped. PNM (P4, P5, P6; Netpbm's pages pbm, pgm, ppm), JPEG (ISO
// 10918-1, annex B) and PNG (ISO 15948, 5).
class PictureEnd {
 public:
  enum class Answer : std::uint8_t { kFound, kMoreNeeded, kNoPicture };

  Answer Seek(std::string_view bytes);

  // After kFound: how many bytes the picture has.
  std::size_t length() const { return at_; }

 private:
  Answer SeekJpeg(std::string_view bytes);
  Answer SeekPng(std::string_view bytes);
  Answer SeekPnm(std::string_view bytes);

  std::size_t at_ = 0;    // up to here the bytes are understood
  bool in_scan_ = false;  // of a JPEG: within entropy-coded bytes
};

}  // namespace radyab::scanner
