import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiUnderTest } from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.stop());

describe('discovery', () => {
  it('names the one version', async () => {
    const { status, body } = await api.get('/', { host: 'flow.example:8989' });

    expect(status).toBe(200);
    expect(body).toEqual({
      versions: [
        {
          id: 'v2.0',
          status: 'CURRENT',
          links: [{ href: 'http://flow.example:8989/v2', target: 'v2', rel: 'self' }],
        },
      ],
    });
  });

  it('says where the version is, and leads there without the slash', async () => {
    expect((await api.get('/v2/', { host: 'flow.example' })).body).toEqual({ uri: 'http://flow.example/v2' });
    const { status, headers } = await api.get('/v2', { host: 'flow.example' });
    expect([status, headers['location']]).toEqual([302, 'http://flow.example/v2/']);
  });

  it('tells that it is well', async () => {
    const { status, text, headers } = await api.get('/healthcheck');
    expect([status, text, headers['content-type']]).toEqual([200, 'OK', 'text/plain']);
  });

  it('serves its documentation', async () => {
    expect((await api.get('/docs')).headers['content-type']).toContain('text/html');
    const { body } = await api.get('/docs-json');
    expect(body['openapi']).toBe('3.1.0');
    expect(Object.keys(body['paths'] ?? {})).toContain('/v2/executions/{id}/report');
  });
});

describe('routes', () => {
  it.each([
    ['GET', '/v2/nothing', 404],
    ['GET', '/nothing', 404],
    ['GET', '/v2/services', 404],
    ['GET', '/v2/workflows.json', 404],
    ['GET', '/v2/workflows/x/y', 404],
    ['PATCH', '/v2/workflows', 405],
    ['HEAD', '/v2/workflows', 405],
    ['POST', '/v2/tasks', 405],
  ])('%s %s answers %i', async (method, path, status) => {
    const answer = await api.call(method, path);
    expect(answer.status).toBe(status);
    if (method !== 'HEAD') expect(answer.body['faultstring']).toBeTruthy();
  });

  it('names the methods that are allowed', async () => {
    expect((await api.call('PATCH', '/v2/environments')).headers['allow']).toBe('GET, POST, PUT');
  });

  it('takes a slash at the end of any path', async () => {
    expect((await api.get('/v2/workflows/')).status).toBe(200);
    expect((await api.get('/v2/actions/std.echo/')).status).toBe(200);
  });

  it('answers OPTIONS', async () => {
    expect((await api.call('OPTIONS', '/v2/workflows')).status).toBe(200);
  });

  it.each([
    ['DELETE', '/v2/workflows', 'identifier'],
    ['DELETE', '/v2/executions', 'id'],
    ['PUT', '/v2/tasks', 'id'],
  ])('%s %s misses the %s', async (method, path, argument) => {
    const { status, body } = await api.call(method, path);
    expect([status, body['faultstring']]).toEqual([400, `Missing argument: "${argument}"`]);
  });

  it.each(['/v2/executions?foo=1', '/v2/executions/x?foo=1', '/v2/actions/std.echo?foo=1', '/v2/environments?foo='])(
    'refuses the unknown parameter in %s',
    async (path) => {
      const { status, body } = await api.get(path);
      expect([status, body['faultstring']]).toEqual([400, 'Unknown argument: "foo"']);
    },
  );

  it('ignores unknown parameters where YAML is sent', async () => {
    const text = "version: '2.0'\nlenient: {tasks: {t: {action: std.noop}}}\n";
    expect((await api.upload('/v2/workflows?foo=1', text)).status).toBe(201);
  });

  it('refuses a path that can not be decoded', async () => {
    const { status, body } = await api.get('/v2/workflows/%zz');
    expect([status, body['faultcode']]).toEqual([400, 'Client']);
  });
});

describe('bodies', () => {
  const send = (payload: string | undefined, type: string | undefined) =>
    api.call('POST', '/v2/executions', {
      ...(payload !== undefined && { text: payload }),
      headers: type === undefined ? {} : { 'content-type': type },
    });

  it.each([
    [undefined, undefined, 400, 'Missing argument: "wf_ex"'],
    ['{}', 'text/plain', 415, 'Unknown mimetype: text/plain'],
    ['{', 'application/json', 400, 'Request is not in valid JSON format'],
    ['[]', 'application/json', 400, 'Invalid input for field/attribute wf_ex. Expected a JSON object.'],
    ['{"foo": 1}', 'application/json', 400, 'Unknown attribute for argument wf_ex: foo'],
    ['{"__proto__": {}}', 'application/json', 400, 'Unknown attribute for argument wf_ex: __proto__'],
    [
      '{"project_id": "x"}',
      'application/json',
      400,
      "Invalid input for field/attribute project_id. Value: 'x'. Cannot set read only field.",
    ],
    [
      '{"workflow_name": 4.0}',
      'application/json; charset=utf-8',
      400,
      "Invalid input for field/attribute workflow_name. Value: '4.0'. Wrong type. Expected 'string', got 'number'",
    ],
    ['{"input": "[1]"}', 'application/json', 400, 'JsonType field value must be a dictionary [actual=[1]]'],
  ])('%s as %s answers %i', async (payload, type, status, text) => {
    const answer = await send(payload, type);
    expect([answer.status, answer.body['faultstring']]).toEqual([status, text]);
    expect(answer.body).toEqual({ faultcode: 'Client', faultstring: text, debuginfo: null });
    expect(answer.headers['server-error-message']).toBe(text);

    const large = payload === undefined ? answer : await send(payload + ' '.repeat(70_000), type);
    expect([large.status, large.body['faultstring']]).toEqual([status, text]);
  });

  it('takes large input without loss, as an object and as text', async () => {
    await api.upload('/v2/workflows', "version: '2.0'\nlarge: {input: [a], tasks: {t: {action: std.noop}}}\n");
    const input = `{"a": [${'4.0, [], "\\u00e9", 12345678901234567890, '.repeat(3000)}{"2": 0, "1": -0.0}]}`;
    for (const field of [input, JSON.stringify(input)]) {
      const { status, body } = await send(`{"workflow_name": "large", "input": ${field}}`, 'application/json');
      expect([status, body['input']]).toEqual([201, input]);
    }
  });

  it('refuses a large text of broken JSON within a field', async () => {
    const input = JSON.stringify(`[${'1.0,'.repeat(20_000)}`);
    const { status, body } = await send(`{"workflow_name": "large", "input": ${input}}`, 'application/json');
    expect(status).toBe(400);
    expect(body['faultstring']).toMatch(
      /^Invalid input for field\/attribute input. Value: '\[1\.0,.*…'. Expecting value/,
    );
  });

  it('refuses a broken text of JSON within a field', async () => {
    const { status, body } = await send('{"workflow_name": "w", "input": "{"}', 'application/json');
    expect(status).toBe(400);
    expect(body['faultstring']).toContain('field/attribute input');
  });

  it('refuses XML before anything else', async () => {
    const { status, body } = await api.call('GET', '/v2/workflows', {
      headers: { 'content-type': 'application/soap+xml' },
    });
    expect([status, body['faultstring']]).toEqual([415, 'XML request bodies are not supported.']);
  });

  it('refuses to answer anything but JSON', async () => {
    expect((await api.get('/v2/workflows', { accept: 'text/html' })).status).toBe(406);
    expect((await api.get('/v2/workflows', { accept: 'text/html, */*;q=0.8' })).status).toBe(200);
  });

  it.each(['text/plain', 'application/json', 'application/x-www-form-urlencoded', 'application/octet-stream'])(
    'takes YAML as %s',
    async (type) => {
      const text = "version: '2.0'\nw: {tasks: {t: {action: std.noop}}}\n";
      const headers = { 'content-type': type };
      expect((await api.call('POST', '/v2/workflows/validate', { text, headers })).body).toEqual({ valid: true });
    },
  );

  it('takes a definition of several megabytes', async () => {
    const text = `version: '2.0'\nw:\n  description: ${'x'.repeat(5_000_000)}\n  tasks: {t: {action: std.noop}}\n`;
    expect((await api.upload('/v2/workflows/validate', text)).body).toEqual({ valid: true });
  });

  it('puts only the sentence into errors where YAML is sent', async () => {
    const { status, body, headers } = await api.upload('/v2/workflows', 'version: 3');
    expect(status).toBe(400);
    expect(Object.keys(body)).toEqual(['faultstring']);
    expect(headers['content-type']).toBe('application/json;charset=utf-8');
  });
});
