import { describe, expect, it } from '@jest/globals';

import { lint, type LanguageOptions } from '../index.js';

const options: LanguageOptions = { validateExpression: () => undefined };

/** Findings as `rule line:column message`; the tasks begin in line 4, column 5. */
function findings(tasks: string, head = ''): readonly string[] {
  return inText(`version: '2.0'\nwf:\n${head}  tasks:\n${tasks.replace(/^/gm, '    ')}\n`);
}

function inText(text: string): readonly string[] {
  return lint(text, options).map(({ rule, line, column, message }) => `${rule} ${line}:${column} ${message}`);
}

it('finds nothing wrong in a sound workflow', () => {
  const tasks = `a:
  action: std.echo output=<% $.seed %>
  publish: {x: <% task().result %>}
  on-success: [b, {c: <% $.x > 1 %>}]
  on-error: [cleanup, fail msg="no luck"]
b: {action: std.noop, on-complete: j}
c: {action: std.echo, input: {output: '{{ _.x }}'}, on-complete: j}
j: {join: 1, action: std.echo output=<% $.x %>, on-success: {poll: <% $.x < 5 %>}}
poll: {action: std.noop, on-success: [{poll: <% $.x > 3 %>}]}
cleanup: {action: std.noop}`;

  expect(findings(tasks, '  input: [seed]\n  output: {x: <% $.x %>}\n')).toEqual([]);
});

it('passes on why a definition is refused', () => {
  expect(findings('a: {on-success: zz}')).toEqual(["invalid 4:9 Task 'zz' not found."]);
  expect(inText('a: [')[0]).toContain('invalid 1:5 Definition could not be parsed: ');
});

it('finds a key that stands twice', () => {
  expect(findings('a: {action: x}\nb: {action: y}\na: {action: z}')).toEqual([
    "duplicate-key 6:5 the key 'a' stands here again: only the last value counts",
  ]);
});

describe('one-line calls', () => {
  it.each([
    ['std.echo output=1.5', '.5'],
    ['std.echo output=-3', 'output=-3'],
    ['std.echo output=abc', 'output=abc'],
    ['std.http url=http://h?a=1', 'url=http://h?'],
    ['std.echo output= "x"', 'output= "x"'],
    ['std.echo output=trueish', 'ish'],
    ['std.echo output={{ {"a":{"b":1}} }}', '}}'],
  ])('drop a part of %s', (call, dropped) => {
    const text = `version: '2.0'\nwf:\n  tasks:\n    a:\n      action: '${call}'\n`;

    expect(lint(text, options)).toMatchObject([
      {
        rule: 'dropped-literal',
        line: 5,
        column: 16 + call.indexOf(dropped),
        path: ['wf', 'tasks', 'a', 'action'],
      },
    ]);
  });

  it('take two lists for one text', () => {
    expect(findings("a: {action: 'std.x a=[1] b=[2]'}")[0]).toContain("dropped-literal 4:24 'a' takes all");
  });

  it('are fine with quotes, expressions and commands', () => {
    expect(
      findings(
        `a:\n  action: std.x a="b c" d=<% 1 + 2 %> e=[1, 2]\n  on-success: "fail(msg='a b')"\n  on-error: fail msg='x'`,
      ),
    ).toEqual([]);
  });

  it('win over input', () => {
    expect(findings('a: {action: std.x y=1, input: {y: 2}}')).toEqual([
      "input-overridden 4:36 'y' is also written behind the name, and that value is used instead of this one",
    ]);
  });
});

describe('variables', () => {
  it('that nothing publishes', () => {
    expect(
      findings('a: {action: std.echo output=<% $.typo %>}\nb: {action: std.echo, input: {output: "{{ _.typo }}"}}'),
    ).toEqual([
      "unknown-variable 4:38 task 'a' uses the variable 'typo', but nothing publishes it",
      "unknown-variable 5:49 task 'b' uses the variable 'typo', but nothing publishes it",
    ]);
  });

  it('that only a later or a parallel task publishes', () => {
    expect(
      findings(
        'a: {action: std.echo output=<% $.x %>, on-success: b}\nb: {action: std.noop, publish: {x: 1}}\nc: {action: std.echo output=<% $.x %>}',
      ),
    ).toEqual([
      "unknown-variable 4:38 task 'a' uses the variable 'x', but only 'b' publishes it, which can't run before",
      "unknown-variable 6:38 task 'c' uses the variable 'x', but only 'b' publishes it, which can't run before",
    ]);
  });

  it('that the task itself publishes are seen by its guards, not by its publish', () => {
    const found = findings(
      'a: {action: std.noop, publish: {x: 1, y: <% $.x %>}, on-success: [{b: <% $.x %>}]}\nb: {action: std.noop}',
    );

    expect(found).toEqual([
      "unknown-variable 4:51 task 'a' uses the variable 'x', but only 'a' publishes it, which can't run before",
    ]);
  });

  it.each([
    '<% $.get(x) %>',
    '<% $.v.where($.name = 1).select($.other) %>',
    '<% $.v[$.name > 1] %>',
    '<% env().key + $.v.len() %>',
    '<% "$.text" + $.v %>',
    "{{ _.nope | default('x') }}",
    "{{ 'yes' if _.nope is defined else 'no' }}",
    '{{ _.items() }}',
    '<% $.openstack.project_id %>',
    '<% let(a => 1) -> $.b %>',
  ])('are not sure to be needed in %s', (expression) => {
    expect(
      findings(`a: {action: std.echo, input: {output: '${expression.replaceAll("'", "''")}'}}`, '  vars: {v: []}\n'),
    ).toEqual([]);
  });

  it('of with-items and globals are known', () => {
    const tasks = `a: {with-items: 'i in [1, 2]', action: std.echo output=<% $.i %>}
b: {action: std.noop, on-success: {publish: {global: {g: 1}}}}
c: {action: std.echo output=<% $.g %>}`;

    expect(findings(tasks)).toEqual([]);
  });

  it('of a reverse workflow come from what a task requires', () => {
    const tasks =
      'a: {action: std.noop, publish: {x: 1}}\nb: {requires: a, action: std.echo output=<% $.x %>}\nc: {action: std.echo output=<% $.x %>}';

    expect(findings(tasks, '  type: reverse\n')).toEqual([
      "unknown-variable 7:38 task 'c' uses the variable 'x', but only 'a' publishes it, which can't run before",
    ]);
  });
});

describe('tasks', () => {
  it('that are in a circle nothing leads to', () => {
    expect(
      findings(
        'a: {action: x}\nb: {action: x, on-success: [{c: <% true %>}]}\nc: {action: x, on-success: [{b: <% true %>}]}',
      ),
    ).toEqual([
      "unreachable-task 5:5 task 'b' is never reached: only 'c' leads to it",
      "unreachable-task 6:5 task 'c' is never reached: only 'b' leads to it",
    ]);
  });

  it('behind a command that ends the workflow', () => {
    expect(findings('a: {action: x, on-success: [fail, b]}\nb: {action: x}')).toEqual([
      "unreachable-task 4:39 'b' never runs here: 'fail' before it ends the workflow",
      "unreachable-task 5:5 task 'b' is never reached: only 'a' leads to it",
    ]);
  });

  it('named like a command', () => {
    expect(findings('a: {action: x, on-success: pause}\npause: {action: y}')).toEqual([
      "hidden-task 5:5 the target 'pause' runs the command of that name, never this task: rename the task",
    ]);
  });
});

describe('joins', () => {
  it('of branches of which only one is taken', () => {
    const tasks =
      'a: {action: x, on-success: b, on-error: c}\nb: {action: x, on-success: j}\nc: {action: x, on-success: j}\nj: {join: all, action: x}';

    expect(findings(tasks)).toEqual([
      "join-never-fires 7:9 the join of 'j' can never fire: no end of task 'a' leads to all that it waits for",
    ]);
    expect(findings(tasks.replace('join: all', 'join: one'))).toEqual([]);
  });

  it('of a task that is never reached', () => {
    const tasks =
      'a: {action: x, on-success: j}\nb: {action: x, on-success: [{c: <% 1 %>}]}\nc: {action: x, on-success: [{b: <% 1 %>}, j]}\nj: {join: all, action: x}';

    expect(findings(tasks).filter((line) => line.startsWith('join'))).toEqual([
      "join-never-fires 7:9 the join of 'j' can never fire: 'c' can never trigger it",
    ]);
  });

  it('of a branch that comes round again may fire', () => {
    const tasks =
      's: {action: x, on-success: a}\na: {action: x, on-success: j, on-error: [{a: <% $.n < 3 %>}, b]}\nb: {action: x, on-success: j}\nj: {join: all, action: x}';

    expect(findings(tasks, '  vars: {n: 1}\n')).toEqual([]);
  });
});

describe('circles', () => {
  it('without a guard never end', () => {
    expect(
      findings('s: {action: x, on-success: a}\na: {action: x, on-success: b}\nb: {action: x, on-success: a}'),
    ).toEqual(["endless-loop 6:20 the tasks 'a' and 'b' lead in a circle without a guard and never end"]);
  });

  it('over on-error repeat as long as the error does', () => {
    expect(findings('s: {action: x, on-success: a}\na: {action: x, on-error: a}')).toEqual([
      "endless-retry 5:20 task 'a' leads back to itself after each error without a guard: use 'retry', or it goes on as long as the error does",
    ]);
  });
});

describe('errors', () => {
  it('that no guard may take', () => {
    expect(findings('a: {action: x, on-error: [{b: <% 1 %>}]}\nb: {action: x}')).toEqual([
      "unhandled-error 4:20 an error of 'a' stays unhandled when no guard of its on-error holds: add a target without a guard",
    ]);
  });

  it('that on-complete seems to handle', () => {
    const tasks = 'a: {action: x, on-complete: b}\nb: {action: x, on-success: c}\nc: {action: x}';

    expect(findings(tasks)[0]).toContain(
      "unhandled-error 4:20 on-complete of 'a' goes on after an error but does not handle it",
    );
    expect(findings('a: {action: x, on-complete: b}\nb: {action: x}')).toEqual([]);
  });
});

describe('names that are published twice', () => {
  it.each([
    [
      'publish: {x: 1}, on-complete: {publish: {branch: {x: 2}}}',
      "'x' is also published by on-complete of 'a', and that value wins",
    ],
    [
      'publish: {x: 1}, on-success: {publish: {branch: {x: 2}}}',
      "'x' is also published by publish of 'a', and that value wins",
    ],
    [
      'publish-on-error: {x: 1}, on-error: {publish: {branch: {x: 2}}}',
      "'x' is also published by publish-on-error of 'a'",
    ],
    [
      'publish-on-skip: {x: 1}, on-skip: {publish: {branch: {x: 2}}}',
      "'x' is also published by publish-on-skip of 'a'",
    ],
    [
      'on-error: {publish: {global: {x: 1}}}, on-complete: {publish: {global: {x: 2}}}',
      "'x' is also published by on-complete of 'a'",
    ],
  ])('%s', (written, message) => {
    expect(findings(`a: {action: x, ${written}}`).filter((text) => text.startsWith('published-twice'))).toEqual([
      expect.stringContaining(message),
    ]);
  });

  it('not where they never meet', () => {
    const written =
      'publish: {x: 1}, publish-on-error: {x: 2}, publish-on-skip: {x: 3}, on-success: {publish: {global: {x: 4}}}';
    expect(findings(`a: {action: x, ${written}}`)).toEqual([]);
  });

  it('at the value that is lost', () => {
    expect(findings('a: {action: x, publish: {x: 1}, on-complete: {publish: {branch: {x: 2}}}}')).toEqual([
      expect.stringContaining('published-twice 4:30 '),
    ]);
  });
});

it('finds expressions over several lines', () => {
  expect(findings('a:\n  action: std.echo\n  input:\n    output: |\n      <% 1 +\n      2 %>')[0]).toContain(
    'text-not-expression 7:9 ',
  );
});

it('looks into workbooks and actions', () => {
  expect(
    inText("version: '2.0'\nname: b\nactions:\n  a: {base: std.echo output=1.5, base-input: {output: 2}}\n"),
  ).toEqual([
    expect.stringContaining("dropped-literal 4:30 '.5' is dropped"),
    expect.stringContaining('input-overridden 4:47'),
  ]);
  expect(inText("version: '2.0'\na: {base: std.echo output=x}\n")).toEqual([
    expect.stringContaining('dropped-literal 2:20'),
  ]);
});
