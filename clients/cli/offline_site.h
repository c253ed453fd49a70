// The folder of a site without a network, as verbs use it (--offline).
#pragma once

#include <memory>
#include <string>

#include "clients/cli/session.h"
#include "clients/cli/verb.h"
#include "clients/offline/offline_resolver.h"
#include "clients/offline/scan_queue.h"

namespace radyab::cli {

// An open folder: what it answers from and what it keeps.
struct OfflineSite {
  explicit OfflineSite(std::unique_ptr<offline::OfflineFolder> opened)
      : folder(std::move(opened)), pack(folder->pack()), resolver(pack), queue(folder->queue()) {}

  std::unique_ptr<offline::OfflineFolder> folder;
  offline::PackStore pack;
  offline::OfflineResolver resolver;
  offline::ScanQueue queue;
};

// Null after the fault was printed; the session's exit code then says how to end.
std::unique_ptr<OfflineSite> OpenSite(Session& session, const std::string& folder);

// --offline FOLDER
Argument AddOffline(CLI::App& verb, std::string& target, const std::string& help);

}  // namespace radyab::cli
