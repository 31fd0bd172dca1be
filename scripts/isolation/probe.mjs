import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { figuresOf } from './figures.mjs';

/** A small workflow of somebody else, which the probe starts again and again. */
export const BYSTANDER = `version: '2.0'
bystander:
  input: [url]
  tasks:
    first: {action: std.echo output=<% $.url %>, publish: {url: <% task().result %>}, on-success: second}
    second: {action: std.http, input: {url: <% $.url %>, method: GET}, on-success: third}
    third: {action: std.echo output="ok"}
`;

/** Starts the server that shows the noise of the machine. @returns its port, and how it is stopped */
export async function startControl() {
  const worker = new Worker(new URL('./control-thread.mjs', import.meta.url));
  const [port] = await once(worker, 'message');
  return { port, stop: () => worker.terminate() };
}

/** Measures from its start until `stop`; marks say what went on when the slowest answer was waited for. */
export class Probe {
  constructor(port, controlPort) {
    this.marks = [];
    this.worker = new Worker(new URL('./probe-thread.mjs', import.meta.url), { workerData: { port, controlPort } });
  }

  mark(label) {
    this.marks.push([Date.now(), label]);
  }

  /** @returns the figures of each kind, in ms, what failed, and the slowest answer by mark */
  async stop() {
    this.worker.postMessage('stop');
    const [{ kinds, failures }] = await once(this.worker, 'message');
    await this.worker.terminate();
    const figures = Object.fromEntries(
      Object.entries(kinds).map(([kind, samples]) => [kind, figuresOf(samples.map(([, ms]) => ms))]),
    );
    return { figures, failures, byMark: this.#slowestByMark(kinds.ping) };
  }

  #slowestByMark(samples) {
    const slowest = {};
    for (const [sentAt, ms] of samples) {
      const label = this.marks.findLast(([at]) => at <= sentAt + ms / 2)?.[1];
      if (label !== undefined) slowest[label] = Math.max(slowest[label] ?? 0, ms);
    }
    return slowest;
  }
}
