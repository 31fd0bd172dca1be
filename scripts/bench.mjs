/**
 * The benchmark: starts the service as its users do and measures it over HTTP. `npm run bench [case …]`.
 * DATABASE_URL chooses the PostgreSQL; without it the embedded one is used (fsync on in both cases).
 */
import { CASES } from './bench/cases.mjs';
import { Service } from './bench/service.mjs';

const wanted = process.argv.slice(2);
const service = await Service.start();
const rows = [];
try {
  for (const { name, reach, run } of CASES) {
    if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
    const before = service.cpuSeconds();
    const { shown, isReached, note = '' } = await run(service);
    const cpu = (service.cpuSeconds() - before).toFixed(2);
    rows.push({ case: name, reach, measured: shown, ok: isReached ? 'yes' : 'NO', 'service CPU s': cpu, note });
    console.log(`${isReached ? 'ok ' : 'NO '} ${name}: ${shown} (reach ${reach}) ${note}`);
  }
} finally {
  await service.stop();
}
console.table(rows);
process.exitCode = rows.every((row) => row.ok === 'yes') ? 0 : 1;
