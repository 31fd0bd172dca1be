import { describe, expect, it } from '@jest/globals';

import { evaluateJinja, FILTER_DEFINITIONS, GLOBAL_DEFINITIONS, MISTRAL_FUNCTIONS, TEST_DEFINITIONS } from './index.js';

const scope = {
  layers: [{ a: 1 }],
  functions: { uuid: () => '00000000-0000-4000-8000-000000000000', now: () => 0, random: () => 0.5 },
};

/** Examples that say what they give: `{{ 1 + 1 }} → 2`. */
const examples = [...FILTER_DEFINITIONS, ...GLOBAL_DEFINITIONS, ...MISTRAL_FUNCTIONS]
  .map(({ example }) => example)
  .filter((example) => example.includes(' → '));

it.each([...new Set(examples)])('the example is right: %s', (example) => {
  const at = example.lastIndexOf(' → ');

  expect(evaluateJinja(`${example.slice(0, at)}{{ '' }}`, scope)).toBe(example.slice(at + 3));
});

it.each(TEST_DEFINITIONS.map(({ example }) => example))('the test holds: %s', (example) => {
  expect(evaluateJinja(example, scope)).toBe(true);
});

describe('what there is', () => {
  it('is every filter of Jinja 3.1 and every function of Mistral', () => {
    const names = FILTER_DEFINITIONS.flatMap((definition) => definition.names).sort();

    expect(names).toEqual(
      (
        'abs attr batch capitalize center count d default dictsort e env escape execution executions filesizeformat first float ' +
        'forceescape format global groupby indent int items join json_dump json_parse last length list lower map max min pprint ' +
        'random reject rejectattr replace reverse round safe select selectattr slice sort string striptags sum task tasks title ' +
        'tojson trim truncate unique upper urlencode urlize uuid wordcount wordwrap xmlattr yaml_dump yaml_parse'
      ).split(' '),
    );
  });

  it('is every test of Jinja 3.1', () => {
    const names = TEST_DEFINITIONS.flatMap((definition) => definition.names).sort();

    expect(names).toEqual(
      (
        '!= < <= == > >= boolean callable defined divisibleby eq equalto escaped even false filter float ge greaterthan gt in ' +
        'integer iterable le lessthan lower lt mapping ne none number odd sameas sequence string test true undefined upper'
      ).split(' '),
    );
  });
});
