import { type Channel, JobTransport, type Receiver } from './job-transport.js';

/** The transport of a process that knows of no other: its own receiver takes everything. */
export class InProcessTransport extends JobTransport {
  private readonly receivers = new Map<Channel, Receiver>();

  receive(channel: Channel, receiver: Receiver): void {
    this.receivers.set(channel, receiver);
  }

  send(channel: Channel, ids: readonly string[]): void {
    if (ids.length > 0) this.receivers.get(channel)?.take(ids);
  }
}
