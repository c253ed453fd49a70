'use strict';
// Why there is no answer.

const grpc = require('@grpc/grpc-js');

const DETAILS = 'grpc-status-details-bin';

// A call that failed. Programs look at `reason` (docs/errors.md), never at the message.
class ClientError extends Error {
  constructor(code, message) {
    super(message);
    this.name = 'ClientError';
    this.code = code; // grpc.status
    this.reason = ''; // "STALE_ETAG" …; empty when gRPC itself ended the call
    this.fields = []; // {field, description} of every field at fault
    this.metadata = {}; // facts for programs
    this.retryAfterMs = null; // wait at least so long
    this.attempts = 1; // how often the call was sent
    this.requestId = ''; // of a change: with it the same call may be sent again, and is done once
  }
}

// Reads the details of a refused call.
class FailureReader {
  constructor(protos) {
    this.read = (name, bytes) => protos[`radyab.error.v1.${name}`].deserialize(bytes);
  }

  failureOf(error) {
    const failure = new ClientError(error.code, error.details ?? error.message);
    for (const bytes of error.metadata?.get(DETAILS) ?? []) {
      for (const detail of this.read('Status', bytes).details) this.addDetail(failure, detail);
    }
    return failure;
  }

  addDetail(failure, detail) {
    switch (detail.type_url.split('/').pop()) {
      case 'google.rpc.ErrorInfo': {
        const info = this.read('ErrorInfo', detail.value);
        failure.reason = info.reason;
        failure.metadata = { ...info.metadata };
        break;
      }
      case 'google.rpc.BadRequest':
        failure.fields = this.read('BadRequest', detail.value).field_violations;
        break;
      case 'google.rpc.RetryInfo': {
        const delay = this.read('RetryInfo', detail.value).retry_delay;
        failure.retryAfterMs = Number(delay.seconds) * 1000 + delay.nanos / 1e6;
        break;
      }
      default:
    }
  }
}

// Whether the same call may succeed when it is sent again. CANCELLED without a reason comes from a server that ends its
// connections.
function mayRepeat(failure) {
  return failure.code === grpc.status.UNAVAILABLE
    || (failure.code === grpc.status.CANCELLED && !failure.reason)
    || (failure.code === grpc.status.RESOURCE_EXHAUSTED && failure.retryAfterMs !== null);
}

module.exports = { ClientError, FailureReader, mayRepeat };
