import { YAML_TAG } from './nodes.js';

interface Rule {
  readonly tag: string;
  readonly pattern: RegExp;
  readonly first: string;
}

const DIGITS = '0123456789';

/** YAML 1.1 as PyYAML reads it: `1e3` and `-.5` are text, `010` is octal, `1:30` is base 60. */
const RULES: readonly Rule[] = [
  {
    tag: 'bool',
    first: 'yYnNtTfFoO',
    pattern: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
  },
  {
    tag: 'float',
    first: `-+.${DIGITS}`,
    pattern:
      /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?|[-+]?\d[\d_]*(?::[0-5]?\d)+\.[\d_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  },
  {
    tag: 'int',
    first: `-+${DIGITS}`,
    pattern:
      /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][\d_]*)|[-+]?0x[\da-fA-F_]+|[-+]?[1-9][\d_]*(?::[0-5]?\d)+)$/,
  },
  { tag: 'merge', first: '<', pattern: /^<<$/ },
  { tag: 'null', first: '~nN', pattern: /^(?:~|null|Null|NULL)$/ },
  {
    tag: 'timestamp',
    first: DIGITS,
    pattern:
      /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/,
  },
  { tag: 'value', first: '=', pattern: /^=$/ },
];

const RULES_BY_FIRST = new Map<string, Rule[]>();
for (const rule of RULES) {
  for (const character of rule.first) {
    RULES_BY_FIRST.set(character, [...(RULES_BY_FIRST.get(character) ?? []), rule]);
  }
}

/** The tag of an unquoted scalar without a tag of its own. */
export function resolvePlain(value: string): string {
  if (value === '') return `${YAML_TAG}null`;
  for (const rule of RULES_BY_FIRST.get(value.charAt(0)) ?? []) {
    if (rule.pattern.test(value)) return YAML_TAG + rule.tag;
  }
  return `${YAML_TAG}str`;
}
