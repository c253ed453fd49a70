#include "grpc/status_conversion.h"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include "grpc/message_fault.h"
#include "grpc/update_mask.h"
#include "radyab/v1/catalog_service.pb.h"
#include "radyab/v1/trace_service.pb.h"
#include "tests/grpc/live_server.h"

namespace radyab::rpc {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const google::protobuf::Descriptor* Request() { return v1::CreateItemRequest::descriptor(); }

TEST(StatusConversion, CarriesReasonMetadataAndPlace) {
  coding::Refusal refusal{coding::RefusalReason::kWrongCheckDigit, 13, 1, "gtin \"…*4*\": wrong"};
  const Answer answer = AnswerOf(ToGrpcStatus(RefuseText("aliases[1].value", refusal), Request()));
  EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD");
  EXPECT_EQ(answer.domain, "radyab");
  EXPECT_EQ(answer.metadata.at("refusal"), "WRONG_CHECK_DIGIT");
  EXPECT_EQ(answer.metadata.at("at"), "13");
  EXPECT_EQ(answer.metadata.at("length"), "1");
  EXPECT_EQ(answer.first_field(), "aliases[1].value");
  EXPECT_FALSE(answer.may_be_tried_again);
}

TEST(StatusConversion, TellsNothingOfAStatusWithoutAReason) {
  const Answer answer =
      AnswerOf(ToGrpcStatus(absl::NotFoundError("row 42 of Sara Ahmadi"), Request()));
  EXPECT_EQ(answer.Outcome(), "INTERNAL");
  EXPECT_THAT(answer.status.error_message(), Not(HasSubstr("Sara")));
}

TEST(StatusConversion, SaysWhenTryingAgainHelps) {
  const auto full =
      Refuse(absl::StatusCode::kResourceExhausted, Reason::kWriteQueueFull, "too many wait");
  EXPECT_TRUE(AnswerOf(ToGrpcStatus(full, nullptr)).may_be_tried_again);
  const auto busy =
      Refuse(absl::StatusCode::kResourceExhausted, Reason::kTooManyCalls, "so many run already");
  EXPECT_TRUE(AnswerOf(ToGrpcStatus(busy, nullptr)).may_be_tried_again);
  EXPECT_FALSE(AnswerOf(ToGrpcStatus(NotFound("items/1"), nullptr)).may_be_tried_again);
}

TEST(StatusConversion, SaysHowLongToWaitBeforeTryingAgain) {
  const auto after = [](const std::string& ms) {
    const auto status = Refuse(absl::StatusCode::kResourceExhausted, Reason::kWriteQueueFull,
                               "too many wait", {{kRetryAfterMsName, ms}});
    return AnswerOf(ToGrpcStatus(status, nullptr)).retry_after.count();
  };
  EXPECT_EQ(after("1250"), 1'250);
  EXPECT_EQ(after("86400000"), kRetryDelayMsMax);
  const auto unknown = Refuse(absl::StatusCode::kUnavailable, Reason::kStoreClosed, "closing");
  EXPECT_EQ(AnswerOf(ToGrpcStatus(unknown, nullptr)).retry_after.count(), kRetryDelayMs);
}

TEST(StatusConversion, CompletesFieldPathsToPathsOfTheRequest) {
  EXPECT_EQ(PlaceInRequest("display_name.fa", Request()), "item.display_name.fa");
  EXPECT_EQ(PlaceInRequest("attributes[2].unit", Request()), "item.attributes[2].unit");
  EXPECT_EQ(PlaceInRequest("aliases[0].value", Request()), "aliases[0].value");
  EXPECT_EQ(PlaceInRequest("item.unit", Request()), "item.unit");
  EXPECT_EQ(PlaceInRequest("request_id", Request()), "request_id");
  EXPECT_EQ(PlaceInRequest("objects[3].lot", v1::CaptureEventRequest::descriptor()),
            "event.objects[3].lot");
  EXPECT_EQ(PlaceInRequest("of nobody", Request()), "of nobody");
  EXPECT_EQ(PlaceInRequest("unit", nullptr), "unit");
}

// A message as its header holds it.
std::size_t EncodedBytes(const std::string& message) {
  std::size_t bytes = 0;
  for (const char letter : message) {
    bytes += letter >= ' ' && letter <= '~' && letter != '%' ? 1 : 3;
  }
  return bytes;
}

// Message and details as the headers hold them.
std::size_t HeaderBytes(const grpc::Status& status) {
  return (status.error_details().size() + 2) / 3 * 4 + EncodedBytes(status.error_message());
}

TEST(StatusConversion, LeavesRoomForLettersThatGrowInHeaders) {
  std::string persian;
  for (int i = 0; i < 700; ++i) persian += "ش";
  std::vector<FieldFault> faults(30, {"item.display_name.fa", persian});
  std::map<std::string, std::string> metadata;
  for (int i = 0; i < 30; ++i) metadata["key" + std::to_string(i)] = persian;
  for (const auto& status :
       {RefuseFields(faults, Reason::kInvalidField, metadata),
        Refuse(absl::StatusCode::kNotFound, Reason::kNotFound, persian, metadata)}) {
    const grpc::Status wire = ToGrpcStatus(status, Request());
    EXPECT_LE(HeaderBytes(wire), kEncodedBytesMax);
    EXPECT_LE(EncodedBytes(wire.error_message()), kMessageEncodedBytesMax);
    EXPECT_GE(HeaderBytes(wire), kEncodedBytesMax / 2) << "what fits is told";
    EXPECT_THAT(wire.error_message(), HasSubstr("شش"));
  }
}

TEST(StatusConversion, KeepsItsDetailsSmallAndReadable) {
  std::vector<FieldFault> faults;
  for (int i = 0; i < 500; ++i) {
    std::string description = "\xff\xfe و";
    description.resize(200'000, 'y');
    faults.push_back({"aliases[" + std::to_string(i) + "].value", description});
  }
  const grpc::Status status = ToGrpcStatus(RefuseFields(faults), Request());
  EXPECT_LE(HeaderBytes(status), kEncodedBytesMax);
  const Answer answer = AnswerOf(status);
  EXPECT_EQ(answer.reason, "INVALID_FIELD");
  EXPECT_GE(answer.fields.size(), 1u);
  EXPECT_LE(answer.fields.size(), kFieldViolationsMax);

  std::string long_message = "\xff";
  long_message.resize(1'000'000, 'm');
  std::map<std::string, std::string> metadata;
  for (int i = 0; i < 300; ++i) metadata["key" + std::to_string(i)] = std::string(5'000, 'z');
  const auto wide = Refuse(absl::StatusCode::kNotFound, Reason::kNotFound, long_message, metadata);
  const grpc::Status small = ToGrpcStatus(wide, nullptr);
  EXPECT_LE(HeaderBytes(small), kEncodedBytesMax);
  EXPECT_EQ(AnswerOf(small).reason, "NOT_FOUND");
}

TEST(StatusConversion, GivesEveryFaultOfARow) {
  const auto faults = ToRowFaults(
      RefuseFields({{"display_name", "missing"}, {"aliases[0].value", "letter at place 3"}}),
      v1::ImportItemRow::descriptor());
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_EQ(faults[0].field(), "item.display_name");
  EXPECT_EQ(faults[1].field(), "aliases[0].value");
  EXPECT_EQ(faults[1].reason(), "INVALID_FIELD");
  const auto whole = ToRowFaults(NotFound("classes/99"), v1::ImportItemRow::descriptor());
  ASSERT_EQ(whole.size(), 1u);
  EXPECT_EQ(whole[0].reason(), "NOT_FOUND");
  EXPECT_EQ(ToRowFaults(absl::InternalError("secret words"), nullptr)[0].reason(), "INTERNAL");
}

TEST(StatusConversion, KnowsWhatIsTheStoresFault) {
  EXPECT_TRUE(IsStoreFault(Refuse(absl::StatusCode::kResourceExhausted, Reason::kStoreFull, "")));
  EXPECT_TRUE(IsStoreFault(Refuse(absl::StatusCode::kInternal, Reason::kStoreFailed, "")));
  EXPECT_FALSE(IsStoreFault(NotFound("items/1")));
  EXPECT_TRUE(IsStoreFault(Refuse(absl::StatusCode::kDataLoss, Reason::kCorruptRecord, "")));
  EXPECT_TRUE(IsStoreFault(absl::InternalError("")));
  EXPECT_FALSE(
      IsStoreFault(Refuse(absl::StatusCode::kResourceExhausted, Reason::kNumbersExhausted, "")));
}

class MessageFault : public ::testing::Test {
  google::protobuf::LogSilencer silence_;  // protobuf logs each text that is not UTF-8
};

TEST_F(MessageFault, FindsTheFirstBadTextAndItsPlace) {
  v1::CreateItemRequest request;
  request.add_aliases()->set_value("fine");
  request.add_aliases()->set_value("fine too");
  std::string bytes = request.SerializeAsString();
  const std::string bad = "\xd9\x85\xff!";  // م and then no UTF-8
  // aliases[2] { value: bad }
  bytes += std::string("\x12\x06\x12\x04", 4) + bad;
  EXPECT_FALSE(v1::CreateItemRequest().ParseFromString(bytes)) << "protobuf refuses such bytes";
  const Answer answer = AnswerOf(ToGrpcStatus(RefuseBytes(*Request(), bytes), Request()));
  EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT/INVALID_FIELD");
  EXPECT_EQ(answer.first_field(), "aliases[2].value");
  EXPECT_EQ(answer.metadata.at("refusal"), "INVALID_UTF8");
  EXPECT_EQ(answer.metadata.at("at"), "2");
}

TEST_F(MessageFault, SurvivesEveryCutAndEveryChangedByte) {
  v1::CreateItemRequest request;
  request.mutable_item()->mutable_display_name()->set_fa("شیر");
  request.add_aliases()->set_value("4006381333931");
  request.set_request_id("r1");
  const std::string whole = request.SerializeAsString();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = whole;
      changed[at] = static_cast<char>(byte);
      for (const std::string& bytes : {changed, changed.substr(0, at + 1)}) {
        if (v1::CreateItemRequest().ParseFromString(bytes)) continue;
        EXPECT_EQ(RefuseBytes(*Request(), bytes).code(), absl::StatusCode::kInvalidArgument);
      }
    }
  }
}

TEST(UpdateMask, NamesEveryPathThatCannotBeChanged) {
  google::protobuf::FieldMask mask;
  mask.add_paths("display_name.fa");
  mask.add_paths("code");
  mask.add_paths("*");
  const auto fields = FieldsToChange(mask, {"display_name", "display_name.fa"});
  const Answer answer =
      AnswerOf(ToGrpcStatus(fields.status(), v1::UpdateItemRequest::descriptor()));
  EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT/UNKNOWN_FIELD");
  ASSERT_EQ(answer.fields.size(), 2u);
  EXPECT_EQ(answer.fields[0].first, "update_mask.paths[1]");
  EXPECT_THAT(answer.fields[0].second, HasSubstr("\"code\""));
  EXPECT_EQ(answer.fields[1].first, "update_mask.paths[2]");
}

TEST(UpdateMask, RefusesMorePathsThanItTakes) {
  google::protobuf::FieldMask mask;
  for (int i = 0; i < kMaskPathsMax; ++i) mask.add_paths("unit");
  EXPECT_TRUE(FieldsToChange(mask, {"unit"}).ok());
  mask.add_paths("unit");
  EXPECT_EQ(ReasonOf(FieldsToChange(mask, {"unit"}).status())->reason, Reason::kLimitExceeded);
}

TEST(UpdateMask, RefusesAnEmptyMaskAndTakesARightOne) {
  google::protobuf::FieldMask mask;
  const Answer answer = AnswerOf(ToGrpcStatus(FieldsToChange(mask, {"unit"}).status(), nullptr));
  EXPECT_EQ(answer.Outcome(), "INVALID_ARGUMENT/MISSING_FIELD");
  EXPECT_EQ(answer.first_field(), "update_mask");
  mask.add_paths("unit");
  EXPECT_THAT(*FieldsToChange(mask, {"unit"}), ::testing::ElementsAre("unit"));
}

}  // namespace
}  // namespace radyab::rpc
