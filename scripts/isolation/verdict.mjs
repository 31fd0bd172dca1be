import { shownMs } from './figures.mjs';

/** What may be reached at most; the answers are those of `GET /v2/`. */
export const BOUNDS = { maxMs: 250, typicalMs: 100, listMs: 500, workflowMs: 2_000, rssMb: 600 };

/** @returns what is over the bounds or wrong, one short text each */
export function faultsOf(row, bounds) {
  const { figures, failures } = merged(row.phases);
  const over = (name, value, most) => (value > most ? [`${name} ${shownMs(value)} > ${most}`] : []);
  return [
    ...(row.isAlive ? [] : [`the service is gone or silent: ${row.end ?? 'no answer'}`]),
    ...(row.isEnded ? [] : ['the attack has not ended as expected']),
    ...(row.restart === undefined || row.restart.startsWith('answers') ? [] : ['no restart']),
    ...over('slowest', figures.ping.max, bounds.maxMs),
    ...over('p50', figures.ping.p50, bounds.typicalMs),
    ...over('p95', figures.ping.p95, bounds.typicalMs),
    ...over('lists', figures.list.max, bounds.listMs),
    ...over('workflow of others', figures.workflow.max, bounds.workflowMs),
    ...over('memory', row.rssMb, bounds.rssMb),
    ...Object.entries(failures).map(([text, count]) => `${count} × ${text}`),
  ];
}

/** One line of the table. */
export function lineOf(row, faults) {
  const { figures } = merged(row.phases);
  return {
    case: row.name,
    'p50 ms': shownMs(figures.ping.p50),
    'p95 ms': shownMs(figures.ping.p95),
    'p99 ms': shownMs(figures.ping.p99),
    'slowest ms': shownMs(figures.ping.max),
    'lists ms': shownMs(figures.list.max),
    'workflow ms': shownMs(figures.workflow.max),
    'noise ms': shownMs(figures.noise.max),
    'memory MB': Math.round(row.rssMb),
    ok: faults.length === 0 ? 'yes' : 'NO',
    end: `${row.seconds.toFixed(1)} s: ${row.outcome.slice(0, 70)}${row.restart ? `; restart: ${row.restart}` : ''}`,
  };
}

/** The worse figure of each kind, over all phases. */
export function merged(phases) {
  const kinds = ['ping', 'list', 'workflow', 'noise'];
  const worst = (kind) => (key) => Math.max(...phases.map(({ figures }) => figures[kind][key]));
  const figures = Object.fromEntries(
    kinds.map((kind) => [kind, Object.fromEntries(['p50', 'p95', 'p99', 'max'].map((key) => [key, worst(kind)(key)]))]),
  );
  return { figures, failures: Object.assign({}, ...phases.map(({ failures }) => failures)) };
}
