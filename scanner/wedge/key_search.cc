#include "scanner/wedge/key_search.h"

#include <linux/input-event-codes.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <vector>

namespace radyab::scanner {
namespace {

namespace fs = std::filesystem;

// The first line of a file of the kernel's.
std::string LineOf(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// True when the bits of keys, hexadecimal words with the lowest last, hold 1 and Enter.
bool Types(const std::string& key_bits) {
  const std::string last = key_bits.substr(key_bits.find_last_of(' ') + 1);
  std::uint64_t bits = 0;
  for (const char c : last) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'f')) return false;
    bits = bits << 4 | static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
  }
  constexpr std::uint64_t kWanted = std::uint64_t{1} << KEY_1 | std::uint64_t{1} << KEY_ENTER;
  return (bits & kWanted) == kWanted;
}

struct Device {
  std::string event;  // "event3"
  std::string name;
  std::string ids;  // "05e0:1200"
};

std::vector<Device> DevicesThatType(const std::string& folder) {
  std::vector<Device> devices;
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  while (!error && entries != fs::directory_iterator()) {
    const fs::path about = entries->path() / "device";
    const std::string event = entries->path().filename().string();
    if (event.starts_with("event") && Types(LineOf(about / "capabilities/key"))) {
      devices.push_back({event, LineOf(about / "name"),
                         LineOf(about / "id/vendor") + ":" + LineOf(about / "id/product")});
    }
    entries.increment(error);
  }
  std::ranges::sort(devices, {}, &Device::event);
  return devices;
}

}  // namespace

Outcome<std::string> FindKeyDevice(const std::string& wanted, const InputFolders& folders) {
  if (wanted.find('/') != std::string::npos) return wanted;
  const std::vector<Device> devices = DevicesThatType(folders.told);
  std::vector<const Device*> meant;
  std::string list;
  for (const Device& device : devices) {
    const bool whole = device.name == wanted || device.ids == wanted;
    if (wanted.empty() || (!whole && device.name.find(wanted) == std::string::npos)) continue;
    meant.push_back(&device);
  }
  for (const Device& device : devices) {
    const bool listed = meant.empty() || std::ranges::count(meant, &device) > 0;
    if (!listed) continue;
    list += (list.empty() ? "" : ", ") + folders.opened + "/" + device.event + " \"" + device.name +
            "\" " + device.ids;
  }
  if (meant.size() == 1) return folders.opened + "/" + meant[0]->event;
  const std::string found = meant.empty()
                                ? "no input device with keys is called \"" + wanted + "\""
                                : "several input devices are called \"" + wanted + "\", want one";
  return ScanFault{FaultKind::kFileUnreadable,
                   found + (list.empty() ? "; there is none" : "; there is " + list)};
}

}  // namespace radyab::scanner
