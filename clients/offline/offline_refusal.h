// Why a text leads nowhere, in the words of the server. Inside the folder.
#pragma once

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "coding/code.h"
#include "coding/refusal.h"
#include "radyab/v1/resolution.pb.h"

namespace radyab::offline {

v1::ResolveRefusal RefuseText(const coding::Refusal& refusal);
v1::ResolveRefusal RefuseField(const std::string& description,
                               std::string_view reason = "INVALID_FIELD");
// The pack does not know it; the server may.
v1::ResolveRefusal NotInPack(const std::string& text);

// Of digits that no scheme knows: most such texts were mistyped. `is_there` tells which codes that
// may have been meant name something.
v1::ResolveRefusal RefuseUnknownDigits(std::string_view digits, const std::string& text,
                                       absl::FunctionRef<bool(coding::Code)> is_there);

}  // namespace radyab::offline
