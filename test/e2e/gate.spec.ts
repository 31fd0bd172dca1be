import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiUnderTest } from './api-under-test.js';

const UPLOAD = { text: "version: '2.0'\nw: {tasks: {t: {action: std.noop}}}\n" };
const ADMIN = { 'x-roles': 'admin' };

let api: ApiUnderTest;
let port: number;

beforeAll(async () => {
  api = await ApiUnderTest.start({ TRUST_X_ROLES: 'false', ALLOWED_HOSTS: 'flows.example' });
  await api.app.listen(0, '127.0.0.1');
  port = (api.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => api.stop());

/** The status of an answer to a request that names us so. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/v2/', headers: { host } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    })
      .on('error', reject)
      .end();
  });
}

describe('a request', () => {
  it.each([['localhost'], ['127.0.0.1'], ['flows.example']])('to %s is answered', async (name) => {
    expect(await statusFor(`${name}:${port}`)).toBe(200);
  });

  it.each([['/v2/workflows'], ['/docs'], ['/nothing']])('to a name that is not ours is refused (%s)', async (path) => {
    const { status, body } = await api.get(path, { host: 'evil.example:8989' });

    expect(status).toBe(421);
    expect(body['faultstring']).toBe(
      'Host: got "evil.example:8989", expected a name of this service; others are named in the setting ALLOWED_HOSTS.',
    );
  });

  it('that changes something is refused from a page of others', async () => {
    const headers = { host: 'localhost:8989', origin: 'http://localhost:3000' };
    const { status, body } = await api.call('POST', '/v2/workflows', { ...UPLOAD, headers });

    expect(status).toBe(403);
    expect(body['faultstring']).toBe(
      'Origin: got "http://localhost:3000", expected a page of this service; other names of it are in the settings ' +
        'PUBLIC_URL and ALLOWED_HOSTS.',
    );
    expect((await api.get('/v2/workflows', headers)).body['workflows']).toEqual([]);
  });

  it.each([
    ['POST', { origin: 'null' }],
    ['PUT', { origin: 'https://evil.example' }],
    ['DELETE', { 'sec-fetch-site': 'cross-site' }],
  ])('%s with %p is refused', async (method, headers) => {
    expect((await api.call(method, '/v2/workflows/w', { headers })).status).toBe(403);
  });

  it.each([
    [{ host: 'localhost' }],
    [{ host: 'localhost:8989', origin: 'http://localhost:8989', 'sec-fetch-site': 'same-origin' }],
    [{ host: '127.0.0.1:8989', origin: 'https://flows.example' }],
  ])('that changes something is taken from elsewhere: %p', async (headers) => {
    expect((await api.call('POST', '/v2/workflows/validate', { ...UPLOAD, headers })).status).toBe(200);
  });
});

describe('a client that calls itself admin', () => {
  it.each([['/v2/executions?all_projects=true'], ['/v2/code_sources'], ['/v2/dynamic_actions']])(
    'is a plain member for %s',
    async (path) => {
      expect((await api.get(path, ADMIN)).status).toBe(403);
    },
  );

  it('may publish nothing', async () => {
    expect((await api.call('POST', '/v2/workflows?scope=public', { ...UPLOAD, headers: ADMIN })).status).toBe(403);
  });
});

describe('an answer', () => {
  it('is not to be taken for anything but what its type says', async () => {
    expect((await api.get('/v2/workflows')).headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect((await api.get('/nothing')).headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });

  it.each([['/docs'], ['/docs/swagger-ui-init.js'], ['/docs-json']])(
    'that is a page runs our scripts only (%s)',
    async (path) => {
      const { status, headers } = await api.get(path);

      expect(status).toBe(200);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    },
  );

  it('has no script within the page', async () => {
    const { text } = await api.get('/docs');

    expect(text.match(/<script(?! src="\.\/docs\/[\w.-]+">\s*<\/script>)/g)).toBeNull();
    expect(text).not.toMatch(/\son\w+=|javascript:/i);
  });

  it.each([
    ['/docs/..%2fpackage.json'],
    ['/docs/%2e%2e%2fpackage.json'],
    ['/docs/..%5cpackage.json'],
    ['/docs/%00'],
    ['/docs/.env'],
    ['/docs/nothing'],
  ])('to %s is that there is no such page', async (path) => {
    const { status, body } = await api.get(path);

    expect({ status, text: body['faultstring'] }).toEqual({ status: 404, text: 'The resource could not be found.' });
  });
});
