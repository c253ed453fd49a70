'use strict';
// The Node client of Radyab: `client.catalog.getItem({name})`, a service an attribute, a method a function.

const fs = require('node:fs');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');
const { ClientError, FailureReader } = require('./failure');
const { methodOf } = require('./method');
const { repeatPolicy } = require('./repeats');
const { RequestCheck } = require('./request_check');

const PACKAGE = 'radyab.v1.';
const PROTO_ROOT = path.resolve(__dirname, '../../grpc/proto');
const CHANNEL_OPTIONS = {
  'grpc.max_receive_message_length': 16 << 20,
  // A server that comes back is found at once, and one that fell silent is noticed.
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1000,
  'grpc.keepalive_time_ms': 20000,
  'grpc.keepalive_timeout_ms': 10000,
};

function loadProtos(protoRoot) {
  const names = fs.readdirSync(path.join(protoRoot, 'radyab/v1')).map((name) => `radyab/v1/${name}`);
  // Fields keep the names of the API, 64-bit numbers and enums are texts, absent fields have their defaults.
  return protoLoader.loadSync([...names, 'radyab/error/v1/error_details.proto'], {
    includeDirs: [protoRoot], keepCase: true, longs: String, enums: String, defaults: true,
  });
}

function credentialsOf(tls) {
  if (!tls) return grpc.credentials.createInsecure();
  return grpc.credentials.createSsl(tls.rootCertificates ?? null, tls.privateKey ?? null, tls.certificate ?? null);
}

const lowerFirst = (name) => name[0].toLowerCase() + name.slice(1);

class Client {
  // address: HOST:PORT; key: the API key; tls: {rootCertificates, certificate, privateKey, serverName}, PEM in buffers;
  // policy: see repeats.js; protoRoot: the folder of the protos.
  constructor({ address = '127.0.0.1:7400', key = '', tls = null, policy = {}, protoRoot = PROTO_ROOT } = {}) {
    const protos = loadProtos(protoRoot);
    const options = { ...CHANNEL_OPTIONS };
    if (tls?.serverName) options['grpc.ssl_target_name_override'] = tls.serverName;
    this.policy = repeatPolicy(policy);
    this.channel = new grpc.Client(address, credentialsOf(tls), options);
    this.metadata = new grpc.Metadata();
    if (key) this.metadata.set('authorization', `Bearer ${key}`);
    this.failures = new FailureReader(protos);
    this.check = new RequestCheck(protos);
    for (const [name, service] of Object.entries(protos)) {
      if (name.startsWith(PACKAGE) && name.endsWith('Service') && service.format === undefined) this.addService(name, service);
    }
  }

  addService(name, service) {
    const methods = Object.entries(service).map(([method, described]) => [lowerFirst(method), methodOf(this, described)]);
    this[lowerFirst(name.slice(PACKAGE.length, -'Service'.length))] = Object.fromEntries(methods);
  }

  close() {
    this.channel.close();
  }
}

module.exports = { Client, ClientError };
