import { type ActionCall, type ActionOutcome, failure, success } from '@tramontane/plugin-sdk';
import type { Answer, ModuleJob, ScriptJob } from './job.js';
import type { SandboxPool } from './sandbox-pool.js';
import type { JavascriptSettings } from './settings.js';

/** Where code runs, and how long it may. */
export interface Sandbox {
  readonly pool: SandboxPool;
  readonly settings: JavascriptSettings;
}

type Code = Omit<ScriptJob, 'cpuMs'> | Omit<ModuleJob, 'cpuMs'>;
type Call = Pick<ActionCall<unknown>, 'signal' | 'deadlineAt' | 'execution' | 'json' | 'logger'>;

/** So much later than the signal, which is to end the code at its deadline, the sandbox ends it by itself. */
const AFTER_DEADLINE_MS = 1_000;

/**
 * Runs code and turns its result into an outcome. A task with a timeout may compute until then, as long as the operator allows.
 * @throws {Error} with the reason when the code fails
 */
export async function runInSandbox({ pool, settings }: Sandbox, code: Code, call: Call): Promise<ActionOutcome> {
  const { deadlineAt, execution, signal, json, logger } = call;
  const untilMs = deadlineAt === undefined ? settings.cpuMs : Math.max(0, deadlineAt - Date.now()) + AFTER_DEADLINE_MS;
  const cpuMs = Math.min(untilMs, settings.mostCpuMs);
  const turn = { project: execution.projectId ?? '', root: execution.rootExecutionId ?? '' };
  const answer: Answer = await pool.run({ ...code, cpuMs }, signal, turn);
  for (const { level, text } of answer.log) logger[level](text);
  switch (answer.kind) {
    case 'success':
      return success(json.parse(answer.text));
    case 'error':
      return failure(json.parse(answer.text));
    case 'thrown':
      throw new Error(answer.text);
  }
}
