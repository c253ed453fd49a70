#include "grpc/handlers.h"
#include "grpc/serving.h"
#include "radyab/v1/code_pack_service.pb.h"
#include "registry/access/pack_signer.h"
#include "registry/catalog/member_registry.h"
#include "registry/code_pack.h"
#include "registry/reason.h"
#include "registry/stamp.h"

namespace radyab::rpc {
namespace {

using Answer = absl::FunctionRef<absl::Status(const v1::FetchCodePackResponse&)>;

constexpr std::size_t kBytesOfMessage = std::size_t{256} << 10;

absl::StatusOr<std::vector<HeldBucket>> HeldBy(const v1::FetchCodePackRequest& request) {
  if (request.held_steps_size() != request.held_digests_size()) {
    return RefuseField("held_digests",
                       std::to_string(request.held_digests_size()) + ", want one for each of the " +
                           std::to_string(request.held_steps_size()) + " held_steps");
  }
  std::vector<HeldBucket> held;
  std::uint64_t number = 0;
  for (int at = 0; at < request.held_steps_size(); ++at) {
    const std::uint64_t step = request.held_steps(at);
    if (step == 0 || number + step < number) {
      return RefuseField("held_steps[" + std::to_string(at) + "]",
                         "the numbers of buckets must rise");
    }
    number += step;
    held.push_back({number, request.held_digests(at)});
  }
  return held;
}

// Gathers buckets into messages of some size.
class Parts {
 public:
  explicit Parts(Answer answer) : answer_(answer) {}

  absl::Status Add(const v1::PackBucket& bucket) {
    *part_.add_buckets() = bucket;
    bytes_ += bucket.ByteSizeLong();
    if (bytes_ < kBytesOfMessage) return absl::OkStatus();
    auto status = answer_(part_);
    part_.Clear();
    bytes_ = 0;
    return status;
  }

  absl::Status End(const v1::CodePack& pack, const access::PackSigner& signer) {
    part_.set_pack(pack.SerializeAsString());
    part_.set_signature(signer.Sign(part_.pack()));
    part_.set_public_key(signer.public_key());
    return answer_(part_);
  }

 private:
  Answer answer_;
  v1::FetchCodePackResponse part_;
  std::size_t bytes_ = 0;
};

absl::Status FetchCodePack(const WorkCall& call, const v1::FetchCodePackRequest& request,
                           Answer answer) {
  const auto held = HeldBy(request);
  if (!held.ok()) return held.status();
  const std::int64_t now_us = call.serving.now_us();
  return call.serving.store.Read([&](storage::ReadTransaction& transaction) -> absl::Status {
    auto member = catalog::MemberMeant(transaction, call.caller, request.member(), "member");
    if (!member.ok()) return member.status();
    Parts parts(answer);
    auto sums = WritePack(transaction, *member, *held,
                          [&](const v1::PackBucket& bucket) { return parts.Add(bucket); });
    if (!sums.ok()) return sums.status();
    v1::CodePack pack;
    pack.set_member(catalog::MemberName(*member));
    pack.set_version(static_cast<std::int64_t>(transaction.commit_sequence()));
    *pack.mutable_make_time() = TimestampOf(now_us);
    *pack.mutable_good_until() = TimestampOf(now_us + kPackGoodUs);
    pack.set_entry_count(sums->entry_count);
    pack.set_digest(sums->digest);
    return parts.End(pack, *call.serving.pack_signer);
  });
}

}  // namespace

void AddPackMethods(MethodTable& methods) { methods.Work(&FetchCodePack); }

}  // namespace radyab::rpc
