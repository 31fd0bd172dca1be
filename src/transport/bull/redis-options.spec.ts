import { expect, it } from '@jest/globals';
import { redisOptions } from './redis-options.js';

it.each([
  ['redis://cache', { host: 'cache', port: 6379, db: 0 }],
  ['redis://cache:7000/2', { host: 'cache', port: 7000, db: 2 }],
  ['redis://[::1]:7000', { host: '::1', port: 7000 }],
  ['redis://:s%40fe@cache', { password: 's@fe' }],
  ['rediss://me:safe@cache', { username: 'me', password: 'safe', tls: {} }],
])('%s names a Redis', (url, expected) => {
  expect(redisOptions(url)).toMatchObject(expected);
});

it('uses neither name nor encryption unless they are asked for', () => {
  expect(Object.keys(redisOptions('redis://:safe@cache'))).not.toEqual(expect.arrayContaining(['username', 'tls']));
});
