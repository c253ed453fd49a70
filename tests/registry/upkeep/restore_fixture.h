// A folder with a backup and room for the registry that is made from it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "google/protobuf/util/json_util.h"
#include "registry/storage/open_store.h"
#include "registry/upkeep/backup.h"
#include "registry/upkeep/restore.h"
#include "tests/registry/storage/temporary_folder.h"

namespace radyab::upkeep {

namespace fs = std::filesystem;
using storage::ReadWholeFile;
using storage::WriteWholeFile;

class Restore : public testing::Test {
 protected:
  fs::path backup() const { return folder_.path() / "backup"; }
  fs::path data() const { return folder_.path() / "data"; }

  void TakeBackup(storage::Store& store) {
    fs::create_directories(backup());
    std::ofstream rows(backup() / kRowsFile, std::ios::binary);
    const auto manifest = WriteBackup(store, "test", [&](std::string_view bytes) {
      rows.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      return absl::OkStatus();
    });
    ASSERT_TRUE(manifest.ok()) << manifest.status();
    rows.close();
    WriteManifest(*manifest);
  }
  void WriteManifest(const v1::BackupManifest& manifest) {
    std::string text;
    ASSERT_TRUE(google::protobuf::util::MessageToJsonString(manifest, &text).ok());
    WriteWholeFile(backup() / kManifestFile, text);
  }
  v1::BackupManifest Manifest() const {
    v1::BackupManifest manifest;
    const std::string text = ReadWholeFile(backup() / kManifestFile);
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(text, &manifest).ok());
    return manifest;
  }
  absl::StatusOr<Restored> Run() { return RestoreBackup({backup(), data(), std::nullopt, false}); }
  std::unique_ptr<storage::Store> Open() const {
    auto store = storage::OpenStore("lmdb:" + data().string());
    EXPECT_TRUE(store.ok()) << store.status();
    return *std::move(store);
  }
  bool LeavesNothing() const {
    return !fs::exists(data()) && !fs::exists(data().string() + ".restoring");
  }

  storage::TemporaryFolder folder_;
};

}  // namespace radyab::upkeep
