// Why a picture could not be read or a label could not be made: errors are values here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace radyab::scanner {

enum class FaultKind : std::uint8_t {
  kFileUnreadable,      // missing, a folder, no permission, an I/O error
  kEmptyFile,           // zero bytes
  kNotAPicture,         // no picture format that we know
  kDamagedPicture,      // truncated, or the format's own library refuses it
  kUnreadForm,          // a picture of a known format, in a form of it that we do not read
  kTooLarge,            // over a limit of file bytes, picture pixels or paths
  kOutOfMemory,         // the worker's memory limit was reached
  kWorkerMissing,       // radyab-decode cannot be started
  kWorkerDied,          // radyab-decode ended while it worked on this picture
  kWorkerTimedOut,      // radyab-decode took longer than allowed and was ended
  kBadLabelContent,     // a label was asked for that the standards do not allow
  kLabelUnreadable,     // the label was drawn, but our own reader does not get its payload back
  kBadPrinterAddress,   // no address of a printer
  kPrinterUnreachable,  // nothing was sent to it
  kPrinterRefused,      // it says that it does not print this
  kPrinterLost,         // the connection ended before all was sent, or before an answer
  kPrinterStalled,      // it takes nothing more
  kKeysLost,            // the kernel dropped keys of a scan that was typed
  kDeviceLost,          // a camera ended while it gave frames
};

inline constexpr FaultKind kLastFaultKind = FaultKind::kLabelUnreadable;

// Stable upper-case name, for example "NOT_A_PICTURE".
std::string_view FaultKindName(FaultKind kind);

// One fault. `message` is a whole sentence part for people: it names the value and what was wanted.
struct ScanFault {
  FaultKind kind = FaultKind::kFileUnreadable;
  std::string message;
};

// A value, or the fault that prevented it.
template <class T>
class Outcome {
 public:
  Outcome(T value) : held_(std::move(value)) {}          // NOLINT: a value is an outcome
  Outcome(ScanFault fault) : held_(std::move(fault)) {}  // NOLINT: a fault is an outcome
  bool ok() const { return std::holds_alternative<T>(held_); }
  explicit operator bool() const { return ok(); }
  const T& value() const& { return std::get<T>(held_); }
  T&& value() && { return std::get<T>(std::move(held_)); }
  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }
  const ScanFault& fault() const { return std::get<ScanFault>(held_); }

 private:
  std::variant<T, ScanFault> held_;
};

}  // namespace radyab::scanner
