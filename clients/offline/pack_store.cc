#include "clients/offline/pack_store.h"

#include <algorithm>
#include <ctime>
#include <map>
#include <utility>

#include "clients/offline/digest.h"
#include "clients/offline/pack_rows.h"
#include "google/protobuf/timestamp.pb.h"

namespace radyab::offline {
namespace {

using client::ErrorCode;

constexpr std::size_t kRequestBytesMax = std::size_t{7} << 19;  // the server takes 4 MiB

ClientError Refused(std::string_view reason, std::string message) {
  return OfflineFault(ErrorCode::kFailedPrecondition, reason, std::move(message));
}

ClientError Damaged(std::string message) {
  return OfflineFault(ErrorCode::kDataLoss, "PACK_DAMAGED", std::move(message));
}

// Times beyond those of the proto are as far away as times can be.
std::int64_t MicrosecondsOf(const google::protobuf::Timestamp& time) {
  constexpr std::int64_t kSecondsMax = 253'402'300'799;  // the end of the year 9999
  return std::clamp(time.seconds(), -kSecondsMax, kSecondsMax) * 1'000'000 + time.nanos() / 1'000;
}

std::optional<HeldPack> ReadHeld(KeptRows& rows) {
  const auto bytes = rows.Get(kHeadKey), signature = rows.Get(kSignatureKey);
  const auto key = rows.Get(kPublicKeyKey);
  if (!bytes || !signature || !key) return std::nullopt;
  HeldPack held{{}, *bytes, *signature, *key};
  if (!held.pack.ParseFromString(*bytes)) {
    rows.Fail(Damaged("the head of the pack cannot be read; fetch it again"));
    return std::nullopt;
  }
  return held;
}

// Steps and digests of all buckets that are held.
void AddHeld(KeptRows& rows, v1::FetchCodePackRequest& request) {
  std::uint64_t before = 0;
  rows.Scan(std::string(1, kBucketRow), 1, [&](std::string_view key, std::string_view value) {
    const std::uint64_t number = NumberOf(key.substr(1));
    request.add_held_steps(number - before);
    request.add_held_digests(NumberOf(value.substr(0, 8)));
    before = number;
    return true;
  });
}

std::string DayOf(const google::protobuf::Timestamp& time) {
  const std::time_t seconds = time.seconds();
  std::tm parts = {};
  char text[32] = {};
  gmtime_r(&seconds, &parts);
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts);
  return text;
}

// What a pack must be to take the place of the one that is held.
std::optional<ClientError> WhyNot(const HeldPack& fresh, const std::optional<HeldPack>& held,
                                  std::int64_t now_us) {
  if (!IsSigned(fresh.bytes, fresh.signature, fresh.public_key)) {
    return Refused("PACK_UNSIGNED",
                   "the pack is not signed with the trusted key " + WriteHex(fresh.public_key) +
                       "; if the server's key was changed on purpose, give the new one "
                       "(--signing-key DATA/pack.pub)");
  }
  if (MicrosecondsOf(fresh.pack.good_until()) <= now_us) {
    return Refused("PACK_EXPIRED", "the pack was good until " + DayOf(fresh.pack.good_until()));
  }
  if (!held) return std::nullopt;
  if (held->pack.member() != fresh.pack.member()) {
    return Refused("PACK_OF_ANOTHER", "the pack is one of " + fresh.pack.member() +
                                          ", this folder is of " + held->pack.member());
  }
  if (fresh.pack.version() < held->pack.version()) {
    return Refused("PACK_OLDER", "the pack shows version " + std::to_string(fresh.pack.version()) +
                                     " of " + DayOf(fresh.pack.make_time()) + ", version " +
                                     std::to_string(held->pack.version()) + " of " +
                                     DayOf(held->pack.make_time()) + " is held");
  }
  return std::nullopt;
}

// The rows as a fetch leaves them, while it comes in.
class Taking {
 public:
  Taking(KeptRows& rows, PackChange& change) : rows_(rows), change_(change) {}

  bool Take(const v1::FetchCodePackResponse& part) {
    for (const v1::PackBucket& bucket : part.buckets()) {
      if (!PutBucket(rows_, bucket)) {
        rows_.Fail(Damaged("bucket " + std::to_string(bucket.number()) + " cannot be read"));
      }
      if (rows_.fault()) return false;
      ++(bucket.entries().empty() ? change_.buckets_gone : change_.buckets_new);
    }
    if (!part.pack().empty()) {
      fresh_.emplace(HeldPack{{}, part.pack(), part.signature(), part.public_key()});
      if (!fresh_->pack.ParseFromString(part.pack())) rows_.Fail(Damaged("its head is none"));
    }
    return !rows_.fault();
  }

  void End(const std::optional<HeldPack>& held, const PackWanted& wanted) {
    if (rows_.fault()) return;
    if (!fresh_) return rows_.Fail(Refused("PACK_CUT_OFF", "the pack was cut off on its way"));
    if (!wanted.public_key.empty()) {
      fresh_->public_key = wanted.public_key;
    } else if (held) {
      fresh_->public_key = held->public_key;
    }
    if (auto why = WhyNot(*fresh_, held, wanted.now_us)) return rows_.Fail(*std::move(why));
    const PackTotals totals = TotalsOf(rows_);
    if (totals.digest != fresh_->pack.digest() ||
        totals.entry_count != fresh_->pack.entry_count()) {
      return rows_.Fail(Damaged("the contents of the pack are not those that were signed"));
    }
    rows_.Put(kHeadKey, fresh_->bytes);
    rows_.Put(kSignatureKey, fresh_->signature);
    rows_.Put(kPublicKeyKey, fresh_->public_key);
    change_.pack = fresh_->pack;
  }

 private:
  KeptRows& rows_;
  PackChange& change_;
  std::optional<HeldPack> fresh_;
};

}  // namespace

Answer<PackChange> PackStore::FetchOnce(const PackWanted& wanted, const FetchPack& fetch) {
  auto held = Held();
  if (!held && wanted.public_key.empty()) return held.error();
  const std::optional<HeldPack> before = held ? *held : std::nullopt;
  PackChange change;
  auto fault = file_.Write([&](KeptRows& rows) {
    v1::FetchCodePackRequest request;
    request.set_member(wanted.member);
    if (!wanted.whole && before) AddHeld(rows, request);
    if (request.ByteSizeLong() > kRequestBytesMax) {
      request.clear_held_steps();
      request.clear_held_digests();
    }
    change.whole = request.held_steps().empty();
    if (change.whole) rows.DeleteAll();
    if (rows.fault()) return;
    Taking taking(rows, change);
    auto error =
        fetch(request, [&](const v1::FetchCodePackResponse& part) { return taking.Take(part); });
    if (error) return rows.Fail(*std::move(error));
    taking.End(before, wanted);
  });
  if (fault) return *std::move(fault);
  return change;
}

Answer<PackChange> PackStore::Fetch(const PackWanted& wanted, const FetchPack& fetch) {
  auto change = FetchOnce(wanted, fetch);
  const auto is_damage = [](const ClientError& error) {
    return error.reason == "PACK_DAMAGED" || error.reason == "OFFLINE_DAMAGED";
  };
  if (change || wanted.whole || !is_damage(change.error())) return change;
  PackWanted whole = wanted;
  whole.whole = true;
  return FetchOnce(whole, fetch);
}

Answer<std::optional<HeldPack>> PackStore::Held() const {
  std::optional<HeldPack> held;
  auto fault = file_.Read([&](KeptRows& rows) { held = ReadHeld(rows); });
  if (fault) return *std::move(fault);
  return held;
}

Answer<HeldPack> PackStore::Verify() const {
  std::optional<HeldPack> held;
  auto fault = file_.Read([&](KeptRows& rows) {
    held = ReadHeld(rows);
    if (!held) return rows.Fail(Refused("NO_PACK", "there is no pack; fetch one"));
    if (!IsSigned(held->bytes, held->signature, held->public_key)) {
      return rows.Fail(Refused("PACK_UNSIGNED", "the signature is not that of the trusted key"));
    }
    std::vector<std::uint64_t> numbers;
    Sha256 all;
    std::int64_t entry_count = 0;
    rows.Scan(std::string(1, kBucketRow), 1, [&](std::string_view key, std::string_view) {
      numbers.push_back(NumberOf(key.substr(1)));
      return true;
    });
    for (const std::uint64_t number : numbers) {
      std::map<std::string, std::string> by_counter;  // as they were sent; rows lie by class
      const std::string prefix = EntryPrefix(number);
      rows.Scan(prefix, prefix.size(), [&](std::string_view key, std::string_view value) {
        by_counter.emplace(CounterOf(key.substr(prefix.size())), value);
        return true;
      });
      v1::PackBucket bucket;
      for (auto& [counter, entry] : by_counter) bucket.add_entries(std::move(entry));
      all.Add(BigEndian(number, 8));
      all.Add(BucketDigest(bucket));
      entry_count += bucket.entries_size();
    }
    if (all.End() != held->pack.digest() || entry_count != held->pack.entry_count()) {
      rows.Fail(Damaged("the contents of the pack are not those that were signed; fetch it again"));
    }
  });
  if (fault) return *std::move(fault);
  return *std::move(held);
}

std::optional<ClientError> PackStore::Ask(
    std::int64_t now_us, absl::FunctionRef<void(const v1::CodePack&, KeptRows&)> body) const {
  return file_.Read([&](KeptRows& rows) {
    const auto held = ReadHeld(rows);
    if (rows.fault()) return;
    if (!held) return rows.Fail(Refused("NO_PACK", "there is no pack; fetch one"));
    if (MicrosecondsOf(held->pack.good_until()) <= now_us) {
      return rows.Fail(Refused(
          "PACK_EXPIRED",
          "the pack was good until " + DayOf(held->pack.good_until()) + "; fetch a new one"));
    }
    body(held->pack, rows);
  });
}

std::optional<v1::PackEntry> EntryOf(KeptRows& rows, coding::Code code) {
  const auto bytes = rows.Get(EntryKey(code.Digits()));
  v1::PackEntry entry;
  if (!bytes || !entry.ParseFromString(*bytes)) return std::nullopt;
  return entry;
}

std::optional<v1::Alias> AliasOf(KeptRows& rows, v1::AliasScheme scheme, std::string_view value) {
  constexpr std::size_t kValueBytesMax = 400;
  if (value.size() > kValueBytesMax) return std::nullopt;
  const auto bytes = rows.Get(AliasKey(scheme, value));
  v1::Alias alias;
  if (!bytes || !alias.ParseFromString(*bytes)) return std::nullopt;
  return alias;
}

std::vector<coding::Code> ItemsOfGeneric(KeptRows& rows, const std::string& generic_code,
                                         std::size_t count_max) {
  std::vector<coding::Code> codes;
  const std::string prefix = GenericPrefix(generic_code);
  rows.Scan(prefix, prefix.size(), [&](std::string_view key, std::string_view) {
    const auto code = coding::ParseCode(key.substr(key.size() - 16));
    if (code.ok()) codes.push_back(*code);
    return codes.size() < count_max;
  });
  return codes;
}

}  // namespace radyab::offline
