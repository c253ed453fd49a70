// The code pack a site holds: taken over whole or not at all, checked before anything of it is
// shown.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "clients/offline/kept_rows_store.h"
#include "coding/code.h"
#include "radyab/v1/code_pack_service.pb.h"

namespace radyab::offline {

// A pack that is held, as it was signed.
struct HeldPack {
  v1::CodePack pack;
  std::string bytes;  // of `pack`, over which the signature goes
  std::string signature;
  std::string public_key;  // that is trusted, 32 bytes
};

// What is fetched, and what it must agree with.
struct PackWanted {
  std::string member = {};  // whose pack, `members/00017`; empty: that of the key
  // 32 bytes; empty: the key that is held, or, the first time, the one that comes along.
  std::string public_key = {};
  std::int64_t now_us = 0;
  bool whole = false;  // everything again, whatever is held
};

// What a fetch changed.
struct PackChange {
  v1::CodePack pack;
  std::int64_t buckets_new = 0;  // or changed
  std::int64_t buckets_gone = 0;
  bool whole = false;  // everything was sent
};

// Asks a server for what `request` lacks and hands every part of the answer to `take`, until that
// answers false.
using FetchPack = std::function<std::optional<ClientError>(
    const v1::FetchCodePackRequest& request,
    const std::function<bool(const v1::FetchCodePackResponse&)>& take)>;

// Any thread. `file`: OfflineFolder::pack, outlives it.
class PackStore {
 public:
  explicit PackStore(KeptFile& file) : file_(file) {}

  // Brings the held pack up to date: what is not held is fetched; if what is held turns out to be
  // damaged, everything is. Refuses, with the held pack as it was: PACK_UNSIGNED for a signature
  // that is not of the trusted key, PACK_DAMAGED when the contents do not agree with it,
  // PACK_CUT_OFF, PACK_OLDER than the held one, PACK_OF_ANOTHER member, PACK_EXPIRED; and with
  // OFFLINE_DAMAGED when not even the trusted key can be read and none is given.
  Answer<PackChange> Fetch(const PackWanted& wanted, const FetchPack& fetch);

  // The pack, or nothing when there is none.
  Answer<std::optional<HeldPack>> Held() const;
  // Computes all again: every row, every digest, the signature. The pack, or what is wrong.
  Answer<HeldPack> Verify() const;

  // One question: everything it reads is of one moment. Refuses with NO_PACK and PACK_EXPIRED.
  std::optional<ClientError> Ask(
      std::int64_t now_us, absl::FunctionRef<void(const v1::CodePack&, KeptRows&)> body) const;

 private:
  Answer<PackChange> FetchOnce(const PackWanted& wanted, const FetchPack& fetch);

  KeptFile& file_;
};

// --- what a question may read of a pack's rows

std::optional<v1::PackEntry> EntryOf(KeptRows& rows, coding::Code code);
// The number of another scheme, as the pack has it; its `code` is what it leads to.
std::optional<v1::Alias> AliasOf(KeptRows& rows, v1::AliasScheme scheme, std::string_view value);
// Items of a generic item, in order of their blocks and counters.
std::vector<coding::Code> ItemsOfGeneric(KeptRows& rows, const std::string& generic_code,
                                         std::size_t count_max);

}  // namespace radyab::offline
