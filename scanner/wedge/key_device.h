// A gun that is a keyboard, read from the kernel and held alone: layouts and windows do not matter.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include "scanner/scan_fault.h"
#include "scanner/wedge/key_scans.h"
#include "scanner/wedge/key_search.h"
#include "scanner/wedge/typed_scan.h"

namespace radyab::scanner {

struct KeyDeviceOptions {
  // After so long a silence what was typed is a scan: for guns that send no Enter or Tab. Slow guns
  // need 80 ms a key.
  std::chrono::milliseconds silence{500};
  // How often a device that is gone is looked for.
  std::chrono::milliseconds search_interval{250};
  InputFolders folders = {};
};

// What happened on the device.
struct KeyNews {
  enum class What : std::uint8_t {
    kNothing,  // the wait is over
    kScan,     // `scan`
    kGone,     // the device was unplugged: `message` tells what of a scan went with it
    kBack,     // it is there again
    kEnd,      // a recorded stream (a file) is at its end
  };
  What what = What::kNothing;
  TypedScan scan = {};
  std::string message = {};
};

// Holds the device (EVIOCGRAB): nobody else gets its keys. What is no device, a FIFO or a file, is
// read as a recorded stream of struct input_event. Not safe for several threads.
class KeyDevice {
 public:
  // `device` as for FindKeyDevice, by which it is also found again. Faults: kFileUnreadable (none
  // such, no permission, held by another program).
  static Outcome<std::unique_ptr<KeyDevice>> Open(const std::string& device,
                                                  KeyDeviceOptions options = {});
  ~KeyDevice();
  KeyDevice(const KeyDevice&) = delete;
  KeyDevice& operator=(const KeyDevice&) = delete;

  // The next news, waited for up to `wait`. A device that is gone is looked for meanwhile.
  KeyNews Next(std::chrono::milliseconds wait);

 private:
  KeyDevice(std::string device, KeyDeviceOptions options);
  // Opens and holds the device; what prevented it otherwise.
  Outcome<bool> Reopen();
  // Reads what is there and adds the scans that end in it.
  KeyNews::What Read();
  KeyNews Lost(const std::string& why);
  void Close();

  const std::string device_;
  const KeyDeviceOptions options_;
  int descriptor_ = -1;
  bool recorded_ = false;  // a file: its end is the end
  int error_ = 0;          // of the last read
  std::string bytes_;      // less than one event
  KeyScans keys_;
  std::chrono::steady_clock::time_point last_key_;
  std::deque<TypedScan> scans_;
};

}  // namespace radyab::scanner
