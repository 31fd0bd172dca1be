import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/index.js';
import { EvaluationError, NeedsEvaluation } from '../../core/expressions/index.js';
import { parseJson } from '../../core/shared/index.js';
import { ThreadError, ThreadPool, threadProgram } from '../../threads/index.js';
import type { EvaluationAnswer, EvaluationJob, Question } from './evaluation-job.js';
import { type Computed, Evaluations } from './evaluations.js';
import { HeavyTexts } from './heavy-texts.js';
import type { ServedScope } from './served-scope.js';

type Settings = Pick<Config, 'evaluationThreads' | 'evaluationMemoryMb' | 'evaluationTimeoutSeconds'>;

/** Evaluates in threads what is too much for the thread that decides. */
@Injectable()
export class Evaluator implements OnApplicationShutdown {
  private readonly pool: ThreadPool<EvaluationJob, EvaluationAnswer>;
  private readonly heavy = new HeavyTexts();

  constructor(@Inject(CONFIG) private readonly config: Settings) {
    this.pool = new ThreadPool({
      program: threadProgram('./evaluation-thread.js', import.meta.url),
      size: config.evaluationThreads,
      memoryMb: config.evaluationMemoryMb,
    });
  }

  onApplicationShutdown(): void {
    this.pool.close();
  }

  /**
   * Does work that decides, again and again until all that it wants evaluated is known.
   * @param work  throws NeedsEvaluation after it has undone what it did
   * @param onWait  called before each wait for evaluations
   */
  async deciding<T>(work: (evaluations: Evaluations) => Promise<T>, onWait: () => void = () => undefined): Promise<T> {
    const evaluations = new Evaluations(
      (served, turn) => this.compute(served, turn),
      (text) => this.heavy.has(text),
    );
    for (;;) {
      try {
        return await work(evaluations);
      } catch (error) {
        if (!(error instanceof NeedsEvaluation)) throw error;
        onWait();
        await evaluations.learn(error.wanted);
      }
    }
  }

  private async compute(served: ServedScope, turn: string): Promise<Computed> {
    const limitMs = this.config.evaluationTimeoutSeconds * 1_000;
    const reply = (question: unknown) => served.reply(question as Question);
    try {
      const answer = await this.pool.run(served.job(), { turn, limitMs, reply });
      this.heavy.note(served.text, answer.ms);
      return computedOf(answer);
    } catch (error) {
      if (!(error instanceof ThreadError) || error.reason === 'closed') throw error;
      return { kind: 'error', error: new EvaluationError(this.limitText(served.text, error.reason)) };
    }
  }

  private limitText(text: string, reason: 'time' | 'memory' | 'broken'): string {
    const { evaluationTimeoutSeconds, evaluationMemoryMb } = this.config;
    if (reason === 'broken') return `The expression ended the thread that evaluated it [expression=${text}]`;
    return reason === 'time'
      ? `The expression takes longer than ${String(evaluationTimeoutSeconds)} s, the limit set by EVALUATION_TIMEOUT_SECONDS [expression=${text}]`
      : `The expression needs more than ${String(evaluationMemoryMb)} MiB of memory, the limit set by EVALUATION_MEMORY_MB [expression=${text}]`;
  }
}

function computedOf(answer: EvaluationAnswer): Computed {
  switch (answer.kind) {
    case 'value':
      return { kind: 'value', value: parseJson(answer.text, { allowNaN: true }) };
    case 'error':
      return { kind: 'error', error: new EvaluationError(answer.message) };
    case 'needs-data':
      return { kind: 'unloaded' };
  }
}
