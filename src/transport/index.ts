export { InProcessTransport } from './in-process-transport.js';
export { type Channel, JobTransport, type Receiver } from './job-transport.js';
export { TransportModule } from './transport.module.js';
