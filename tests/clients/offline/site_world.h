// A registry with two members and a site of the first that has an offline folder.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "clients/cpp/client.h"
#include "clients/offline/offline_resolver.h"
#include "clients/offline/scan_queue.h"
#include "tests/grpc/live_server.h"

namespace radyab::offline {

// A new folder that goes with the object.
class SiteFolder {
 public:
  SiteFolder();
  ~SiteFolder();
  SiteFolder(const SiteFolder&) = delete;
  SiteFolder& operator=(const SiteFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Every call of it that fails ends the test program with the error.
class SiteWorld {
 public:
  SiteWorld();

  client::Client As(const std::string& secret, int attempts_max = 5) const;
  std::string NewKey(v1::Role role, const std::string& member);
  std::string NewMember(const std::string& name);
  // A class with the key code, once.
  void NeedClass(const std::string& key_code);

  v1::Item NewItem(const std::string& member, const std::string& name,
                   const std::vector<v1::Alias>& aliases = {});
  v1::Service NewService(const std::string& member, const std::string& name,
                         const std::vector<v1::Alias>& aliases = {});
  v1::Party NewParty(const std::string& member, const std::string& name,
                     const std::vector<v1::Alias>& aliases = {});
  // Commissioned by the member whose item it is. `expiry_date` may be empty.
  void NewLot(const std::string& object, const std::string& expiry_date);
  void AddAlias(const std::string& code, const v1::Alias& alias);
  void EndAlias(const std::string& code, const v1::Alias& alias);
  void ChangeLife(const std::string& code, v1::LifeState state, const std::string& reason,
                  const std::string& successor = "");
  // Of two whose numbers cannot stand together nothing becomes.
  void Merge(const std::string& code, const std::string& successor);

  // From the server, as the warehouse key of the first member; asked through `pack`.
  Answer<PackChange> Fetch(PackStore& pack, const PackWanted& wanted) const;
  FetchPack Fetcher() const;

  rpc::LiveServer& server() { return server_; }
  const rpc::LiveServer& server() const { return server_; }
  const client::Client& admin() const { return admin_; }
  const client::Client& site() const { return site_; }  // a warehouse key of `member`
  const std::string& member() const { return member_; }
  const std::string& other() const { return other_; }

 private:
  rpc::LiveServer server_;
  client::Client admin_;
  std::string member_, other_;
  client::Client site_;
};

v1::Alias AliasOfScheme(v1::AliasScheme scheme, const std::string& value, int contained = 0);
std::int64_t NowUs();

}  // namespace radyab::offline
