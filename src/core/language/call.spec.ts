import { describe, expect, it } from '@jest/globals';

import type { Json } from '../shared/index.js';
import { parseCall } from './call.js';

describe('one-line calls', () => {
  it.each<[string, string, Record<string, Json>]>([
    ['std.noop', 'std.noop', {}],
    ['std.echo output=1', 'std.echo', { output: 1 }],
    ['std.echo output="a b" n=3', 'std.echo', { output: 'a b', n: 3 }],
    ["fail msg='<% $.x %>'", 'fail', { msg: '<% $.x %>' }],
    ['fail(msg=x)', 'fail(msg=x)', {}],
    ["fail(msg='a b')", 'fail', { msg: 'a b' }],
    ['a b=<% $.x + 1 %> c={{ _.y }}', 'a', { b: '<% $.x + 1 %>', c: '{{ _.y }}' }],
    ['<% $.name %> x=1', '<% $.name %>', { x: 1 }],
    ['{{ _.name }} x={{ _.y }} z=1', '{{ _.name }}', { x: '{{ _.y }}', z: 1 }],
    ['{{ _.k }}-x', '{{ _.k }}-x', {}],
    ['{{ _.k }}-x a=1', '{{ _.k }}-x', { a: 1 }],
    ['<% $.a %>-<% $.b %> c=<% $.c %>', '<% $.a %>-<% $.b %>', { c: '<% $.c %>' }],
    ['book.<% $.a %>_b c=1', 'book.<% $.a %>_b', { c: 1 }],
    [
      'acme.{{ _.a }}.{{ _.b }} c={{ _.c }} d={{ _.d }}',
      'acme.{{ _.a }}.{{ _.b }}',
      { c: '{{ _.c }}', d: '{{ _.d }}' },
    ],
    ['<% f(x=[1]) %> z=[3]', '<% f(x=[1]) %>', { z: [3] }],
    ['<% f(x=1, y => 2) %> z=3', '<% f(x=1, y => 2) %>', { z: 3 }],
    ["{{ {'a': {'b': 'x }}'}}.a.b }} c=1", "{{ {'a': {'b': 'x }}'}}.a.b }}", { c: 1 }],
    ['{{ { }} a=1', '{{ { }}', { a: 1 }],
    [
      '{% if _.big %}std.echo{% else %}std.noop{% endif %} output=1',
      '{% if _.big %}std.echo{% else %}std.noop{% endif %}',
      { output: 1 },
    ],
    ['{% if _.big %} a {% endif %}b c=1', '{% if _.big %} a {% endif %}b', { c: 1 }],
    [
      '{%- set x = _.y -%}{{ x }} a="{% if 1 %}b{% endif %}"',
      '{%- set x = _.y -%}{{ x }}',
      { a: '{% if 1 %}b{% endif %}' },
    ],
    ['a<% $.x b=1', 'a<%', { b: 1 }],
    ['a d=1.5', 'a', { d: 1 }],
    ['a d=-3 x=abc e={a:1} o= "x"', 'a', {}],
    ['a url=http://h?a=1', 'a', { a: 1 }],
    ['a k=007', 'a', { k: '007' }],
    ['a t=trueish f=false n=null', 'a', { t: true, f: false, n: null }],
    ['a x=[1,2] y=[3]', 'a', { x: '[1,2] y=[3]' }],
    ['a l=["Hi", "Joe"]', 'a', { l: ['Hi', 'Joe'] }],
    ['a o={{ {"a":{"b":1}} }}', 'a', { o: '{{ {"a":{"b":1}}' }],
    ['a o="say \\"hi\\""', 'a', { o: 'say \\' }],
    ['a my-key=1 my-key=2', 'a', { 'my-key': 2 }],
  ])('%s', (text, name, params) => {
    expect(parseCall(text)).toEqual({ name, params });
  });

  it('refuses a text that begins with neither a name nor an expression', () => {
    for (const text of ['=a b', '-a b', '{{ _.a b', '<% a\n%> b', ' a b'])
      expect(() => parseCall(text)).toThrow(`Invalid action/workflow task property: ${text}`);
  });

  it.each(['<%', '{{', '{%', '<% a %>', '{{ a }}', '{{ { }}', '{{ " }}', '<%{{', '{% if a %} '])(
    'read a name of 50,000 times %j in linear time',
    (piece) => {
      expect(() => parseCall(`a${piece.repeat(50_000)} b`)).not.toThrow();
    },
  );
});
