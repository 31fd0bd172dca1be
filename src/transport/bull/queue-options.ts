import type { QueueOptions } from 'bull';
import { redisOptions } from './redis-options.js';

/** How our queues are: a job that fails, or whose process died, is dropped. By then its ids were found in the database. */
export function queueOptions(redisUrl: string): QueueOptions {
  return {
    redis: redisOptions(redisUrl),
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
    settings: {
      lockDuration: 10_000,
      stalledInterval: 5_000,
      maxStalledCount: 0,
      guardInterval: 60_000,
      retryProcessDelay: 500,
    },
  };
}
