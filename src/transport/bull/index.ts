export { BullTransport } from './bull-transport.js';
export { BullTransportModule } from './bull-transport.module.js';
