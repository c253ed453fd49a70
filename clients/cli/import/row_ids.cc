#include "clients/cli/import/row_ids.h"

#include <google/protobuf/descriptor.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace radyab::cli {
namespace {

constexpr std::size_t kHashBytesShown = 16;

std::string Hex(const unsigned char* bytes, std::size_t count) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 0x0F];
  }
  return text;
}

}  // namespace

std::string RowIds::IdOf(const google::protobuf::Message& row) {
  const std::string content = salt_ + '\0' + row.SerializeAsString();
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  // Looked up once: that costs as much as hashing a row.
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  if (EVP_Digest(content.data(), content.size(), hash.data(), nullptr, sha256, nullptr) != 1) {
    std::abort();  // without a hash two rows would have one id
  }
  std::uint64_t place = 0;
  std::memcpy(&place, hash.data(), sizeof place);
  return "import-" + Hex(hash.data(), kHashBytesShown) + "-" + std::to_string(++counts_[place]);
}

void FillRequestId(google::protobuf::Message& row, RowIds& ids) {
  const auto* field = row.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || !row.GetReflection()->GetString(row, field).empty()) return;
  const std::string id = ids.IdOf(row);
  row.GetReflection()->SetString(&row, field, id);
}

}  // namespace radyab::cli
