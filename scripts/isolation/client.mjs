import { Agent, request } from 'node:http';
import { connect } from 'node:net';

/**
 * One request to this machine; every status is an answer.
 * @returns `{ status, headers, text, json, ms }`; `json` is undefined when the text is none
 * @throws when the connection fails or the time is up
 */
export function send(port, method, path, { body, type, headers, agent, timeoutMs = 60_000, lookup } = {}) {
  const bytes = toBytes(body);
  const own = bytes === undefined ? {} : { 'content-type': typeOf(body, type), 'content-length': bytes.length };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, agent, lookup, headers: { ...own, ...headers } };
    const call = request(options, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('error', reject);
      answer.on('end', () => {
        clearTimeout(timer);
        const text = Buffer.concat(parts).toString();
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          text,
          json: parsed(text),
          ms: performance.now() - startedAt,
        });
      });
    });
    const timer = setTimeout(() => call.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    call.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    call.end(bytes);
  });
}

/** Connections that are kept, so that what is measured is the answer. */
export function keptAlive(maxSockets = 16) {
  return new Agent({ keepAlive: true, maxSockets });
}

/** A bare connection that has sent this much, and whether the other side has closed it. */
export function bareConnection(port, text) {
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  const state = { socket, isClosed: false, received: '' };
  socket.on('data', (part) => (state.received += part.toString('latin1').slice(0, 1000)));
  socket.on('error', () => undefined).on('close', () => (state.isClosed = true));
  return state;
}

function toBytes(body) {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function typeOf(body, type) {
  return type ?? (typeof body === 'string' ? 'text/plain' : 'application/json');
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
