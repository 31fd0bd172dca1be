import { dictGet, dumpYamlOrdered, isDict, type Json } from '../shared/index.js';
import type { DefinitionPath } from './errors.js';
import type { Source } from './source.js';

const BLANK = /^\s*$/;
const COMMENT = /^\s*#/;

/**
 * The part of a workbook's text that defines one member, moved to the left margin; comments inside it stay. A member of a
 * mapping in braces is dumped instead.
 */
export function memberText(source: Source, path: DefinitionPath): string {
  const { line, column } = source.positionOf(path);
  const { lines } = source;
  const first = lines[line - 1] ?? '';
  const indent = column - 1;
  if (!BLANK.test(first.slice(0, indent))) return dumpedMember(source.data, path);
  const part = [first.slice(indent)];
  for (let at = line; at < lines.length; at += 1) {
    const text = lines[at] ?? '';
    const depth = text.search(/\S/);
    if (!BLANK.test(text) && !COMMENT.test(text) && depth <= indent) break;
    part.push(COMMENT.test(text) && depth < indent ? text : text.slice(Math.min(indent, Math.max(depth, 0))));
  }
  return `${part.join('\n').trimEnd()}\n`;
}

function dumpedMember(data: Json, path: DefinitionPath): string {
  let value: Json | undefined = data;
  for (const step of path) value = isDict(value) ? dictGet(value, step) : undefined;
  return dumpYamlOrdered({ [String(path.at(-1))]: value ?? null });
}
