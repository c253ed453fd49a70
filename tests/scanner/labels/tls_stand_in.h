// TLS before a printer that tests play.
#pragma once

#include <functional>

#include "tests/support/certificates.h"

namespace radyab::scanner {

// What serves a connection by TLS, with this certificate, and hands what is inside to `serve` and
// back, which gets a connection as without TLS. Nothing is handed on when the other side does not
// want the certificate: `serve` is then not called.
std::function<void(int)> BehindTls(const tests::Issued& own, std::function<void(int)> serve);

}  // namespace radyab::scanner
