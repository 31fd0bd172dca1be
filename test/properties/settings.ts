/** Repeats a failed run: `PROPERTY_SEED=123 npm test -- test/properties`. */
export const SEED = Number(process.env['PROPERTY_SEED'] ?? Date.now() % 2 ** 31);

/** Random workflows per property; each is played under several schedules. */
export const WORKFLOWS = Number(process.env['PROPERTY_RUNS'] ?? 1200);

process.stdout.write(`PROPERTY_SEED=${SEED}\n`);
