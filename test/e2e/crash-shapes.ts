import { isDeepStrictEqual } from 'node:util';

/** A workflow that ends with a known output, however often the service dies meanwhile. */
export interface Shape {
  /** Also the name of its workflow. */
  readonly name: string;
  /** Below `version: '2.0'`. */
  readonly yaml: string;
  /** Output for an input `n`; a value that an action may have failed to give is wrapped in `maybe`. */
  readonly output: (n: number) => Readonly<Record<string, unknown>>;
}

/** What a workflow publishes in place of the result of an action whose executor died, when that may not run again. */
export const LOST = 'lost';

class Maybe {
  constructor(readonly value: unknown) {}
}

/** Whether the output of an execution is right. */
export function isRight(output: unknown, expected: Readonly<Record<string, unknown>>): boolean {
  if (typeof output !== 'object' || output === null) return false;
  const values = new Map(Object.entries(output));
  const isRightValue = ([name, wanted]: [string, unknown]): boolean => {
    if (!(wanted instanceof Maybe)) return isDeepStrictEqual(values.get(name), wanted);
    return values.get(name) === LOST || isDeepStrictEqual(values.get(name), wanted.value);
  };
  return Object.entries(expected).every(isRightValue) && values.size === Object.keys(expected).length;
}

const maybe = (value: unknown): Maybe => new Maybe(value);

const CHAIN: Shape = {
  name: 'chain',
  output: (n) => ({ a: maybe(n), b: maybe(n + 1), c: maybe(n + 2) }),
  yaml: `
chain:
  input: [n]
  output: {a: <% $.a %>, b: <% $.b %>, c: <% $.c %>}
  tasks:
    a:
      action: probe.work
      input: {label: once, ms: 100, result: <% $.n %>}
      publish: {a: <% task().result %>}
      publish-on-error: {a: ${LOST}}
      on-success: b
      on-error: b
    b:
      action: probe.work
      input: {label: once, ms: 100, result: <% $.n + 1 %>}
      publish: {b: <% task().result %>}
      publish-on-error: {b: ${LOST}}
      on-success: c
      on-error: c
    c:
      action: probe.work
      input: {label: once, ms: 100, result: <% $.n + 2 %>}
      publish: {c: <% task().result %>}
      publish-on-error: {c: ${LOST}}
      on-error: noop
`,
};

const FAN: Shape = {
  name: 'fan',
  output: (n) => ({ sum: 4 * n, after: true }),
  yaml: `
fan:
  input: [n]
  output: {sum: <% $.w1 + $.w2 + $.w3 + $.w4 %>, after: <% $.after %>}
  task-defaults: {safe-rerun: true}
  tasks:
    begin: {action: std.noop, on-success: [w1, w2, w3, w4]}
${[1, 2, 3, 4]
  .map(
    (i) => `    w${i}:
      action: probe.work
      input: {label: again, ms: ${i * 80}, result: <% $.n %>}
      publish: {w${i}: <% task().result %>}
      on-success: end`,
  )
  .join('\n')}
    end: {join: all, action: std.noop, publish: {after: true}}
`,
};

const ITEMS: Shape = {
  name: 'items',
  output: (n) => ({ list: [0, 1, 2, 3, 4, 5].map((i) => n + i) }),
  yaml: `
items:
  input: [n]
  output: {list: <% $.list %>}
  tasks:
    all:
      with-items: i in <% [0, 1, 2, 3, 4, 5] %>
      concurrency: 2
      action: probe.work
      input: {label: again, ms: 120, result: <% $.n + $.i %>}
      safe-rerun: true
      publish: {list: <% task().result %>}
`,
};

const ITEMS_ONCE: Shape = {
  name: 'items_once',
  output: (n) => ({ list: maybe([n, n + 1, n + 2]) }),
  yaml: `
items_once:
  input: [n]
  output: {list: <% $.list %>}
  tasks:
    all:
      with-items: i in <% [0, 1, 2] %>
      action: probe.work
      input: {label: once, ms: 150, result: <% $.n + $.i %>}
      publish: {list: <% task().result %>}
      publish-on-error: {list: ${LOST}}
      on-error: noop
`,
};

const RETRY: Shape = {
  name: 'retry',
  output: (n) => ({ r: n }),
  yaml: `
retry:
  input: [n]
  output: {r: <% $.r %>}
  tasks:
    stubborn:
      action: probe.work
      input: {label: <% "retry-" + str($.n) %>, failures: 2, ms: 50, result: <% $.n %>}
      retry: {count: 60, delay: 1}
      publish: {r: <% task().result %>}
`,
};

const WAITS: Shape = {
  name: 'waits',
  output: (n) => ({ r: n, then: n }),
  yaml: `
waits:
  input: [n]
  output: {r: <% $.r %>, then: <% $.then %>}
  tasks:
    slow:
      action: std.echo output=<% $.n %>
      wait-before: 1
      wait-after: 1
      publish: {r: <% task().result %>}
      on-success: after
    after: {action: std.echo output=<% $.r %>, publish: {then: <% task().result %>}}
`,
};

const SUB: Shape = {
  name: 'sub',
  output: (n) => ({ r: n, many: [n + 1, n + 2, n + 3] }),
  yaml: `
sub:
  input: [n]
  output: {r: <% $.r %>, many: <% $.many %>}
  tasks:
    one:
      workflow: sub_leaf
      input: {n: <% $.n %>}
      publish: {r: <% task().result.r %>}
      on-success: many
    many:
      with-items: i in <% [1, 2, 3] %>
      workflow: sub_middle
      input: {n: <% $.n + $.i %>}
      publish: {many: <% task().result.select($.r) %>}
sub_middle:
  input: [n]
  output: {r: <% $.r %>}
  tasks:
    leaf: {workflow: sub_leaf, input: {n: <% $.n %>}, publish: {r: <% task().result.r %>}}
sub_leaf:
  input: [n]
  output: {r: <% $.r %>}
  tasks:
    work:
      action: probe.work
      input: {label: again, ms: 100, result: <% $.n %>}
      safe-rerun: true
      publish: {r: <% task().result %>}
`,
};

const SLEEPS: Shape = {
  name: 'sleeps',
  output: (n) => ({ r: n, slept: maybe(true) }),
  yaml: `
sleeps:
  input: [n]
  output: {r: <% $.r %>, slept: <% $.slept %>}
  tasks:
    safe: {action: std.sleep seconds=1, safe-rerun: true, on-success: echo}
    echo:
      action: std.echo
      input: {output: <% $.n %>, delay: 1}
      safe-rerun: true
      publish: {r: <% task().result %>}
      on-success: once
    once:
      action: std.sleep seconds=1
      publish: {slept: true}
      publish-on-error: {slept: ${LOST}}
      on-error: noop
`,
};

/** Whoever runs it completes the asynchronous action with `{answer: done}`. */
const OUTSIDE: Shape = {
  name: 'outside',
  output: () => ({ r: 'done', then: 'done' }),
  yaml: `
outside:
  input: [n]
  output: {r: <% $.r %>, then: <% $.then %>}
  tasks:
    ask: {action: std.async_noop, publish: {r: <% task().result.answer %>}, on-success: after}
    after: {action: std.echo output=<% $.r %>, publish: {then: <% task().result %>}}
`,
};

const TIMEOUT: Shape = {
  name: 'timeout',
  output: () => ({ r: 'late' }),
  yaml: `
timeout:
  input: [n]
  output: {r: <% $.r %>}
  tasks:
    endless:
      action: probe.work
      input: {label: once, ms: 60000}
      timeout: 1
      publish-on-error: {r: late}
      on-error: noop
`,
};

const PURE: Shape = {
  name: 'pure',
  output: (n) => ({ count: 60, last: n }),
  yaml: `
pure:
  input: [n]
  output: {count: <% $.count %>, last: <% $.last %>}
  tasks:
    many:
      with-items: i in <% range(60).toList() %>
      action: std.echo output=<% $.i %>
      publish: {count: <% task().result.len() %>}
      on-success: [left, right]
    left: {action: std.noop, on-success: end}
    right: {action: std.noop, on-success: end}
    end: {join: all, action: std.echo output=<% $.n %>, publish: {last: <% task().result %>}}
`,
};

export const SHAPES: readonly Shape[] = [
  CHAIN,
  FAN,
  ITEMS,
  ITEMS_ONCE,
  RETRY,
  WAITS,
  SUB,
  SLEEPS,
  OUTSIDE,
  TIMEOUT,
  PURE,
];

/** Body of POST /v2/workflows with all of them. */
export const DEFINITIONS = `version: '2.0'\n${SHAPES.map(({ yaml }) => yaml).join('')}`;
