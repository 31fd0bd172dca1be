import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, type Config, LOGGER, type Logger } from '../config/index.js';
import type { Changes, FlowEvent } from '../core/flow/index.js';
import { NotFoundError } from '../core/shared/index.js';
import { JobTransport } from '../transport/index.js';
import type { Principal } from './engine.js';
import type { Handled } from './done.js';
import { KnownRoots } from './known-roots.js';
import { Loop } from './loop.js';
import { type Letter, Mailboxes } from './mailboxes.js';
import { News } from './news.js';
import { SetAside, SuspectedError } from './set-aside.js';

/** The others are for starts, reads and duties. */
const SHARE_OF_CONNECTIONS = 0.7;
const MOST_POKED = 1_000;

/** Brings events to executions, and tells whoever is concerned what has come of it. */
@Injectable()
export class PostOffice implements OnApplicationBootstrap {
  private readonly mailboxes: Mailboxes;
  private readonly isEngine: boolean;
  private readonly roots = new KnownRoots();

  constructor(
    private readonly loop: Loop,
    private readonly setAside: SetAside,
    private readonly news: News,
    private readonly transport: JobTransport,
    @Inject(CONFIG) config: Config,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.isEngine = config.roles.includes('engine');
    this.mailboxes = new Mailboxes({
      deliver: async (id, letters, isPoked, onWait) => {
        const { changes, told, left } = await this.handle(id, letters, isPoked, onWait);
        this.announce(changes, told);
        return left;
      },
      onFailure: (id, error) => {
        if (error instanceof NotFoundError) logger.debug({ executionId: id }, 'the execution is gone');
        else logger.error({ err: error, executionId: id }, 'an execution could not be handled; the sweep tries again');
      },
      rootOf: (id) => this.roots.of(id),
      mostAtOnce: Math.max(1, Math.floor(config.dbPoolSize * SHARE_OF_CONNECTIONS)),
      mostPoked: MOST_POKED,
    });
  }

  onApplicationBootstrap(): void {
    this.transport.receive('pokes', {
      offer: (ids) => this.offer(ids),
      take: (ids) => {
        for (const id of ids) this.poke(id);
      },
      ...(this.isEngine && { hasRoom: () => this.mailboxes.hasRoom }),
    });
  }

  /** @returns when the event has been decided and committed */
  send(executionId: string, event: FlowEvent, caller?: Principal): Promise<void> {
    return this.mailboxes.send(executionId, event, caller);
  }

  /**
   * Has the execution take what the outbox holds for it, in this process.
   * @param rootId  of its tree, where the caller knows it
   * @returns false when so many of the tree wait already that this one has to be asked again later
   */
  poke(executionId: string, rootId?: string): boolean {
    if (rootId !== undefined) this.roots.set(executionId, rootId);
    return this.mailboxes.poke(executionId);
  }

  /** Resolves when nothing is being decided. */
  async settled(): Promise<void> {
    await this.mailboxes.settled();
  }

  /** After the commit: whoever is concerned is told at once. What a crash swallows here, others find in the database. */
  announce(changes: readonly Changes[], told: readonly string[] = []): void {
    for (const change of changes) this.roots.learn(change);
    const commands = changes.flatMap((change) => change.commands);
    const pokes = commands.flatMap((command) => {
      if (command.kind === 'tell') return [command.executionId];
      return command.kind === 'start-child' ? [command.request.id] : [];
    });
    const runs = commands.flatMap((command) => (command.kind === 'run-action' ? [command.actionId] : []));
    this.transport.send('pokes', [...new Set([...pokes, ...told])]);
    this.transport.send('runs', runs);
    this.news.publish(changes);
  }

  /** One that may have killed its processes is judged first; what the outbox holds for it waits until it was tried again. */
  private async handle(
    executionId: string,
    letters: readonly Letter[],
    isPoked: boolean,
    onWait: () => void,
  ): Promise<Handled> {
    try {
      return await this.loop.handle(executionId, letters, isPoked, onWait);
    } catch (error) {
      if (!(error instanceof SuspectedError)) throw error;
    }
    const verdict = await this.setAside.judge(executionId, letters);
    switch (verdict.kind) {
      case 'innocent':
        return this.loop.handle(executionId, letters, isPoked, onWait, true);
      case 'tried again': {
        const done = await this.loop.handle(executionId, verdict.letters, false, onWait);
        return { ...done, told: [...done.told, executionId] };
      }
      case 'set aside':
        return { changes: [], told: [], left: [] };
    }
  }

  /** An execution that is being handled here takes all together; others come here while there are connections to spare. */
  private offer(ids: readonly string[]): readonly string[] {
    return ids.filter((id) => {
      const isMine = this.mailboxes.has(id) || (this.isEngine && this.mailboxes.hasRoom);
      if (isMine) this.poke(id);
      return !isMine;
    });
  }
}
