// Code packs and their deltas, as a site gets them: never a crash; a pack that is taken over is
// whole, signed and verifies, and every code and number of it is answered; one that is refused has
// a reason and leaves every row as it was.
//
// The first byte says how the pack is put together (kSigned …). What follows is a row of records,
// each: what it is (a byte, kNewBucket …), how many bytes it has (two bytes, the low one first), a
// PackEntry or, of the last one with kIsHead, the CodePack as bytes.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clients/offline/digest.h"
#include "clients/offline/offline_resolver.h"
#include "clients/offline/pack_rows.h"
#include "clients/offline/pack_store.h"
#include "coding/code.h"
#include "registry/access/pack_signer.h"
#include "tests/fuzz/fuzz_expect.h"

namespace {

using namespace radyab;
using fuzz::Expect;
using BucketMap = std::map<std::uint64_t, v1::PackBucket>;

enum PackFlags : std::uint8_t {
  kSigned = 1,     // by the trusted key
  kAgrees = 2,     // its head tells the digest and the count of what there is
  kWhole = 4,      // everything is fetched; else a delta to the first pack
  kWithHead = 8,   // else it is cut off
  kSameAgain = 16  // the first pack's buckets stand before all others
};
enum RecordFlags : std::uint8_t {
  kNewBucket = 1,
  kNewPart = 2,
  kOwnNumber = 4,  // the bucket has the number of the entry's code
  kIsHead = 8,
  kGone = 16  // a bucket without entries
};

constexpr std::int64_t kNowUs = 1'795'000'000'000'000;
constexpr std::size_t kRecordsMax = 40;
constexpr std::size_t kCodeDigits = 16;

std::string CodeText(std::uint32_t birth_class, std::uint32_t counter) {
  return coding::Code::ForCatalog(coding::Kind::kItem, birth_class, 17, counter)->Digits();
}

v1::PackEntry EntryFor(const std::string& code, const std::string& part) {
  v1::PackEntry entry;
  entry.mutable_item()->set_name("items/" + code);
  entry.mutable_item()->set_code(code);
  entry.mutable_item()->set_generic_item("items/" + CodeText(4, 1));
  entry.mutable_item()->mutable_display_name()->set_en("Goods " + part);
  v1::Alias& alias = *entry.add_aliases();
  alias.set_scheme(v1::ALIAS_SCHEME_SUPPLIER_PART);
  alias.set_value(part);
  v1::PackLot& lot = *entry.add_lots();
  lot.set_lot("L1");
  lot.set_expiry_date("2027-03-31");
  return entry;
}

std::uint64_t NumberOfCode(const std::string& code) {
  return offline::NumberOf(std::string_view(offline::EntryKey(code)).substr(1, 8));
}

// What the first pack has: two buckets.
BucketMap FirstBuckets() {
  BucketMap buckets;
  for (const std::uint32_t counter : {1u, 2u, 15u}) {
    const std::string code = CodeText(4 + counter % 2, counter);
    v1::PackBucket& bucket = buckets[NumberOfCode(code)];
    bucket.set_number(NumberOfCode(code));
    bucket.add_entries(EntryFor(code, "P-" + std::to_string(counter)).SerializeAsString());
  }
  return buckets;
}

offline::PackTotals TotalsOf(const BucketMap& buckets) {
  offline::PackTotals totals;
  offline::Sha256 all;
  for (const auto& numbered : buckets) {
    all.Add(offline::BigEndian(numbered.first, 8));
    all.Add(offline::BucketDigest(numbered.second));
    totals.entry_count += numbered.second.entries_size();
  }
  totals.digest = all.End();
  return totals;
}

class Site {
 public:
  Site() : signer_(access::SecretKey{1, 2, 3}) {
    std::string pattern = (std::filesystem::temp_directory_path() / "radyab-pack-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    auto file = offline::KeptFile::Open(folder_ / "pack.mdb", std::uint64_t{64} << 20);
    Expect(file.ok(), "the file can be opened");
    file_ = std::move(file).value();
    pack_ = std::make_unique<offline::PackStore>(*file_);
    first_ = FirstBuckets();
  }
  ~Site() {
    pack_.reset();
    file_.reset();
    std::filesystem::remove_all(folder_);
  }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  // Holds the first pack again, unless it does.
  void Reset() {
    if (is_first_) return;
    // What is held may be of another member, or newer.
    const auto emptied = file_->Write([](offline::KeptRows& rows) { rows.DeleteAll(); });
    Expect(!emptied.has_value(), "the file can be emptied");
    v1::FetchCodePackResponse part;
    for (const auto& numbered : first_) *part.add_buckets() = numbered.second;
    PutHead(HeadOf(TotalsOf(first_)).SerializeAsString(), true, part);
    const auto change = Fetch({part}, true);
    Expect(change.ok(), "the first pack is taken over");
    is_first_ = true;
  }
  v1::CodePack HeadOf(const offline::PackTotals& totals) const {
    v1::CodePack head;
    head.set_member("members/00017");
    head.set_version(5);
    head.mutable_good_until()->set_seconds(kNowUs / 1'000'000 + 60);
    head.set_entry_count(totals.entry_count);
    head.set_digest(totals.digest);
    return head;
  }
  void PutHead(const std::string& bytes, bool is_signed, v1::FetchCodePackResponse& part) const {
    part.set_pack(bytes);
    part.set_signature(is_signed ? signer_.Sign(bytes) : std::string(64, 's'));
    part.set_public_key(signer_.public_key());
  }
  offline::Answer<offline::PackChange> Fetch(const std::vector<v1::FetchCodePackResponse>& parts,
                                             bool whole) {
    is_first_ = false;
    return pack_->Fetch({.public_key = signer_.public_key(), .now_us = kNowUs, .whole = whole},
                        [&](const v1::FetchCodePackRequest&, const auto& take) {
                          for (const auto& part : parts) {
                            if (!take(part)) break;
                          }
                          return std::optional<offline::ClientError>();
                        });
  }
  // Of every kind.
  std::map<std::string, std::string> Rows() const {
    std::map<std::string, std::string> all;
    const auto fault = file_->Read([&](offline::KeptRows& rows) {
      for (const char kind : {'h', 's', 'k', offline::kBucketRow, offline::kEntryRow,
                              offline::kAliasRow, offline::kGenericRow}) {
        rows.Scan(std::string(1, kind), 1, [&](std::string_view key, std::string_view value) {
          all.emplace(key, value);
          return true;
        });
      }
    });
    Expect(!fault.has_value(), "every row can be read");
    return all;
  }
  void StaysFirst() { is_first_ = true; }
  const BucketMap& first() const { return first_; }
  const offline::PackStore& pack() const { return *pack_; }

 private:
  const access::PackSigner signer_;
  std::filesystem::path folder_;
  std::unique_ptr<offline::KeptFile> file_;
  std::unique_ptr<offline::PackStore> pack_;
  BucketMap first_;
  bool is_first_ = false;
};

// An input, taken apart.
struct Sent {
  std::vector<v1::FetchCodePackResponse> parts = {{}};
  std::optional<std::string> head;
};

Sent ReadInput(std::string_view rest, const BucketMap& first, bool same_again) {
  Sent sent;
  if (same_again) {
    for (const auto& numbered : first) *sent.parts[0].add_buckets() = numbered.second;
  }
  v1::PackBucket* bucket = nullptr;
  for (std::size_t record = 0; record < kRecordsMax && rest.size() >= 3; ++record) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(rest[at]); };
    const std::uint8_t flags = byte(0);
    const std::size_t length = byte(1) + 256u * byte(2);
    rest.remove_prefix(3);
    const std::string bytes(rest.substr(0, length));
    rest.remove_prefix(bytes.size());
    if ((flags & kIsHead) != 0) {
      sent.head = bytes;
      continue;
    }
    if ((flags & kNewPart) != 0) sent.parts.emplace_back();
    if (bucket == nullptr || (flags & (kNewBucket | kNewPart)) != 0) {
      bucket = sent.parts.back().add_buckets();
      bucket->set_number(flags);
    }
    v1::PackEntry entry;
    const bool read = entry.ParseFromString(bytes);
    const std::string& code = entry.has_service() ? entry.service().code() : entry.item().code();
    if ((flags & kOwnNumber) != 0 && read && code.size() == kCodeDigits &&
        coding::ParseCode(code)) {
      bucket->set_number(NumberOfCode(code));
    }
    if ((flags & kGone) == 0) bucket->add_entries(bytes);
  }
  return sent;
}

// What a site has afterwards, by the meaning of a pack alone.
BucketMap Afterwards(const Sent& sent, const BucketMap& first, bool whole) {
  BucketMap buckets = whole ? BucketMap() : first;
  for (const auto& part : sent.parts) {
    for (const v1::PackBucket& bucket : part.buckets()) {
      if (bucket.entries().empty()) {
        buckets.erase(bucket.number());
      } else {
        buckets[bucket.number()] = bucket;
      }
    }
  }
  return buckets;
}

void ExpectAnswers(const Site& site, const BucketMap& buckets) {
  const offline::OfflineResolver resolver(site.pack());
  const offline::AskedAt asked{{.year = 2026, .month = 11, .day = 27}, kNowUs};
  for (const auto& numbered : buckets) {
    for (const std::string& bytes : numbered.second.entries()) {
      v1::PackEntry entry;
      Expect(entry.ParseFromString(bytes), "an entry that was taken can be read");
      const std::string& code = entry.has_service() ? entry.service().code() : entry.item().code();
      const auto found = resolver.Resolve(code, asked);
      Expect(found.ok() && found->code() == code, "every code of a pack is answered");
      for (const v1::Alias& alias : entry.aliases()) {
        Expect(resolver.Resolve(alias.value(), asked).ok(), "every number of it is answered");
      }
    }
  }
}

void ExpectReason(const offline::ClientError& error) {
  static const std::set<std::string> reasons = {"PACK_UNSIGNED", "PACK_DAMAGED",    "PACK_CUT_OFF",
                                                "PACK_OLDER",    "PACK_OF_ANOTHER", "PACK_EXPIRED"};
  Expect(reasons.count(error.reason) == 1, "a refused pack has a reason of packs");
  Expect(!error.message.empty(), "and says it in words");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static Site site;
  site.Reset();
  const std::uint8_t flags = data[0];
  const bool whole = (flags & kWhole) != 0;
  Sent sent = ReadInput(fuzz::Text(data + 1, size - 1), site.first(), (flags & kSameAgain) != 0);
  const BucketMap wanted = Afterwards(sent, site.first(), whole);
  const offline::PackTotals totals = TotalsOf(wanted);
  v1::CodePack head = site.HeadOf(totals);
  if (sent.head && !head.ParseFromString(*sent.head)) head.Clear();
  if ((flags & kAgrees) != 0) {
    head.set_digest(totals.digest);
    head.set_entry_count(totals.entry_count);
  }
  std::string head_bytes = head.SerializeAsString();
  if ((flags & kAgrees) == 0 && sent.head) head_bytes = *sent.head;
  const bool is_signed = (flags & kSigned) != 0;
  if ((flags & kWithHead) != 0) site.PutHead(head_bytes, is_signed, sent.parts.back());

  const auto before = site.Rows();
  const auto change = site.Fetch(sent.parts, whole);
  if (!change.ok()) {
    ExpectReason(change.error());
    Expect(site.Rows() == before, "a refused pack changes no row");
    site.StaysFirst();
    return 0;
  }
  Expect(is_signed && (flags & kWithHead) != 0, "only what is signed and whole is taken over");
  Expect(change->pack.digest() == totals.digest, "what is held is what was signed");
  const auto verified = site.pack().Verify();
  Expect(verified.ok() && verified->bytes == head_bytes, "a pack that was taken over verifies");
  ExpectAnswers(site, wanted);
  return 0;
}
