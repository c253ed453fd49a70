// Pictures that follow one another on one stream: a camera's frames on standard input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Parts a stream into picture files: PNM (P4, P5, P6), JPEG and PNG, also mixed, without anything
// between them (white space before a picture is passed over). A picture is not decoded here, only
// its end is sought, so a damaged one between whole ones costs itself alone. Holds at most one
// picture and one piece of the stream. Not safe for several threads.
class FrameStream {
 public:
  // Reads from `descriptor`, which stays the caller's. Waits for bytes as long as none come.
  explicit FrameStream(int descriptor) : descriptor_(descriptor) {}

  // The bytes of the next picture; nothing at the end of the stream. Faults, after which nothing
  // more can be read: kNotAPicture (what follows begins like no picture, or its length cannot be
  // told), kTooLarge (over kPictureFileBytesMax), kDamagedPicture (the stream ends within a
  // picture), kFileUnreadable.
  Outcome<std::optional<std::string>> Next();

  // How many pictures were given out.
  std::int64_t count() const { return count_; }

 private:
  Outcome<bool> Fill();

  int descriptor_;
  std::string bytes_;  // read and not given out
  std::size_t begin_ = 0;
  std::int64_t count_ = 0;
};

}  // namespace radyab::scanner
