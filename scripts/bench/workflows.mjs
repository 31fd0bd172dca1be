const lines = (count, line) => Array.from({ length: count }, (_, i) => line(i + 1)).join('');

export const NOOP = `version: '2.0'
bench_noop:
  tasks:
    t1: {action: std.noop}
`;

export const chain = (n, hasInput = false) => `version: '2.0'
bench_chain_${n}${hasInput ? '_input' : ''}:
${hasInput ? '  input: [data]\n' : ''}  tasks:
${lines(n, (i) => `    t${i}: {action: std.noop${i < n ? `, on-success: t${i + 1}` : ''}}\n`)}`;

export const fan = (n) => `version: '2.0'
bench_fan_${n}:
  tasks:
${lines(n, (i) => `    p${i}: {action: std.noop, on-success: j}\n`)}    j: {join: all, action: std.noop}
`;

/** Joins `width` wide, `depth` layers deep: each task of a layer is a join of all tasks of the layer before. */
export const layers = (width, depth) => `version: '2.0'
bench_layers:
  tasks:
${lines(depth, (layer) =>
  lines(width, (i) => {
    const next =
      layer < depth
        ? `, on-success: [${Array.from({ length: width }, (_, k) => `l${layer + 1}_${k + 1}`).join(', ')}]`
        : '';
    return `    l${layer}_${i}: {action: std.noop${layer > 1 ? ', join: all' : ''}${next}}\n`;
  }),
)}`;

export const ITEMS = `version: '2.0'
bench_items:
  input: [items]
  output: {n: <% $.n %>}
  tasks:
    t1:
      with-items: i in <% $.items %>
      action: std.echo output=<% $.i %>
      publish: {n: <% task().result.len() %>}
`;

const three = (name, action) => `version: '2.0'
${name}:
  input: [n]
  output: {r: <% $.c %>}
  tasks:
    a: {action: ${action('$.n')}, publish: {a: ${name.includes('echo') ? '<% task().result %>' : '<% $.n %>'}}, on-success: b}
    b: {action: ${action('$.a + 1')}, publish: {b: ${name.includes('echo') ? '<% task().result %>' : '<% $.a + 1 %>'}}, on-success: c}
    c: {action: ${action('$.b + 1')}, publish: {c: ${name.includes('echo') ? '<% task().result %>' : '<% $.b + 1 %>'}}}
`;
export const ECHO3 = three('bench_echo3', (value) => `std.echo output=<% ${value} %>`);
export const SLEEP3 = three('bench_sleep3', () => 'std.sleep seconds=0');

export const SUBS = `version: '2.0'
bench_subs:
  input: [items]
  output: {n: <% $.n %>}
  tasks:
    t1:
      with-items: i in <% $.items %>
      workflow: bench_sub n=<% $.i %>
      publish: {n: <% task().result.len() %>}
bench_sub:
  input: [n]
  output: {r: <% $.r %>}
  tasks:
    s1:
      action: std.echo output=<% $.n %>
      publish: {r: <% task().result %>}
`;

/** 100 branches that each publish ten variables of their own, met by one join. */
export const WIDE = `version: '2.0'
bench_wide:
  tasks:
${lines(100, (i) => `    w${i}: {action: std.noop, on-success: j, publish: {${Array.from({ length: 10 }, (_, k) => `v${i}_${k}: ${k}`).join(', ')}}}\n`)}    j: {join: all, action: std.noop, publish: {n: <% $.keys().len() %>}}
`;

/** Workflows that each start the next one and publish its result. */
export const nested = (depth) => `version: '2.0'
${lines(depth - 1, (i) => `bench_nested_${i}:\n  output: {r: <% $.r %>}\n  tasks:\n    t: {workflow: bench_nested_${i + 1}, publish: {r: <% task().result.r %>}}\n`)}bench_nested_${depth}:
  output: {r: 1}
  tasks:
    t: {action: std.noop}
`;
