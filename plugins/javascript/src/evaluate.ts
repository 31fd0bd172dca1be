import type { QuickJSContext, QuickJSHandle, QuickJSRuntime, QuickJSWASMModule } from 'quickjs-emscripten';
import { CpuClock } from './cpu-clock.js';
import type { Answer, Job } from './job.js';
import { MEMORY_BYTES, STACK_BYTES } from './limits.js';
import { readLog } from './log.js';
import { INPUT_FILE, LINES_BEFORE_BODY, MODULE_FILE, PRELUDE, SDK_MODULE, SDK_NAME } from './prelude.js';

/** Promises are settled in portions, so that an endless chain of them meets the clock. */
const JOBS_AT_ONCE = 100;

/** The code itself failed, for a reason that is told to its author. */
class CodeError extends Error {}

/**
 * Runs a job in an engine that nothing else has used or will use. Nothing of the host can be reached from inside: texts
 * go in, a text comes out.
 */
export function evaluate(engine: QuickJSWASMModule, job: Job): Answer {
  const clock = new CpuClock(job.cpuMs);
  try {
    const text = new Run(newRuntime(engine, clock), clock).result(job);
    return clock.wasOver ? failed(overText(clock)) : readAnswer(text);
  } catch (error) {
    return failed(clock.wasOver ? overText(clock) : reasonOf(error));
  }
}

function newRuntime(engine: QuickJSWASMModule, clock: CpuClock): QuickJSRuntime {
  const runtime = engine.newRuntime({
    memoryLimitBytes: MEMORY_BYTES,
    maxStackSizeBytes: STACK_BYTES,
    interruptHandler: () => clock.isOver(),
  });
  runtime.setModuleLoader(loadModule, (_from, name) => name);
  return runtime;
}

function loadModule(name: string): string | { readonly error: Error } {
  if (name === SDK_NAME) return SDK_MODULE;
  return { error: new Error(`can not import "${name}": only "${SDK_NAME}" can be imported`) };
}

/** One run in one engine; handles are not given back, the whole engine goes. */
class Run {
  private readonly context: QuickJSContext;

  constructor(
    private readonly runtime: QuickJSRuntime,
    private readonly clock: CpuClock,
  ) {
    this.context = runtime.newContext();
  }

  result(job: Job): string {
    const { context } = this;
    const start = this.evaluated(PRELUDE, 'prelude.js');
    const target = job.kind === 'script' ? this.script(job.code) : this.module(job.code);
    const exportName = job.kind === 'script' ? '' : job.exportName;
    const [kind, name, data] = [job.kind, exportName, job.data].map((text) => context.newString(text));
    const promise = this.called(start, [kind, target, name, data]);
    return context.getString(this.settled(promise));
  }

  /** The body becomes a function by the engine's own constructor, so that it can't end before its end. */
  private script(code: string): QuickJSHandle {
    const compile = this.evaluated(`(body) => new Function('$', body)`, 'compile.js');
    return this.called(compile, [this.context.newString(code)]);
  }

  private module(code: string): QuickJSHandle {
    return this.settled(this.value(this.context.evalCode(code, MODULE_FILE, { type: 'module' })));
  }

  /** The value of a promise, after all that it waits for has run. */
  private settled(promise: QuickJSHandle): QuickJSHandle {
    for (;;) {
      const state = this.context.getPromiseState(promise);
      if (state.type === 'fulfilled') return state.value;
      if (state.type === 'rejected') throw new CodeError(this.thrownText(state.error));
      const jobs = this.runtime.executePendingJobs(JOBS_AT_ONCE);
      if (jobs.error !== undefined) throw new CodeError(this.thrownText(jobs.error));
      if (this.clock.isOver()) throw new CodeError(overText(this.clock));
      if (jobs.value === 0) throw new CodeError('it waits for a promise that nothing will settle');
    }
  }

  private evaluated(code: string, file: string): QuickJSHandle {
    return this.value(this.context.evalCode(code, file));
  }

  private called(target: QuickJSHandle, values: readonly (QuickJSHandle | undefined)[]): QuickJSHandle {
    const { context } = this;
    return this.value(
      context.callFunction(target, context.undefined, ...values.map((one) => one ?? context.undefined)),
    );
  }

  private value(result: ReturnType<QuickJSContext['evalCode']>): QuickJSHandle {
    if (result.error === undefined) return result.value;
    throw new CodeError(this.thrownText(result.error));
  }

  private thrownText(error: QuickJSHandle): string {
    const thrown: unknown = this.context.dump(error);
    if (typeof thrown !== 'object' || thrown === null) return String(thrown);
    const { name = 'Error', message = '', fileName, lineNumber } = thrown as Readonly<Record<string, unknown>>;
    const text = `${String(name)}: ${String(message)}`;
    if (typeof lineNumber !== 'number') return text;
    return `${text} (line ${fileName === INPUT_FILE ? lineNumber - LINES_BEFORE_BODY : lineNumber})`;
  }
}

/** @param text  three lines, as the prelude writes them */
function readAnswer(text: string): Answer {
  const [kind = '', log = ''] = text.split('\n', 2);
  const rest = text.slice(kind.length + log.length + 2);
  const isKnown = kind === 'success' || kind === 'error';
  return { kind: isKnown ? kind : 'thrown', text: rest, log: readLog(log), isSpent: false };
}

function failed(reason: string): Answer {
  return { kind: 'thrown', text: reason, log: [], isSpent: true };
}

function overText({ limitMs }: CpuClock): string {
  return `the limit of ${Math.round(limitMs) / 1000} s of computing is over`;
}

/** A host's own error is one of the engine itself: it has run out of stack or memory in a way it could not handle. */
function reasonOf(error: unknown): string {
  return error instanceof CodeError ? error.message : 'InternalError: the limit of the stack or of the memory is over';
}
