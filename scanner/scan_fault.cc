#include "scanner/scan_fault.h"

namespace radyab::scanner {

std::string_view FaultKindName(FaultKind kind) {
  switch (kind) {
    case FaultKind::kFileUnreadable:
      return "FILE_UNREADABLE";
    case FaultKind::kEmptyFile:
      return "EMPTY_FILE";
    case FaultKind::kNotAPicture:
      return "NOT_A_PICTURE";
    case FaultKind::kDamagedPicture:
      return "DAMAGED_PICTURE";
    case FaultKind::kUnreadForm:
      return "UNREAD_FORM";
    case FaultKind::kTooLarge:
      return "TOO_LARGE";
    case FaultKind::kOutOfMemory:
      return "OUT_OF_MEMORY";
    case FaultKind::kWorkerMissing:
      return "WORKER_MISSING";
    case FaultKind::kWorkerDied:
      return "WORKER_DIED";
    case FaultKind::kWorkerTimedOut:
      return "WORKER_TIMED_OUT";
    case FaultKind::kBadLabelContent:
      return "BAD_LABEL_CONTENT";
    case FaultKind::kLabelUnreadable:
      return "LABEL_UNREADABLE";
    case FaultKind::kBadPrinterAddress:
      return "BAD_PRINTER_ADDRESS";
    case FaultKind::kPrinterUnreachable:
      return "PRINTER_UNREACHABLE";
    case FaultKind::kPrinterRefused:
      return "PRINTER_REFUSED";
    case FaultKind::kPrinterLost:
      return "PRINTER_LOST";
    case FaultKind::kPrinterStalled:
      return "PRINTER_STALLED";
    case FaultKind::kKeysLost:
      return "KEYS_LOST";
    case FaultKind::kDeviceLost:
      return "DEVICE_LOST";
  }
  return "UNKNOWN";
}

}  // namespace radyab::scanner
