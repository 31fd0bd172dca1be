import { describe, expect, it } from '@jest/globals';

import { JsonReading, JsonSyntaxError, parseJson, PyDict, PyFloat, stringifyJson } from './index.js';

describe('parseJson', () => {
  it.each([
    ['4.0', new PyFloat(4)],
    ['1e3', new PyFloat(1000)],
    ['[1.5, -2.25e0]', [1.5, -2.25]],
    ['1e400', Infinity],
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-123456789012345678901234567890', -123456789012345678901234567890n],
    ['-0', 0],
    [' {"a": [1, "x", null, true, false]} ', { a: [1, 'x', null, true, false] }],
    ['{"v": "2.0", "n": 4.0}', { v: '2.0', n: new PyFloat(4) }],
    ['"\\u0041\\ud83d\\ude00\\n"', 'A😀\n'],
    ['{"a": 1.0, "a": 2}', { a: 2 }],
    ['{}', {}],
    ['[ ]', []],
  ])('reads %s without loss', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  it('keeps the order of keys that look like array indexes', () => {
    const dict = parseJson('{"b": 1, "2": 2, "1": 3}');
    expect(dict).toBeInstanceOf(PyDict);
    expect(stringifyJson(dict)).toBe('{"b":1,"2":2,"1":3}');
    expect(parseJson('{"1": 2, "2": 3, "b": 1}')).toEqual({ 1: 2, 2: 3, b: 1 });
  });

  it('keeps a key named __proto__ away from prototypes', () => {
    const dict = parseJson('{"__proto__": {"x": 1}}');
    expect(stringifyJson(dict)).toBe('{"__proto__":{"x":1}}');
    expect(parseJson('{"\\u005f_proto__": 1}')).toBeInstanceOf(PyDict);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('takes NaN and infinities only when asked', () => {
    expect(parseJson('[NaN, Infinity, -Infinity]', { allowNaN: true })).toEqual([NaN, Infinity, -Infinity]);
    expect(() => parseJson('NaN')).toThrow(JsonSyntaxError);
  });

  it('reads the same in pieces', () => {
    const text = '{"list": [4.0, "a\\n\\u00e9", {"2": [], "1": {}, "x": -12345678901234567890}], "n": 1e3, "t": true}';
    const reading = new JsonReading(text);
    let pieces = 1;
    while (!reading.advance(3)) pieces++;

    expect(pieces).toBeGreaterThan(5);
    expect(reading.value).toEqual(parseJson(text));
    expect(stringifyJson(reading.value)).toBe(
      '{"list":[4.0,"a\\n\u00e9",{"2":[],"1":{},"x":-12345678901234567890}],"n":1000.0,"t":true}',
    );
  });

  it.each([
    ['', 'Expecting value: line 1 column 1 (char 0)'],
    ['{"a": 1', "Expecting ',' delimiter: line 1 column 8 (char 7)"],
    ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
    ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
    ['{a: 1}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
    ['1 2', 'Extra data: line 1 column 3 (char 2)'],
    ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
    ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
    ['01', 'Extra data: line 1 column 2 (char 1)'],
    ["{'a': 1}", 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ])('says where %j is wrong', (text, message) => {
    expect(() => parseJson(text)).toThrow(message);
  });

  it('refuses nesting that would exhaust the stack', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow('More than 900 levels');
    expect(() => parseJson('{"a":'.repeat(100_000))).toThrow('More than 900 levels');
  });
});

describe('stringifyJson', () => {
  const value = { a: [1, new PyFloat(4), 1.5, 12345678901234567890n], ключ: 'é😀"\n', e: {}, l: [], n: null, t: true };

  it('writes compact text without loss', () => {
    expect(stringifyJson(value)).toBe(
      '{"a":[1,4.0,1.5,12345678901234567890],"ключ":"é😀\\"\\n","e":{},"l":[],"n":null,"t":true}',
    );
  });

  it('writes as json.dumps does', () => {
    expect(stringifyJson(value, { style: 'python' })).toBe(
      '{"a": [1, 4.0, 1.5, 12345678901234567890], "\\u043a\\u043b\\u044e\\u0447": "\\u00e9\\ud83d\\ude00\\"\\n", "e": {}, "l": [], "n": null, "t": true}',
    );
    expect(stringifyJson([NaN, -Infinity, 1e22, 1e-7], { style: 'python' })).toBe('[NaN, -Infinity, 1e+22, 1e-07]');
  });

  it('indents and sorts when asked', () => {
    expect(stringifyJson({ b: [1, { c: 2 }], a: {} }, { style: 'python', indent: 2, sortKeys: true })).toBe(
      '{\n  "a": {},\n  "b": [\n    1,\n    {\n      "c": 2\n    }\n  ]\n}',
    );
  });

  it('turns keys into text as Python does', () => {
    const dict = new PyDict<unknown>([
      [1, 'a'],
      [null, 'b'],
      [false, 'c'],
      [new PyFloat(2), 'd'],
    ]);
    expect(stringifyJson(dict)).toBe('{"1":"a","null":"b","false":"c","2.0":"d"}');
    expect(() => stringifyJson(new PyDict<unknown>([[[1], 1]]))).toThrow(TypeError);
  });

  it('reads back what it wrote', () => {
    expect(parseJson(stringifyJson(value))).toEqual(value);
  });
});
