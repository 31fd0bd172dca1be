import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';

function capture(): { readonly lines: Record<string, unknown>[]; readonly sink: { write(line: string): void } } {
  const lines: Record<string, unknown>[] = [];
  return { lines, sink: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) } };
}

describe('createLogger', () => {
  it('writes one JSON line with level, time and fields', () => {
    const { lines, sink } = capture();
    createLogger('info', sink).child({ node: 'n1' }).info({ executionId: 'e1' }, 'started');
    expect(lines).toEqual([{ level: 'info', time: expect.any(String), node: 'n1', executionId: 'e1', msg: 'started' }]);
  });

  it('keeps quiet below its level', () => {
    const { lines, sink } = capture();
    createLogger('warn', sink).info('not this');
    expect(lines).toEqual([]);
  });

  it.each(['auth_token', 'password', 'X-Auth-Token', 'authorization', 'private_key'])(
    'hides %s at any depth',
    (key) => {
      const { lines, sink } = capture();
      createLogger('info', sink).info({ a: [{ headers: { [key]: 'hush-hush' } }] }, 'call');
      expect(JSON.stringify(lines)).not.toContain('hush-hush');
    },
  );

  it('hides passwords of URLs in messages, fields and errors', () => {
    const { lines, sink } = capture();
    const error = new Error('no answer from postgres://u:hush@h/d', { cause: new Error('redis://:hush@h') });
    createLogger('info', sink).error({ err: error, url: 'http://u:hush@h/' }, 'lost postgres://u:hush@h/d');
    expect(JSON.stringify(lines)).not.toContain('hush');
    expect(lines[0]).toMatchObject({ err: { message: 'no answer from postgres://u:***@h/d' } });
  });
});
