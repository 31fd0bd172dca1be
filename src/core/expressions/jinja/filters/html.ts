import { dictEntries, isDict } from '../../../shared/index.js';
import { PyError } from '../../errors.js';
import { pyRepr, PyTuple, splitText, truthy, typeName, type Value } from '../../values/index.js';
import {
  escapeText,
  escapeValue,
  iterableOf,
  iterate,
  JinjaError,
  Markup,
  softText,
  textOf,
  typeError,
  Undefined,
  valueError,
  type Run,
} from '../runtime/index.js';
import { defineFilter, type FilterDefinition } from './definition.js';
import { intArgument } from '../methods/index.js';
import { payMargins, pythonJson, sortKeys } from './json.js';
import { stripTags } from './html-text.js';
import { linkAddresses } from './urlize.js';
import { percentEncode } from './percent-encoding.js';

/** `a=1&b=x+y` for a dict or pairs, otherwise the text with everything but `/` and plain characters encoded. */
function urlEncode(value: Value, run: Run): string {
  if (value instanceof Undefined) return value.str();
  if (textOf(value) !== undefined || !iterableOf(value)) return percentEncode(run.show(value), false);
  const pairs = isDict<Value>(value) ? dictEntries<Value>(value) : [...iterate(value)].map(pairFrom);
  const parts = pairs.map(([key, item]) => {
    const part = `${percentEncode(run.show(key), true)}=${percentEncode(run.show(item), true)}`;
    run.budget.output(part.length);
    return part;
  });
  return parts.join('&');
}

function pairFrom(item: Value): readonly [Value, Value] {
  const parts: readonly Value[] = item instanceof PyTuple ? item.items : [...iterate(item)];
  const [key, value] = parts;
  if (parts.length > 2) throw valueError('too many values to unpack (expected 2)');
  if (key === undefined || value === undefined) {
    throw valueError(`not enough values to unpack (expected 2, got ${parts.length})`);
  }
  return [key, value];
}

/** ` class="x" id="1"`: attributes of an element, `none` and undefined ones left out. */
function xmlAttributes(value: Value, hasSpace: boolean, run: Run): Value {
  if (value instanceof Undefined) value.fail();
  if (!isDict<Value>(value))
    throw new PyError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
  const attributes: string[] = [];
  for (const [key, item] of dictEntries<Value>(value)) {
    if (item === null || item instanceof Undefined) continue;
    const name = textOf(key);
    if (name === undefined) throw typeError('expected string or bytes-like object');
    if (/[\t-\r />=]/.test(name)) throw valueError(`Invalid character in attribute name: ${name}`);
    attributes.push(`${escapeValue(key, run)}="${escapeValue(item, run)}"`);
  }
  const text = (hasSpace && attributes.length > 0 ? ' ' : '') + attributes.join(' ');
  run.budget.output(text.length);
  return run.autoescape ? new Markup(text) : text;
}

/** As in Python, the indent may also be a text that is repeated. */
function indentedJson(value: Value, indent: Value, run: Run): string {
  const data = sortKeys(value);
  if (indent === null) return pythonJson(data);
  const unit = textOf(indent);
  const width = unit === undefined ? Math.max(0, intArgument(indent)) : unit.length;
  run.budget.output(width);
  payMargins(data, width, run.budget);
  if (unit === undefined) return pythonJson(data, { indent: width });
  return pythonJson(data, { indent: 1 }).replace(/^ +/gm, (spaces) => unit.repeat(spaces.length));
}

function toJson(value: Value, indent: Value, run: Run): Markup {
  run.weigh(value);
  const text = indentedJson(value, indent, run);
  return new Markup(text.replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`));
}

function urlize(value: Value, [limit, noFollow, target, rel, schemes]: readonly Value[], run: Run): Value {
  const relations = new Set(splitText(textOf(rel ?? null) ?? '', null));
  if (truthy(noFollow)) relations.add('nofollow');
  relations.add('noopener');
  const options = {
    limit: (limit ?? null) === null ? null : (): number => intArgument(limit),
    rel: [...relations].sort().join(' '),
    target: textOf(target ?? null) ?? null,
    schemes: (schemes ?? null) === null ? [] : [...iterate(schemes ?? null)].map(schemeOf),
  };
  const text = linkAddresses(escapeValue(value, run), options);
  run.budget.output(text.length);
  return run.autoescape ? new Markup(text) : text;
}

function schemeOf(value: Value): string {
  const scheme = textOf(value) ?? '';
  if (/^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u.test(scheme)) return scheme;
  throw new JinjaError('FilterArgumentError', `${pyRepr(value)} is not a valid URI scheme prefix.`);
}

function escaped(text: string, run: Run): Markup {
  run.budget.output(text.length);
  return new Markup(text);
}

/** Filters for HTML, URLs and JSON. */
export const HTML_FILTERS: readonly FilterDefinition[] = [
  defineFilter(
    {
      names: ['escape', 'e'],
      doc: 'HTML-safe text; what is safe already stays.',
      example: "{{ '<b>'|e }} → &lt;b&gt;",
    },
    (value, _args, run) => escaped(escapeValue(value, run), run),
  ),
  defineFilter(
    {
      names: ['forceescape'],
      doc: 'HTML-safe text, escaped even if it was safe.',
      example: "{{ '<b>'|safe|forceescape }} → &lt;b&gt;",
    },
    (value, _args, run) => escaped(escapeText(run.show(value)), run),
  ),
  defineFilter(
    { names: ['safe'], doc: 'Marks text as safe HTML.', example: "{{ '<b>'|safe|e }} → <b>" },
    (value, _args, run) => {
      const text = softText(value, run);
      return text instanceof Markup ? text : new Markup(text);
    },
  ),
  defineFilter(
    {
      names: ['striptags'],
      doc: 'Without tags and comments, entities resolved, white space collapsed.',
      example: "{{ '<p>a  <b>b</b></p>'|striptags }} → a b",
    },
    (value, _args, run) => stripTags(run.show(value), run.budget),
  ),
  defineFilter(
    {
      names: ['urlencode'],
      doc: 'Text encoded for a URL; a dict or pairs as a query.',
      example: "{{ {'a': 1, 'b': 'x y'}|urlencode }} → a=1&b=x+y",
    },
    (value, _args, run) => urlEncode(value, run),
  ),
  defineFilter(
    {
      names: ['urlize'],
      parameters: [
        ['trim_url_limit', null],
        ['nofollow', false],
        ['target', null],
        ['rel', null],
        ['extra_schemes', null],
      ],
      doc: 'Addresses in a text as links.',
      example:
        '{{ \'see www.example.com\'|urlize }} → see <a href="https://www.example.com" rel="noopener">www.example.com</a>',
    },
    urlize,
  ),
  defineFilter(
    {
      names: ['xmlattr'],
      parameters: [['autospace', true]],
      doc: 'Attributes of an XML element from a dict.',
      example: '{{ {\'id\': 1}|xmlattr }} →  id="1"',
    },
    (value, [hasSpace], run) => xmlAttributes(value, truthy(hasSpace), run),
  ),
  defineFilter(
    {
      names: ['tojson'],
      parameters: [['indent', null]],
      doc: 'JSON with sorted keys that is safe inside HTML.',
      example: '{{ {\'a\': \'<\'}|tojson }} → {"a": "\\u003c"}',
    },
    (value, [indent], run) => toJson(value, indent ?? null, run),
  ),
];
