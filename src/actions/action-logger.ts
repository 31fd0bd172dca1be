import type { ActionLogger } from '@tramontane/plugin-sdk';
import type { Logger } from '../config/index.js';

/** The service's log in the shape that packs know: message first, then fields. */
export function actionLogger(logger: Logger): ActionLogger {
  return {
    debug: turned(logger, 'debug'),
    info: turned(logger, 'info'),
    warn: turned(logger, 'warn'),
    error: turned(logger, 'error'),
  };
}

function turned(logger: Logger, level: 'debug' | 'info' | 'warn' | 'error') {
  return (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
    logger[level](fields, message);
  };
}
