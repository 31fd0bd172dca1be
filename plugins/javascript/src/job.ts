/** Code to run in the sandbox with data; JSON goes in and comes out as text. */
export type Job = ScriptJob | ModuleJob;

/** A function body that sees its data as `$`. */
export interface ScriptJob {
  readonly kind: 'script';
  readonly code: string;
  /** JSON text, e.g. `{"a": 1}`. */
  readonly data: string;
  readonly cpuMs: number;
}

/** An ES module, of which one export is called. */
export interface ModuleJob {
  readonly kind: 'module';
  readonly code: string;
  /** Name of the exported class or function. */
  readonly exportName: string;
  /** JSON text of `{ input, context }`. */
  readonly data: string;
  readonly cpuMs: number;
}

/** A line that the code wrote with `console`. */
export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

/** How a job ended. */
export interface Answer {
  /** `thrown`: the code failed; `error`: it returned `failure(…)`. */
  readonly kind: 'success' | 'error' | 'thrown';
  /** JSON text of the result, or why the code failed. */
  readonly text: string;
  readonly log: readonly LogLine[];
  /** The thread must not be used again: its memory is used up, or its engine was interrupted. */
  readonly isSpent: boolean;
}
