// Bytes that clients send as requests of changes, one after the other against a registry in memory:
// never a crash; what is refused has a reason and leaves every row as it was; what is done answers
// a message of its type.
//
// An input is a row of calls, each: the method, the caller (a byte each), how many bytes the
// request has (two bytes, the low one first), the request.
#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>

#include <array>
#include <memory>
#include <optional>

#include "grpc/handlers.h"
#include "grpc/request_bytes.h"
#include "grpc/update_mask.h"
#include "tests/fuzz/fuzz_expect.h"
#include "tests/support/registry_world.h"

namespace {

using namespace radyab;
using fuzz::Expect;

// New ones at the end: kept inputs name a method by its place.
constexpr std::array kMethods = {
    "CatalogService.CreateItem",
    "CatalogService.UpdateItem",
    "CatalogService.CreateService",
    "CatalogService.UpdateService",
    "CatalogService.AddAlias",
    "CatalogService.EndAlias",
    "CatalogService.ReserveCodes",
    "CatalogService.ChangeLifeState",
    "ClassService.CreateClass",
    "ClassService.UpdateClass",
    "MemberService.CreateMember",
    "MemberService.UpdateMember",
    "PartyService.CreateParty",
    "PartyService.UpdateParty",
    "TraceService.CaptureEvent",
    "TraceService.MintSscc",
    "CaseService.CreateCase",
    "CaseService.AdvanceCase",
    "CaseService.DraftResponse",
    "NoticeService.CreateShippingNotice",
    "NoticeService.UpdateShippingNotice",
    "NoticeService.CloseShippingNotice",
    "NoticeService.CancelShippingNotice",
    "AuthenticityService.RegisterAuthenticityNumbers",
    "AuthenticityService.AskAuthenticity",
};
constexpr std::size_t kCallsMax = 8;
constexpr std::int64_t kNowUs = 1'795'000'000'000'000;

// Two members with a few things; made anew when an input changed it.
struct World {
  tests::RegistryWorld registry{[] { return kNowUs; }};
  MemberId maker = registry.MakeMember("Maker", "626012");
  MemberId shop = registry.MakeMember("Shop");
  coding::Code item =
      registry.MakeItem(maker, "Milk", {tests::AliasOf(v1::ALIAS_SCHEME_GTIN, "4006381333931")});
  coding::Code telephone = registry.MakeItem(maker, "Telephone");
  coding::Code service = registry.MakeService(maker, "Repair");
  std::array<access::Caller, 4> callers = {tests::Admin(), tests::CallerFor(maker),
                                           tests::CallerFor(shop),
                                           access::Caller{7, v1::ROLE_REGISTRAR, std::nullopt}};
};

const rpc::Method& MethodAt(std::uint8_t byte) {
  static const rpc::MethodTable& table = *new rpc::MethodTable(rpc::AllMethods());
  const std::string name = std::string("radyab.v1.") + kMethods[byte % kMethods.size()];
  const auto* found = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(name);
  Expect(found != nullptr, "the method is there");
  return table.Of(*found);
}

void ExpectReason(const absl::Status& status) {
  Expect(ReasonOf(status).has_value(), "a refusal has a reason");
  Expect(status.code() != absl::StatusCode::kDataLoss, "no request breaks a row");
}

absl::StatusOr<access::ChangeAnswer> Run(World& world, const rpc::Method& method,
                                         const access::Caller& caller,
                                         const google::protobuf::Message& request) {
  std::set<std::string> fields;
  if (!method.changeable.empty()) {
    auto paths = rpc::FieldsToChange(rpc::MaskOf(request), method.changeable);
    if (!paths.ok()) return paths.status();
    fields = *std::move(paths);
  }
  const std::string fresh(method.fresh_bytes, 'f');
  return world.registry.Write([&](storage::WriteTransaction& transaction) {
    return method.write({transaction, world.registry.environment(), caller, fresh, fields},
                        request);
  });
}

// True when the call changed something.
bool Try(World& world, const rpc::Method& method, const access::Caller& caller,
         std::string_view bytes) {
  const auto request = rpc::ReadMessage(rpc::ToByteBuffer(bytes), *method.request);
  if (!request.ok()) {
    ExpectReason(request.status());
    return false;
  }
  const auto before = world.registry.Dump();
  const auto answer = Run(world, method, caller, **request);
  if (!answer.ok()) {
    ExpectReason(answer.status());
    Expect(world.registry.Dump() == before, "a refused request changes no row");
    return false;
  }
  const auto* type = method.descriptor->output_type();
  const std::unique_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  Expect(message->ParseFromString(answer->answer), "an answer is a message of its type");
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const google::protobuf::LogSilencer no_words_about_bad_utf8;
  static std::unique_ptr<World> world;
  if (world == nullptr) world = std::make_unique<World>();
  bool changed = false;
  std::string_view rest = fuzz::Text(data, size);
  for (std::size_t call = 0; call < kCallsMax && rest.size() >= 4; ++call) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(rest[at]); };
    const rpc::Method& method = MethodAt(byte(0));
    const access::Caller& caller = world->callers[byte(1) % world->callers.size()];
    const std::size_t length = byte(2) + 256u * byte(3);
    rest.remove_prefix(4);
    const std::string_view bytes = rest.substr(0, length);
    rest.remove_prefix(bytes.size());
    if (Try(*world, method, caller, bytes)) changed = true;
  }
  if (changed) world.reset();
  return 0;
}
