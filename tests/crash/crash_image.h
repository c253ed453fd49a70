// What a disk may hold after the power was cut.
#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <span>
#include <string>

#include "tests/crash/file_calls.h"

namespace radyab::crash {

using Random = std::mt19937_64;

// What becomes of bytes that were written and not synced (each sector of 512 bytes by itself) and
// of names that changed.
enum class Unsynced { kLost, kKept, kByChance };

struct ImageOptions {
  Unsynced unsynced = Unsynced::kByChance;
  // For testing the test: fsync and fdatasync say OK and do nothing. Writes with O_DSYNC are kept.
  bool syncs_do_nothing = false;
};

// The files after a power cut behind `events`, by name. What was synced is there. Names that came
// and went since the folder was last synced are kept or not, each by itself.
std::map<std::string, std::string> CrashImage(std::span<const FileEvent> events,
                                              const ImageOptions& options, Random& random);

// Writes them below `folder`, which is emptied first.
void WriteImage(const std::map<std::string, std::string>& files,
                const std::filesystem::path& folder);

}  // namespace radyab::crash
