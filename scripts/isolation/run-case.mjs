import { setTimeout as pause } from 'node:timers/promises';
import { Arena, Unexpected } from './arena.mjs';
import { send } from './client.mjs';
import { Host } from './host.mjs';
import { BYSTANDER, Probe } from './probe.mjs';

const WARM_UP_MS = 1_500;
const CALM_MS = 1_000;
const LAST_ANSWER_MS = 10_000;

/**
 * A case on a service of its own: what its attack led to, and what others saw meanwhile.
 * @returns `{ name, outcome, isEnded, phases: [{ figures, failures, byMark }], rssMb, isAlive, … }`
 */
export async function runCase(test, controlPort) {
  for await (const row of runTogether([test], controlPort, test.settings)) return row;
}

/** The cases one after the other on the same service, which takes less time. */
export async function* runTogether(tests, controlPort, settings) {
  const host = await Host.start(settings);
  try {
    await prepare(host, controlPort);
    for (const test of tests) yield await runOn(host, test, controlPort);
  } finally {
    await host.stop();
  }
}

async function runOn(host, test, controlPort) {
  const attack = await phase(host, controlPort, (probe) => attackWith(test, host, probe));
  const survived = await survival(host);
  const restarted = test.afterRestart ? await restart(test, host, controlPort) : undefined;
  const phases = [attack, ...(restarted?.phases ?? [])];
  return { name: test.name, ...attack.result, ...survived, restart: restarted?.text, phases, rssMb: host.peakRssMb };
}

/** A cold process is slower; what is measured is one that has run for a while. */
async function prepare(host, controlPort) {
  await send(host.port, 'POST', '/v2/workflows', { body: BYSTANDER });
  const probe = new Probe(host.port, controlPort);
  await pause(WARM_UP_MS);
  await probe.stop();
  host.peakRssMb = 0;
}

async function phase(host, controlPort, work) {
  const probe = new Probe(host.port, controlPort);
  await pause(CALM_MS);
  const result = await work(probe);
  const seen = await probe.stop();
  return { ...seen, result };
}

async function attackWith(test, host, probe) {
  const arena = new Arena(host, Math.min(test.seconds ?? 30, test.mostSeconds ?? Infinity));
  arena.mark = (label) => probe.mark(label);
  const startedAt = performance.now();
  const seconds = () => (performance.now() - startedAt) / 1000;
  try {
    const outcome = await test.attack(arena);
    return { outcome, isEnded: true, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    return { outcome: error.message, isEnded: false, seconds: seconds() };
  } finally {
    arena.close();
  }
}

/** A process that is about to end may still refuse connections for a moment. */
async function survival(host) {
  const until = performance.now() + LAST_ANSWER_MS;
  let answer;
  while (host.isAlive && answer?.status !== 200 && performance.now() < until) {
    answer = await send(host.port, 'GET', '/v2/', { timeoutMs: until - performance.now() }).catch(() => undefined);
    await pause(50);
  }
  const end = host.isAlive ? undefined : host.end;
  return { isAlive: host.isAlive && answer?.status === 200, end, ...(end !== undefined && { log: lastLines(host) }) };
}

/** Kills it in the middle, if it still lives, and looks at what it does with what it finds. */
async function restart(test, host, controlPort) {
  await host.kill('SIGKILL');
  try {
    await host.spawn();
  } catch (error) {
    return { text: error.message.slice(0, 200), phases: [] };
  }
  const seen = await phase(host, controlPort, (probe) =>
    attackWith({ ...test, attack: test.afterRestart }, host, probe),
  );
  const { outcome, isEnded } = seen.result;
  return {
    text: `${isEnded ? 'answers' : 'wrong'} after ${(host.startMs / 1000).toFixed(1)} s, ${outcome}`,
    phases: [seen],
  };
}

function lastLines(host) {
  return host.log.join('').slice(-1500);
}
