export { type Clock, CorrectedClock, FakeClock, SystemClock } from './clock.js';
export { ConfigError, loadConfig } from './config.js';
export { crashpoint } from './crashpoint.js';
export { environmentWith } from './environment.js';
export { createLogger, type Logger, type LogMethod, type LogSink, silentLogger } from './logger.js';
export { withRequestId } from './request-context.js';
export { type Config, type LogLevel, type Role } from './settings.js';
export { CLOCK, CONFIG, LOGGER } from './tokens.js';
