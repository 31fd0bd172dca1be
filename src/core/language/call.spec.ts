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
    ['{{ _.name }} x={{ _.y }} z=1', '{{ _.name }} x={{ _.y }}', { x: '{{ _.y }}', z: 1 }],
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
    expect(() => parseCall('=a b')).toThrow('Invalid action/workflow task property: =a b');
  });
});
