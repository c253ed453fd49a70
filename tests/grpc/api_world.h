// A small world made over the API: two members with everything of their own, and a key of every
// role.
#pragma once

#include <map>
#include <string>

#include "tests/grpc/live_server.h"

namespace radyab::rpc {

// Names and codes of one member's things, by the words that tests and the access table use: member,
// item, service, party, case, lot, sscc, unit, event, part (a supplier_part of the item), …
using Things = std::map<std::string, std::string>;

class ApiWorld {
 public:
  ApiWorld();

  LiveServer& server() { return server_; }
  const RawClient& client() const { return server_.client(); }
  const std::string& admin() const { return server_.admin(); }
  // The secret of a key with this role, for member A where the role has a member: "MEMBER", "DESK"
  // …
  const std::string& Key(const std::string& role) const { return keys_.at(role); }
  const std::string& ForeignKey() const { return foreign_key_; }  // role MEMBER of member B

  const Things& own() const { return own_; }          // of member A
  const Things& foreign() const { return foreign_; }  // of member B
  const Things& missing() const { return missing_; }  // well-formed names of nothing

  // Replaces every $WORD of `text` by the thing of that name.
  static std::string Fill(std::string text, const Things& things);

  // Calls with a request written as protobuf text, filled from own().
  Answer Call(const std::string& method, const std::string& request_text,
              const std::string& secret) const;

 private:
  Things MakeMember(const std::string& name, const std::string& gs1_prefix);
  void AddCatalog(Things& things);
  void AddTrace(Things& things);
  void AddNotice(Things& things);
  void AddCase(Things& things);
  std::string MakeKey(const std::string& role, const std::string& member);
  // Calls as admin, and stops the test when it is refused.
  Answer Make(const std::string& method, const std::string& request_text, const Things& things);

  LiveServer server_;
  std::map<std::string, std::string> keys_;
  std::string foreign_key_;
  Things own_;
  Things foreign_;
  Things missing_;
};

// The request of a method written as protobuf text, as bytes. Stops the test on a text that is no
// such request.
std::string RequestBytes(const std::string& method, const std::string& text);

}  // namespace radyab::rpc
