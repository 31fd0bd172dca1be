import { Injectable } from '@nestjs/common';
import { DeletionStore } from '../store/index.js';
import type { Duty } from './duty.js';

/** A pause between two pieces, so that others have their turns. */
const PAUSE_MS = 5;

/** Deletes what is left of executions with very many below them, piece by piece; one process at a time. */
@Injectable()
export class DeletionsService implements Duty {
  readonly name = 'deletions';
  readonly everyMs = 1_000;

  constructor(private readonly deletions: DeletionStore) {}

  async tick(): Promise<number | undefined> {
    return (await this.deletions.piece()) ? PAUSE_MS : undefined;
  }
}
