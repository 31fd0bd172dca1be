import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { InputError, MistralError } from '../core/shared/index.js';
import { ThreadError, ThreadPool, threadProgram } from '../threads/index.js';
import { answerJob, type Contents, type DefinitionAnswer, type DefinitionJob, type Kind } from './definition-job.js';

/** A definition that was refused where it was read. */
class RefusedDefinition extends MistralError {
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
  ) {
    super(message);
  }
}

/** Characters of a text that is read at once. */
const SMALL = 32_768;
const LIMIT_MS = 60_000;
const MEMORY_MB = 256;

/** Reads definitions, large ones in a thread, so that nobody waits for it but who has sent them. */
@Injectable()
export class DefinitionParser implements OnModuleDestroy {
  private readonly pool = new ThreadPool<DefinitionJob, DefinitionAnswer>({
    program: threadProgram('./definition-thread.js', import.meta.url),
    size: 1,
    memoryMb: MEMORY_MB,
  });

  onModuleDestroy(): void {
    this.pool.close();
  }

  /** The verdict on a text, as JSON. @throws {InputError} when it takes too long or too much memory */
  async verdict(kind: Kind, text: string): Promise<string> {
    const answer = await this.answer({ kind, isTrial: true, text });
    if ('verdict' in answer) return answer.verdict;
    throw faultOf(answer);
  }

  /**
   * What a text holds.
   * @param turn  who asks, e.g. the id of a project: large texts of several have their turns
   * @throws {MistralError} when it is refused, takes too long or too much memory
   */
  async read<K extends Kind>(kind: K, text: string, turn: string): Promise<Contents[K]> {
    const answer = await this.answer({ kind, isTrial: false, text }, turn);
    if ('content' in answer) return answer.content as Contents[K];
    throw faultOf(answer);
  }

  private async answer(job: DefinitionJob, turn = ''): Promise<DefinitionAnswer> {
    // A schema takes long to check, however short it is.
    if (job.text.length <= SMALL && !job.text.includes('-schema')) return answerJob(job);
    try {
      return await this.pool.run(job, { turn, limitMs: LIMIT_MS });
    } catch (cause) {
      if (!(cause instanceof ThreadError) || (cause.reason !== 'time' && cause.reason !== 'memory')) throw cause;
      const most = cause.reason === 'time' ? `${LIMIT_MS / 1000} seconds` : `${MEMORY_MB} MiB of memory`;
      throw new InputError(`The definition takes more than ${most} to read: divide it.`, { cause });
    }
  }
}

function faultOf(answer: DefinitionAnswer): Error {
  if (!('fault' in answer)) return new Error('the thread has answered something else');
  const { message, code, status } = answer.fault;
  return new RefusedDefinition(message, code, status);
}
