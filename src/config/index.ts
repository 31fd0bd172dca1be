export { type Clock, FakeClock, SystemClock } from './clock.js';
export { ConfigError, loadConfig } from './config.js';
export { crashpoint } from './crashpoint.js';
export { createLogger, type Logger, type LogMethod, type LogSink, silentLogger } from './logger.js';
export { maskUrls, redact } from './redact.js';
export { type Config, type LogLevel, type Role, ROLES } from './settings.js';
export { CLOCK, CONFIG, LOGGER } from './tokens.js';
