import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkText, outcomeOf, setCanary, type Canary } from './checks.js';
import { JINJA_ESCAPES, YAQL_ESCAPES } from './escape-payloads.js';
import { contexts, deepFreeze, FORBIDDEN_NAMES, scopeOf } from './context.js';

/** A dict, a list, a text and numbers, none of which has an entry of a forbidden name. */
const DATA = deepFreeze({ s: 'text', l: [1, 'b'], d: { k: { x: 1 } }, n: 7, f: 2.5, nil: null, yes: true, fn: '{0}' });

/** Looking a forbidden name up where nobody has put one gives nothing at all. */
describe('known ways out of a sandbox', () => {
  let canary: Canary;
  beforeAll(() => {
    canary = setCanary();
  });
  afterAll(() => {
    canary.remove();
  });

  it('are many', () => {
    expect(Math.min(JINJA_ESCAPES.length, YAQL_ESCAPES.length)).toBeGreaterThanOrEqual(60);
  });

  it.each([...JINJA_ESCAPES, ...YAQL_ESCAPES])('are closed: %s', (text) => {
    checkText(text, scopeOf(DATA));
    checkText(`x ${text}`, scopeOf(DATA));

    expect(outcomeOf(text, scopeOf(DATA))).toMatchObject({ isResult: false });
    expect(canary.hits()).toBe(0);
  });

  const names = fc.constantFrom<string>(...FORBIDDEN_NAMES);
  const places = fc.constantFrom(
    (name: string) => `<% $.d.${name} %>`,
    (name: string) => `<% $.d['${name}'].x %>`,
    (name: string) => `<% $.l.${name}.toList() %>`,
    (name: string) => `<% $.d.${name}() %>`,
    (name: string) => `<% ${name}($.d) %>`,
    (name: string) => `<% $${name}.x %>`,
    (name: string) => `{{ _.d.${name} }}`,
    (name: string) => `{{ _.d['${name}'].x }}`,
    (name: string) => `{{ _.l.${name}.x }}`,
    (name: string) => `{{ (_.d|attr('${name}')).x }}`,
    (name: string) => `{{ [_.d]|map(attribute='${name}')|list }}`,
    (name: string) => `{{ '{0.${name}}'.format(_.d) }}`,
    (name: string) => `{{ ${name}.x }}`,
  );

  it('are closed under any forbidden name, in any context', () => {
    fc.assert(
      fc.property(names, places, contexts, (name, place, data) => {
        const text = place(name);

        expect([text, checkText(text, scopeOf({ ...data, d: { k: 1 }, l: [[1], 2] })).isResult]).toEqual([text, false]);
        expect(canary.hits()).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('leave entries of such a name what they are', () => {
    const entry = 'an entry of the data';
    fc.assert(
      fc.property(names, (name) => {
        const data = { d: Object.fromEntries([[name, entry]]) };

        expect(outcomeOf(`<% $.d['${name}'] %>`, scopeOf(data)).text).toBe(JSON.stringify(entry));
        expect(outcomeOf(`{{ _.d['${name}'] }}`, scopeOf(data)).text).toBe(JSON.stringify(entry));
      }),
    );
  });
});
