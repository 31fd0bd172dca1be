import { YAML_TAG, type MappingNode, type ScalarNode, type SequenceNode, type YamlNode } from './nodes.js';
import { resolvePlain } from './resolve.js';
import { Scanner } from './scanner.js';
import { tokenName, type Token, type TokenKind } from './tokens.js';
import { assertPrintable, type YamlProblem } from './yaml-error.js';

type Place = 'block' | 'value' | 'flow';

interface Tag {
  readonly name: string;
  readonly start: number;
}

const DEEPEST = 400;
const ENDS_DOCUMENT: readonly TokenKind[] = ['directive', 'document start', 'document end', 'stream end'];
const AFTER_KEY: readonly TokenKind[] = ['?', ':', 'block end'];

/**
 * Reads a YAML text that holds one document (or none: `undefined`) into nodes.
 * @throws {YamlError} worded as PyYAML
 */
export function parseNodes(text: string): { readonly root: YamlNode | undefined; readonly text: string } {
  assertPrintable(text);
  const parser = new NodeParser(text);
  return { root: parser.single(), text: parser.text };
}

class NodeParser {
  private readonly scanner: Scanner;
  private handles = defaultHandles();
  private depth = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  get text(): string {
    return this.scanner.cursor.text;
  }

  single(): YamlNode | undefined {
    const isImplicit = !this.at('directive', 'document start', 'stream end');
    if (!isImplicit && !this.startDocument()) return undefined;
    const root = this.document(isImplicit);
    const start = root.start;
    const next = this.scanner.peek().start;
    if (!this.startDocument()) return root;
    const context = 'expected a single document in the stream';
    throw this.problem({ context, contextIndex: start, problem: 'but found another document', index: next });
  }

  /** Moves to the content of the next document; false at the end of the stream. */
  private startDocument(): boolean {
    this.handles = defaultHandles();
    while (this.at('document end')) this.scanner.next();
    if (this.at('stream end')) return false;
    this.readDirectives();
    if (!this.at('document start')) throw this.unexpected("expected '<document start>', but found");
    this.scanner.next();
    return true;
  }

  private readDirectives(): void {
    let hasVersion = false;
    const own = new Set<string>();
    while (this.at('directive')) {
      const token = this.scanner.next();
      if (token.value === 'YAML') {
        if (hasVersion) throw this.problem({ problem: 'found duplicate YAML directive', index: token.start });
        const isCompatible = Number(token.prefix) === 1;
        const problem = 'found incompatible YAML document (version 1.* is required)';
        if (!isCompatible) throw this.problem({ problem, index: token.start });
        hasVersion = true;
      } else if (token.handle !== undefined) {
        if (own.has(token.handle))
          throw this.problem({ problem: `duplicate tag handle '${token.handle}'`, index: token.start });
        own.add(token.handle);
        this.handles.set(token.handle, token.prefix ?? '');
      }
    }
  }

  private document(isImplicit: boolean): YamlNode {
    const root = !isImplicit && this.at(...ENDS_DOCUMENT) ? this.empty(this.scanner.peek().start) : this.node('block');
    while (this.at('document end')) this.scanner.next();
    return root;
  }

  private node(place: Place): YamlNode {
    this.depth += 1;
    if (this.depth > DEEPEST)
      throw this.problem({ problem: `nested deeper than ${DEEPEST} levels`, index: this.scanner.peek().start });
    const tag = this.at('tag') ? this.tag() : undefined;
    const node = this.content(place, tag);
    this.depth -= 1;
    return node;
  }

  private content(place: Place, tag: Tag | undefined): YamlNode {
    const token = this.scanner.peek();
    const start = tag?.start ?? token.start;
    const named = tag === undefined || tag.name === '!' ? undefined : tag.name;
    if (place === 'value' && token.kind === '-') return this.indentlessSequence(start, named);
    if (token.kind === 'scalar') return this.scalar(this.scanner.next(), start, tag);
    if (token.kind === '[') return this.flowSequence(start, named);
    if (token.kind === '{') return this.flowMapping(start, named);
    if (place !== 'flow' && token.kind === 'block sequence start') return this.blockSequence(start, named);
    if (place !== 'flow' && token.kind === 'block mapping start') return this.blockMapping(start, named);
    if (tag !== undefined) return this.emptyTagged(tag);
    const context = `while parsing a ${place === 'flow' ? 'flow' : 'block'} node`;
    const problem = `expected the node content, but found ${tokenName(token)}`;
    throw this.problem({ context, contextIndex: start, problem, index: token.start });
  }

  private tag(): Tag {
    const token = this.scanner.next();
    const suffix = token.value ?? '';
    if (token.handle === undefined) return { name: suffix, start: token.start };
    const prefix = this.handles.get(token.handle);
    if (prefix !== undefined) return { name: prefix + suffix, start: token.start };
    const problem = `found undefined tag handle '${token.handle}'`;
    throw this.problem({ context: 'while parsing a node', contextIndex: token.start, problem, index: token.start });
  }

  private scalar(token: Token, start: number, tag: Tag | undefined): ScalarNode {
    const value = token.value ?? '';
    const style = token.style ?? 'plain';
    const isResolved = tag === undefined ? style === 'plain' : tag.name === '!';
    const name = isResolved ? resolvePlain(value) : (tag?.name ?? `${YAML_TAG}str`);
    return { kind: 'scalar', tag: name, value, style, start };
  }

  private emptyTagged(tag: Tag): ScalarNode {
    const name = tag.name === '!' ? `${YAML_TAG}null` : tag.name;
    return { kind: 'scalar', tag: name, value: '', style: 'plain', start: tag.start };
  }

  private empty(start: number): ScalarNode {
    return { kind: 'scalar', tag: `${YAML_TAG}null`, value: '', style: 'plain', start };
  }

  private blockSequence(start: number, tag: string | undefined): SequenceNode {
    const opening = this.scanner.next();
    const items: YamlNode[] = [];
    while (this.at('-')) {
      const entry = this.scanner.next();
      items.push(this.at('-', 'block end') ? this.empty(entry.end) : this.node('block'));
    }
    this.endBlock('while parsing a block collection', opening);
    return { kind: 'sequence', tag: tag ?? `${YAML_TAG}seq`, items, start };
  }

  /** Entries at the indentation of their mapping: `key:` and below it `- a`. */
  private indentlessSequence(start: number, tag: string | undefined): SequenceNode {
    const items: YamlNode[] = [];
    while (this.at('-')) {
      const entry = this.scanner.next();
      items.push(this.at('-', '?', ':', 'block end') ? this.empty(entry.end) : this.node('block'));
    }
    return { kind: 'sequence', tag: tag ?? `${YAML_TAG}seq`, items, start };
  }

  private blockMapping(start: number, tag: string | undefined): MappingNode {
    const opening = this.scanner.next();
    const entries: [YamlNode, YamlNode][] = [];
    while (this.at('?')) {
      const key = this.blockMappingPart(this.scanner.next());
      entries.push([
        key,
        this.at(':') ? this.blockMappingPart(this.scanner.next()) : this.empty(this.scanner.peek().start),
      ]);
    }
    this.endBlock('while parsing a block mapping', opening);
    return { kind: 'mapping', tag: tag ?? `${YAML_TAG}map`, entries, start };
  }

  private blockMappingPart(indicator: Token): YamlNode {
    return this.at(...AFTER_KEY) ? this.empty(indicator.end) : this.node('value');
  }

  private endBlock(context: string, opening: Token): void {
    if (!this.at('block end')) throw this.unexpected('expected <block end>, but found', context, opening.start);
    this.scanner.next();
  }

  private flowSequence(start: number, tag: string | undefined): SequenceNode {
    const opening = this.scanner.next();
    const items: YamlNode[] = [];
    while (!this.at(']')) {
      if (items.length > 0) this.flowComma("expected ',' or ']', but got", 'while parsing a flow sequence', opening);
      if (this.at('?')) items.push(this.singlePair());
      else if (!this.at(']')) items.push(this.node('flow'));
      else break;
    }
    this.scanner.next();
    return { kind: 'sequence', tag: tag ?? `${YAML_TAG}seq`, items, start };
  }

  /** `[a: 1]` holds the mapping `{a: 1}`. */
  private singlePair(): MappingNode {
    const { start } = this.scanner.peek();
    const entry = this.flowPair(']');
    return { kind: 'mapping', tag: `${YAML_TAG}map`, entries: [entry], start };
  }

  private flowMapping(start: number, tag: string | undefined): MappingNode {
    const opening = this.scanner.next();
    const entries: [YamlNode, YamlNode][] = [];
    while (!this.at('}')) {
      if (entries.length > 0) this.flowComma("expected ',' or '}', but got", 'while parsing a flow mapping', opening);
      if (this.at('?')) entries.push(this.flowPair('}'));
      else if (this.at('}')) break;
      else entries.push([this.node('flow'), this.empty(this.scanner.peek().start)]);
    }
    this.scanner.next();
    return { kind: 'mapping', tag: tag ?? `${YAML_TAG}map`, entries, start };
  }

  private flowPair(closing: ']' | '}'): [YamlNode, YamlNode] {
    const indicator = this.scanner.next();
    const key = this.at(':', ',', closing) ? this.empty(indicator.end) : this.node('flow');
    if (!this.at(':')) return [key, this.empty(this.scanner.peek().start)];
    const colon = this.scanner.next();
    return [key, this.at(',', closing) ? this.empty(colon.end) : this.node('flow')];
  }

  private flowComma(expected: string, context: string, opening: Token): void {
    if (!this.at(',')) throw this.unexpected(expected, context, opening.start);
    this.scanner.next();
  }

  private at(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind);
  }

  private unexpected(expected: string, context?: string, contextIndex?: number): Error {
    const token = this.scanner.peek();
    return this.problem({ context, contextIndex, problem: `${expected} ${tokenName(token)}`, index: token.start });
  }

  private problem(problem: YamlProblem): Error {
    return this.scanner.cursor.problem(problem);
  }
}

function defaultHandles(): Map<string, string> {
  return new Map([
    ['!', '!'],
    ['!!', YAML_TAG],
  ]);
}
