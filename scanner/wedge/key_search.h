// Which event device is meant.
#pragma once

#include <string>

#include "scanner/scan_fault.h"

namespace radyab::scanner {

// Where the kernel tells of input devices, and where they are opened.
struct InputFolders {
  std::string told = "/sys/class/input";
  std::string opened = "/dev/input";
};

// The path of the device that `wanted` names: a path (anything with a '/'), which is answered as it
// is; vendor and product ("05e0:1200", four hex digits each); or a name or a part of one. Only
// devices with keys for digits and Enter count. Fault kFileUnreadable: there is none, or there are
// several (all are named).
Outcome<std::string> FindKeyDevice(const std::string& wanted, const InputFolders& folders = {});

}  // namespace radyab::scanner
