import { expect, it } from '@jest/globals';
import { environmentWith } from './environment.js';

it('keeps what is set, fills in defaults, and lets fixed values win', () => {
  const own = { PORT: '80', LOG_LEVEL: ' ', DATABASE_URL: 'postgres://x' };

  expect(environmentWith({ LOG_LEVEL: 'warn' }, { PORT: '0', DATABASE_URL: undefined }, own)).toEqual({
    LOG_LEVEL: 'warn',
    PORT: '0',
    DATABASE_URL: undefined,
  });
});
