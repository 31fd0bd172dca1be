import type { QueueOptions } from 'bull';

const LONGEST_PAUSE_MS = 1_000;
/** A connection that owes an answer for longer is given up; Bull's blocking calls return every 5 seconds. */
const ANSWER_WITHIN_MS = 10_000;

/** What Bull needs to know to reach Redis, e.g. of `redis://user:password@host:6379/2`. It is tried again and again. */
export function redisOptions(url: string): NonNullable<Exclude<QueueOptions['redis'], string>> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: {} }),
    // While it waits for the answer to these, ioredis takes a connection that has ended for one that is ready.
    disableClientInfo: true,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(times * 100, LONGEST_PAUSE_MS),
    socketTimeout: ANSWER_WITHIN_MS,
  };
}
