#include "clients/cli/offline_site.h"

#include <utility>

namespace radyab::cli {

std::unique_ptr<OfflineSite> OpenSite(Session& session, const std::string& folder) {
  auto opened = offline::OfflineFolder::Open(folder);
  if (opened) return std::make_unique<OfflineSite>(std::move(opened).value());
  session.exit_code = session.errors().Print(opened.error());
  return nullptr;
}

Argument AddOffline(CLI::App& verb, std::string& target, const std::string& help) {
  return AddBytes(verb, "--offline", target, help);
}

}  // namespace radyab::cli
