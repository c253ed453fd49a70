#include "registry/access/sealer.h"

#include <openssl/evp.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>

#include "registry/reason.h"

namespace radyab::access {
namespace {

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

struct FreeAlgorithm {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

// Looked up once: that costs more than sealing a small part.
const EVP_CIPHER* Aes256Gcm() {
  static const std::unique_ptr<EVP_CIPHER, FreeAlgorithm> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  return cipher.get();  // null fails where it is used
}

const std::uint8_t* Bytes(std::string_view text) {
  return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* Bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }

// A cipher that half works must never look like one that works.
void Require(bool condition) {
  if (!condition) std::abort();
}

absl::Status Unsealable(std::string_view context) {
  return Refuse(absl::StatusCode::kDataLoss, Reason::kCorruptRecord,
                "sealed part of " + std::string(context) +
                    ": changed, or sealed with another key or for another place");
}

}  // namespace

records::Sealed Sealer::Seal(std::string_view plain, std::string_view nonce,
                             std::string_view context) const {
  Require(nonce.size() == kNonceBytes);
  CipherContext cipher(EVP_CIPHER_CTX_new());
  std::string sealed(plain.size() + kTagBytes, '\0');
  int written = 0;
  Require(cipher != nullptr);
  Require(EVP_EncryptInit_ex(cipher.get(), Aes256Gcm(), nullptr, key_.data(), Bytes(nonce)) == 1);
  Require(EVP_EncryptUpdate(cipher.get(), nullptr, &written, Bytes(context),
                            static_cast<int>(context.size())) == 1);
  Require(EVP_EncryptUpdate(cipher.get(), Bytes(sealed), &written, Bytes(plain),
                            static_cast<int>(plain.size())) == 1);
  int rest = 0;
  Require(EVP_EncryptFinal_ex(cipher.get(), Bytes(sealed) + written, &rest) == 1);
  Require(static_cast<std::size_t>(written) + static_cast<std::size_t>(rest) == plain.size());
  Require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagBytes),
                              Bytes(sealed) + plain.size()) == 1);
  records::Sealed answer;
  answer.set_nonce(std::string(nonce));
  answer.set_ciphertext(std::move(sealed));
  return answer;
}

absl::StatusOr<std::string> Sealer::Open(const records::Sealed& sealed,
                                         std::string_view context) const {
  if (sealed.nonce().size() != kNonceBytes || sealed.ciphertext().size() < kTagBytes)
    return Unsealable(context);
  const std::string_view body =
      std::string_view(sealed.ciphertext()).substr(0, sealed.ciphertext().size() - kTagBytes);
  std::string tag = sealed.ciphertext().substr(body.size());
  CipherContext cipher(EVP_CIPHER_CTX_new());
  std::string plain(body.size() + kTagBytes, '\0');
  int written = 0;
  Require(cipher != nullptr);
  Require(EVP_DecryptInit_ex(cipher.get(), Aes256Gcm(), nullptr, key_.data(),
                             Bytes(sealed.nonce())) == 1);
  Require(EVP_DecryptUpdate(cipher.get(), nullptr, &written, Bytes(context),
                            static_cast<int>(context.size())) == 1);
  Require(EVP_DecryptUpdate(cipher.get(), Bytes(plain), &written, Bytes(body),
                            static_cast<int>(body.size())) == 1);
  Require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagBytes),
                              Bytes(tag)) == 1);
  int rest = 0;
  if (EVP_DecryptFinal_ex(cipher.get(), Bytes(plain) + written, &rest) != 1)
    return Unsealable(context);
  plain.resize(body.size());
  return plain;
}

std::string RandomBytes(std::size_t byte_count) {
  std::string bytes(byte_count, '\0');
  for (std::size_t done = 0; done < byte_count;) {
    const ssize_t got = getrandom(bytes.data() + done, byte_count - done, 0);
    if (got < 0 && errno == EINTR) continue;
    Require(got > 0);
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace radyab::access
