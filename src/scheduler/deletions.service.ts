import { Injectable } from '@nestjs/common';
import { DeletionStore, type Waiting } from '../store/index.js';
import { CALLED_EVERY_MS, type Duty } from './duty.js';

/** A pause between two pieces, so that others have their turns. */
const PAUSE_MS = 5;

/** Deletes what is left of executions with very many below them, piece by piece; one process at a time. */
@Injectable()
export class DeletionsService implements Duty {
  readonly name = 'deletions';
  readonly everyMs = CALLED_EVERY_MS;

  constructor(private readonly deletions: DeletionStore) {}

  neededIn({ hasDeletions }: Waiting): number | undefined {
    return hasDeletions ? 0 : undefined;
  }

  async tick(): Promise<number | undefined> {
    return (await this.deletions.piece()) ? PAUSE_MS : undefined;
  }
}
