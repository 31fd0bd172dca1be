import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/index.js';
import { OwnNames } from './own-names.js';

const names = (env: Readonly<Record<string, string>> = {}) => new OwnNames(loadConfig(env));

describe('a host', () => {
  it.each([
    ['localhost'],
    ['LOCALHOST:8989'],
    ['localhost.:8989'],
    ['flows.localhost'],
    ['127.0.0.1:8989'],
    ['127.8.8.8'],
    ['[::1]:8989'],
  ])('of loopback is ours: %s', (host) => {
    expect(names().isHost(host, undefined)).toBe(true);
  });

  it.each([
    [''],
    ['evil.example:8989'],
    ['192.0.2.1'],
    ['localhost.evil.example'],
    ['127.0.0.1.evil.example'],
    ['evil.example@localhost'],
    ['localhost/evil.example'],
    ['localhost, evil.example'],
    ['localhost:x'],
    ['127.evil.example'],
    ['[::ffff:127.0.0.1].evil.example'],
    ['0.0.0.0'],
  ])('of others is not: "%s"', (host) => {
    expect(names().isHost(host, '127.0.0.1')).toBe(false);
  });

  it.each([
    [{ HOST: '192.0.2.1' }, '192.0.2.1:8989'],
    [{ HOST: '2001:db8::1' }, '[2001:DB8:0::1]:8989'],
    [{ HOST: 'flows' }, 'flows:8989'],
    [{ PUBLIC_URL: 'https://flows.example/api' }, 'flows.example'],
    [{ ALLOWED_HOSTS: 'a.example,Flows.example' }, 'flows.example:80'],
    [{ ALLOWED_HOSTS: '*.example' }, 'flows.example'],
    [{ ALLOWED_HOSTS: '2001:db8::1' }, '[2001:db8::1]'],
    [{ ALLOWED_HOSTS: '*' }, 'anything.example'],
  ])('that the settings name is ours: %p', (env, host) => {
    expect(names().isHost(host, undefined)).toBe(false);
    expect(names(env).isHost(host, undefined)).toBe(true);
  });

  it.each([
    ['192.0.2.1', '192.0.2.1:8989'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '[2001:db8::1]:8989'],
  ])('is ours when the connection arrived at it: %s', (localAddress, host) => {
    expect(names({ HOST: '0.0.0.0' }).isHost(host, localAddress)).toBe(true);
    expect(names({ HOST: '0.0.0.0' }).isHost(host, '192.0.2.2')).toBe(false);
  });
});

describe('an origin', () => {
  it.each([
    ['http://localhost:8989', 'localhost:8989'],
    ['http://localhost', 'localhost:80'],
    ['https://flows.example', 'flows.example'],
  ])('is ours when the page comes from where the request goes: %s', (origin, host) => {
    expect(names().isOrigin(origin, host)).toBe(true);
  });

  it.each([
    ['http://evil.example'],
    ['http://localhost:3000'],
    ['https://127.0.0.1:8989'],
    ['http://localhost:8989.evil.example'],
    ['null'],
    ['file://'],
    [''],
  ])('is not: %s', (origin) => {
    expect(names({ ALLOWED_HOSTS: '*' }).isOrigin(origin, 'localhost:8989')).toBe(false);
  });

  it('is ours when the settings name it', () => {
    expect(names({ PUBLIC_URL: 'https://flows.example/api' }).isOrigin('https://flows.example', 'node1:8989')).toBe(
      true,
    );
    expect(names({ PUBLIC_URL: 'https://flows.example' }).isOrigin('http://flows.example', 'node1:8989')).toBe(false);
    expect(names({ ALLOWED_HOSTS: 'ui.example' }).isOrigin('https://ui.example:8443', 'node1:8989')).toBe(true);
  });
});
