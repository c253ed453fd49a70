'use strict';
// One method of the API as a function of its request.

const { randomUUID } = require('node:crypto');
const { send } = require('./repeats');
const { streamRows } = require('./row_stream');

const fieldNames = (type) => type.type.field.map((field) => field.name);

// A change without a request_id gets one, kept for all attempts, so that it is done once however often it is sent.
function withRequestId(described, request) {
  if (!fieldNames(described.requestType).includes('request_id') || request.request_id) return request;
  return { ...request, request_id: randomUUID() };
}

// method(request): a promise of the answer.
function unaryMethod(client, described) {
  const once = (request, deadline) => new Promise((resolve, reject) => {
    client.channel.makeUnaryRequest(
      described.path, described.requestSerialize, described.responseDeserialize, request, client.metadata, { deadline },
      (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  return async (given = {}) => {
    client.check.check(described.requestType, given);
    const request = withRequestId(described, given);
    try {
      return await send(client, (deadline) => once(request, deadline));
    } catch (failure) {
      failure.requestId = request.request_id ?? '';
      throw failure;
    }
  };
}

// method(request): an async iterator over the rows of a list, fetched page by page as they are wanted;
// method.pages(request): over the pages as they come.
function listMethod(client, described) {
  const fetch = unaryMethod(client, described);
  const rowsField = described.responseType.type.field.find((field) => field.type === 'TYPE_MESSAGE').name;
  async function* pages(request = {}) {
    for (let token = request.page_token ?? ''; ;) {
      const page = await fetch({ ...request, page_token: token });
      yield page;
      token = page.next_page_token;
      if (!token) return;
    }
  }
  async function* rows(request) {
    for await (const page of pages(request)) yield* page[rowsField];
  }
  return Object.assign(rows, { pages });
}

// method(rows): rows of an iterable, async or not, go up; an async iterator over one answer a row, in order.
function streamMethod(client, described) {
  return (rows, options) => streamRows(client, described, async function* checked() {
    for await (const row of rows) {
      client.check.check(described.requestType, row);
      yield withRequestId(described, row);
    }
  }(), options);
}

function methodOf(client, described) {
  if (described.requestStream) return streamMethod(client, described);
  if (fieldNames(described.requestType).includes('page_token')) return listMethod(client, described);
  return unaryMethod(client, described);
}

module.exports = { methodOf };
