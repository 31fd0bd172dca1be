import type { Readable } from 'node:stream';
import { InputError, type MistralError } from '../../core/shared/index.js';
import type { BodyLimit } from './body-limits.js';
import { HttpProblem } from './http-problem.js';

/** How long bodies may take, and how many bytes of unfinished ones are kept. */
export interface ReadingLimits {
  readonly totalMs: number;
  /** Without any byte. */
  readonly idleMs: number;
  /** Of all bodies together; small ones are always read. */
  readonly keptBytes: number;
}

/** Bodies up to this size, in bytes, are read however much else is kept. */
const SMALL = 65_536;
const CLOSES = { connection: 'close' } as const;

/** Reads bodies as text, within limits. */
export class BodyReader {
  #kept = 0;

  constructor(private readonly limits: ReadingLimits) {}

  /** @throws {MistralError} 413 when it is too large, 408 when it takes too long, 503 when too much is being read */
  async read(payload: Readable, limit: BodyLimit): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): MistralError | undefined => {
      length += chunk.length;
      this.#kept += chunk.length;
      chunks.push(chunk);
      if (length > limit.kb * 1024) return tooLarge(limit);
      return length > SMALL && this.#kept > this.limits.keptBytes ? tooMuch() : undefined;
    };
    try {
      await this.#receive(payload, take);
      return Buffer.concat(chunks).toString('utf8');
    } finally {
      this.#kept -= length;
    }
  }

  async #receive(payload: Readable, take: (chunk: Buffer) => MistralError | undefined): Promise<void> {
    const { totalMs, idleMs } = this.limits;
    let cleanUp = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const total = setTimeout(() => reject(tooSlow(totalMs)), totalMs);
        const idle = setTimeout(() => reject(stalled(idleMs)), idleMs);
        const onData = (chunk: Buffer): void => {
          idle.refresh();
          const problem = take(chunk);
          if (problem !== undefined) reject(problem);
        };
        const onClose = (): void => reject(new InputError('The body of the request did not arrive completely.'));
        payload.on('data', onData).once('end', resolve).once('error', onClose).once('close', onClose);
        cleanUp = () => {
          clearTimeout(total);
          clearTimeout(idle);
          payload.off('data', onData).off('end', resolve).off('close', onClose).pause();
        };
      });
    } finally {
      cleanUp();
    }
  }
}

/** The answer to a body over its limit. */
export function tooLarge({ of, kb, setting }: BodyLimit): HttpProblem {
  return new HttpProblem(413, `The body is larger than ${kb} KiB, the limit for ${of} (setting ${setting}).`, CLOSES);
}

function tooMuch(): HttpProblem {
  const text = 'Too many large bodies are being received; try again.';
  return new HttpProblem(503, text, { ...CLOSES, 'retry-after': '1' });
}

function tooSlow(ms: number): HttpProblem {
  const text = `The body took longer than ${ms / 1000} seconds to arrive (setting REQUEST_TIMEOUT_SECONDS).`;
  return new HttpProblem(408, text, CLOSES);
}

function stalled(ms: number): HttpProblem {
  return new HttpProblem(408, `No more of the body arrived for ${ms / 1000} seconds.`, CLOSES);
}
