import { setTimeout as pause } from 'node:timers/promises';
import { keptAlive, send } from './client.mjs';

const FINAL = ['SUCCESS', 'ERROR', 'CANCELLED'];
const POLL_EVERY_MS = 100;

/** What the attack has led to is not what it should have. */
export class Unexpected extends Error {}

/** What a case attacks the service with: requests, and waiting for what they lead to, within the time of the case. */
export class Arena {
  constructor(host, seconds) {
    this.host = host;
    this.until = performance.now() + seconds * 1000;
    this.agent = keptAlive(64);
    this.mark = () => undefined;
  }

  get port() {
    return this.host.port;
  }

  get leftMs() {
    return Math.max(1, this.until - performance.now());
  }

  /** One request; every status is an answer. @throws {Unexpected} when there is none in the time of the case */
  async send(method, path, body, more = {}) {
    try {
      const timeoutMs = Math.min(more.timeoutMs ?? Infinity, this.leftMs);
      return await send(this.port, method, `/v2${path}`, { agent: this.agent, body, ...more, timeoutMs });
    } catch (error) {
      throw new Unexpected(`${method} ${path.slice(0, 60)}: ${error.message}`);
    }
  }

  /** @throws {Unexpected} unless it is done */
  async done(method, path, body, more) {
    const answer = await this.send(method, path, body, more);
    if (answer.status >= 300) throw new Unexpected(`${method} ${path.slice(0, 60)}: ${refusalOf(answer)}`);
    return answer.json;
  }

  define(yaml) {
    return this.done('POST', '/workflows', yaml);
  }

  /** @returns the id of the execution */
  async start(workflow_name, input = {}, params = {}) {
    return (await this.done('POST', '/executions', { workflow_name, input, params })).id;
  }

  /** The execution once it has ended. @throws {Unexpected} when the time of the case is over before */
  async ended(id, states = FINAL) {
    for (;;) {
      const { json } = await this.send('GET', `/executions/${id}?fields=state,state_info`);
      if (states.includes(json?.state)) return json;
      if (this.leftMs <= 1) throw new Unexpected(`${json?.state} after the time of the case`);
      await pause(POLL_EVERY_MS);
    }
  }

  /** Defines, starts and waits. @returns how it ended, e.g. `SUCCESS`, or how the definition was refused */
  async run(yaml, name, input, params) {
    const answer = await this.send('POST', '/workflows', yaml);
    if (answer.status !== 201) return refusalOf(answer);
    const { state, state_info } = await this.ended(await this.start(name, input, params));
    return shown(state, state_info);
  }

  /** As `run`. @throws {Unexpected} unless it ends in this state */
  async runsTo(expected, yaml, name, input, params) {
    const end = await this.run(yaml, name, input, params);
    if (!end.startsWith(expected)) throw new Unexpected(`expected ${expected}, got ${end}`);
    return end;
  }

  /** Until something is so, within the time of the case. */
  async whenever(condition, everyMs = POLL_EVERY_MS) {
    for (;;) {
      const value = await condition();
      if (value) return value;
      if (this.leftMs <= 1) throw new Unexpected('not so within the time of the case');
      await pause(everyMs);
    }
  }

  /** Lets the attack go on for a while. */
  pause(seconds) {
    return pause(Math.min(seconds * 1000, this.leftMs));
  }

  close() {
    this.agent.destroy();
  }
}

/** An answer in short, e.g. `413 The body is larger than …`. */
export function refusalOf({ status, json, text }) {
  return `${status} ${(json?.faultstring ?? text).slice(0, 160)}`;
}

/** Work for a list of things by several clients at a time. */
export async function together(clients, things, work) {
  const rest = [...things].values();
  const one = async () => {
    for (const thing of rest) await work(thing);
  };
  await Promise.all(Array.from({ length: clients }, one));
}

function shown(state, info) {
  return info ? `${state} ${info.replaceAll(/\s+/g, ' ').slice(0, 160)}` : state;
}
