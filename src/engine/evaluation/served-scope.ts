import { NeedsData, type EvaluationScope } from '../../core/expressions/index.js';
import { dictGet, isPlainObject, type Json, MistralError, stringifyJson } from '../../core/shared/index.js';
import { ASKED_FUNCTIONS, type EvaluationJob, type Question, type Reply } from './evaluation-job.js';

interface Read {
  readonly question: Question;
  /** As it was; the same object is the same data. */
  readonly value: unknown;
  readonly text: string;
}

/**
 * The data of an evaluation, as a thread asks for it. What was read is remembered, so that the result can be told to be
 * good for a later state of the same data, too.
 */
export class ServedScope {
  private readonly reads: Read[] = [];
  private readonly layers: EvaluationJob['layers'];
  /** What the thread asked for and is not loaded yet. */
  private missing: Question | undefined;

  constructor(
    readonly text: string,
    private readonly scope: EvaluationScope,
  ) {
    this.layers = keysOf(scope);
  }

  job(): EvaluationJob {
    const { functions, limits, asOriginal } = this.scope;
    return {
      text: this.text,
      layers: this.layers,
      hasRoot: this.scope.root !== undefined,
      functions: ASKED_FUNCTIONS.filter((name) => functions[name] !== undefined),
      options: { ...(limits && { limits }), ...(asOriginal && { asOriginal }) },
      seed: functions.uuid().replaceAll('-', ''),
      now: functions.now(),
    };
  }

  reply(question: Question): Reply {
    try {
      const value = valueOf(this.scope, question);
      const text = textOf(value);
      this.reads.push({ question, value, text });
      return { kind: 'data', text };
    } catch (error) {
      if (error instanceof MistralError) return { kind: 'error', message: error.message };
      if (!(error instanceof NeedsData)) throw error;
      this.missing = question;
      return { kind: 'needs-data' };
    }
  }

  /** Asks for what the thread could not have. @throws NeedsData while it is not loaded */
  load(scope: EvaluationScope): void {
    if (this.missing !== undefined) valueOf(scope, this.missing);
  }

  /** Whether the expression would read the same there. @throws NeedsData */
  isSame(scope: EvaluationScope): boolean {
    return (
      JSON.stringify(keysOf(scope)) === JSON.stringify(this.layers) &&
      this.reads.every(({ question, value, text }) => isSameValue(valueOf(scope, question), value, text))
    );
  }
}

function keysOf({ layers }: EvaluationScope): EvaluationJob['layers'] {
  return layers.map((layer) => (isPlainObject(layer) ? Object.keys(layer) : null));
}

function valueOf(scope: EvaluationScope, question: Question): unknown {
  switch (question.kind) {
    case 'root':
      return scope.root;
    case 'layer':
      return scope.layers[question.layer];
    case 'value':
      return dictGet(scope.layers[question.layer] ?? {}, question.key);
    case 'call':
      return (scope.functions[question.name] as ((argument: unknown) => Json) | undefined)?.(question.argument);
  }
}

function isSameValue(now: unknown, before: unknown, text: string): boolean {
  return now === before || textOf(now) === text;
}

function textOf(value: unknown): string {
  return stringifyJson(value ?? null, { style: 'python', ascii: false });
}
