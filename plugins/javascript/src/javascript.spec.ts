import { describe, expect, it } from '@jest/globals';
import { type ActionDefinition, type ActionLogger, success, testAction } from '@tramontane/plugin-sdk';
import pack from './index.js';

const [javascript, js] = pack.createActions({ JAVASCRIPT_CPU_SECONDS: '1', JAVASCRIPT_THREADS: '1' });
const action = javascript as ActionDefinition;

function run(script: string, context: unknown = null) {
  return testAction(action, { script, context });
}

describe('std.javascript', () => {
  it('is also called std.js', () => {
    expect([action.name, js?.name]).toEqual(['std.javascript', 'std.js']);
  });

  it.each([
    ['return 1 + 1', null, 2],
    ['return $', { a: ['ü', 1.5, null] }, { a: ['ü', 1.5, null] }],
    ['return $.reduce((sum, n) => sum + n, 0)', [1, 2, 3], 6],
    ['const twice = (n) => n * 2;\nreturn [$.a, twice($.a)]', { a: 2 }, [2, 4]],
    ['1', null, null],
    ['', null, null],
    ['return [undefined, NaN, () => 1, new Date(0)]', null, [null, null, null, '1970-01-01T00:00:00.000Z']],
    ['return Promise.resolve($).then((n) => n + 1)', 1, 2],
    ['return (async () => { await null; return 3 })()', null, 3],
  ])('%j with %j gives %j', async (script, context, result) => {
    expect(await run(script, context)).toEqual(success(result));
  });

  it('writes what the script logs', async () => {
    const lines: unknown[] = [];
    const line = (level: string) => (message: string) => void lines.push([level, message]);
    const logger = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
    const script = `console.log('a', { b: 1 }); console.warn('c')`;
    await testAction(action, { script }, { logger: logger satisfies ActionLogger });

    expect(lines).toEqual([
      ['info', 'a {"b":1}'],
      ['warn', 'c'],
    ]);
  });

  it.each([
    ['throw new Error("no")', 'Error: no (line 1)'],
    ['\n\nreturn $.a.b', "TypeError: cannot read property 'a' of null (line 3)"],
    ['throw "no"', 'no'],
    ['throw { code: 7 }', '{"code":7}'],
    ['let a;\nlet b = ;', "SyntaxError: unexpected token in expression: ';' (line 2)"],
    ['}; return 1; {', "SyntaxError: expecting ')' (line 1)"],
    ['return 10n', 'TypeError: Do not know how to serialize a BigInt'],
    ['return new Promise(() => {})', 'it waits for a promise that nothing will settle'],
    ['return "x".repeat(5_000_000)', 'the result is larger than 4194304 characters'],
  ])('%j fails and says why', async (script, reason) => {
    await expect(run(script)).rejects.toThrow(`JavaScriptAction failed: ${reason}`);
  });

  it('wants a text', async () => {
    await expect(testAction(action, { script: 1 })).rejects.toThrow('script must be a text, got integer');
  });
});

const OVER = 'the limit of 1 s of computing is over';

describe('code that wants too much is ended, and the next script runs', () => {
  it.each([
    ['an endless loop', 'for (;;);', OVER],
    ['a loop that does not let go', 'try { for (;;); } finally { for (;;); }', OVER],
    ['an endless chain of promises', 'return (async () => { for (;;) await 1 })()', OVER],
    ['a loop in the conversion of its result', 'return { toJSON() { for (;;); } }', OVER],
    ['a slow pattern', 'return /(x+x+)+y/.test("x".repeat(40))', OVER],
    ['a memory bomb', 'const a = []; for (;;) a.push("x".repeat(100_000) + a.length)', 'InternalError: out of memory'],
    ['a text that is too large', 'return "x".repeat(1e9)', 'InternalError: out of memory'],
    ['an array that is too large', 'return new Array(4e9).fill(0)', 'InternalError: out of memory'],
    ['a recursion', 'return (function f() { return f() + 1 })()', 'InternalError: stack overflow'],
    ['a recursion of getters', 'const o = { get x() { return this.x } }; return o.x', 'InternalError: stack overflow'],
    [
      'a deep structure',
      'let a = []; for (let i = 0; i < 100_000; i++) a = [a]; return JSON.stringify(a)',
      'InternalError: ',
    ],
    ['a deep source', 'return eval("(".repeat(100_000))', 'Error: '],
  ])('%s', async (_what, script, reason) => {
    await expect(run(script)).rejects.toThrow(reason);
    expect(await run('return $ + 1', 1)).toEqual(success(2));
  });

  it('at once when the action is stopped', async () => {
    const running = testAction(
      action,
      { script: 'for (;;);' },
      { signal: AbortSignal.timeout(100), deadlineAt: Date.now() + 60_000 },
    );

    await expect(running).rejects.toThrow();
    expect(await run('return 1')).toEqual(success(1));
  });

  it('may compute until the timeout of its task', async () => {
    const script = 'const end = Date.now() + 1_500; while (Date.now() < end); return 1';

    expect(await testAction(action, { script }, { deadlineAt: Date.now() + 60_000 })).toEqual(success(1));
  });

  it('computes no longer than the operator allows, whatever the timeout of its task', async () => {
    const [limited] = pack.createActions({ JAVASCRIPT_MAX_SECONDS: '1' });

    await expect(
      testAction(limited as ActionDefinition, { script: 'for (;;);' }, { deadlineAt: Date.now() + 3_600_000 }),
    ).rejects.toThrow('the limit of 1 s of computing is over');
  });
});

describe('nothing of the host can be reached', () => {
  it.each([
    ['typeof process'],
    ['typeof require'],
    ['typeof module'],
    ['typeof fetch'],
    ['typeof WebAssembly'],
    ['typeof postMessage'],
    ['typeof setTimeout'],
    ['this.constructor.constructor("return typeof process")()'],
    ['(() => {}).constructor("return typeof process")()'],
    ['(async () => {}).constructor("return typeof process")()'],
    ['globalThis.constructor.constructor("return typeof globalThis.process")()'],
    ['Reflect.construct(Function, ["return typeof process"])()'],
    ['console.log.constructor("return typeof process")()'],
    ['(0, eval)("typeof process")'],
  ])('%s', async (expression) => {
    expect(await run(`return ${expression}`)).toEqual(success('undefined'));
  });

  it('not even modules', async () => {
    await expect(run('return import("node:fs")')).rejects.toThrow('can not import "node:fs"');
    await expect(run('return import("./worker.js")')).rejects.toThrow('can not import "./worker.js"');
  });

  it('nor the answers, by changing what the sandbox itself uses', async () => {
    const script = `
      Array.prototype.push = function () { this[0] = { level: 'constructor', text: 1 } };
      String.prototype.slice = () => { throw 1 };
      JSON.stringify = () => 'forged'; Promise.prototype.then = null;
      Object.prototype.level = 'x'; Object.prototype.toJSON = undefined;
      try { console.log('a') } catch {}
      return $`;

    expect(await run(script, [1])).toEqual(success([1]));
  });
});
