import { GrammarError } from '../../errors.js';
import type {
  BlockStatement,
  IfStatement,
  LoadStatement,
  SetBlockStatement,
  Signature,
  Statement,
  WithStatement,
} from './ast.js';
import { parseBlockFilter, parseExpression, parseOr } from './expression-parser.js';
import { parseTuple } from './primary-parser.js';
import { parseTarget, parseTargetName } from './target-parser.js';
import { TokenStream } from './token-stream.js';

/** Parses the statements of a template; knows which end tags are awaited, for its error messages. */
export class StatementParser {
  private readonly stream: TokenStream;
  private readonly openTags: string[] = [];
  private readonly awaited: (readonly string[])[] = [];

  constructor(text: string) {
    this.stream = new TokenStream(text, false);
  }

  parseTemplate(): readonly Statement[] {
    return this.parseBody(null);
  }

  /** Statements up to one of the end tags, which is left as the current token; `null`: up to the end of the template. */
  private parseBody(endTags: readonly string[] | null): Statement[] {
    const { stream } = this;
    const body: Statement[] = [];
    if (endTags) this.awaited.push(endTags);
    while (!stream.isAt('eof')) {
      if (stream.isAt('data')) body.push({ kind: 'text', text: stream.next().text });
      else if (stream.isAt('variable_begin')) body.push(this.parsePrint());
      else {
        stream.expect('block_begin');
        if (endTags && stream.isAt('name') && endTags.includes(stream.current.text)) break;
        body.push(...this.parseStatement());
        stream.expect('block_end');
      }
    }
    if (endTags) this.awaited.pop();
    return body;
  }

  private parsePrint(): Statement {
    this.stream.next();
    const value = parseTuple(this.stream, parseExpression);
    this.stream.expect('variable_end');
    return { kind: 'print', value };
  }

  private parseStatement(): readonly Statement[] {
    const { kind, text } = this.stream.current;
    if (kind !== 'name') throw new GrammarError('tag name expected');
    const parse = Object.hasOwn(TAGS, text) ? TAGS[text] : undefined;
    if (!parse) return this.failUnexpected(text, this.awaited);
    this.openTags.push(text);
    this.stream.next();
    const statement = this.stream.nested(() => parse(this, this.stream));
    this.openTags.pop();
    return Array.isArray(statement) ? (statement as readonly Statement[]) : [statement as Statement];
  }

  /** The body of a tag, from the end of its start tag; the end tag's name is left as the current token. */
  parseUntil(...endTags: readonly string[]): readonly Statement[] {
    // As in Jinja, a colon may end the tag, for those used to Python.
    this.stream.skipOperator(':');
    this.stream.expect('block_end');
    const body = this.parseBody(endTags);
    if (this.stream.isAt('eof')) this.failUnexpected(null, [...this.awaited, endTags]);
    return body;
  }

  /** The body of a tag up to its end tag, which is consumed. */
  parseThrough(endTag: string): readonly Statement[] {
    const body = this.parseUntil(endTag);
    this.stream.next();
    return body;
  }

  private failUnexpected(tag: string | null, awaited: readonly (readonly string[])[]): never {
    const parts = [tag === null ? 'Unexpected end of template.' : `Encountered unknown tag '${tag}'.`];
    const wanted = awaited
      .at(-1)
      ?.map((name) => `'${name}'`)
      .join(' or ');
    if (wanted !== undefined) {
      const isMisplaced = tag !== null && awaited.some((names) => names.includes(tag));
      parts.push(
        isMisplaced
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${wanted}.`
          : `Jinja was looking for the following tags: ${wanted}.`,
      );
    }
    const innermost = this.openTags.at(-1);
    if (innermost !== undefined) parts.push(`The innermost block that needs to be closed is '${innermost}'.`);
    throw new GrammarError(parts.join(' '));
  }
}

type TagParser = (parser: StatementParser, stream: TokenStream) => Statement | readonly Statement[];

const TAGS: Readonly<Record<string, TagParser>> = {
  if: parseIf,
  for: parseFor,
  set: parseSet,
  with: parseWith,
  block: parseBlock,
  macro: (parser, stream) => {
    const name = parseTargetName(stream);
    return { kind: 'macro', name, signature: parseSignature(stream), body: parser.parseThrough('endmacro') };
  },
  call: parseCallBlock,
  filter: (parser, stream) => {
    const filter = parseBlockFilter(stream, true);
    if (!filter) throw new GrammarError('filter name expected');
    return { kind: 'filter-block', filter, body: parser.parseThrough('endfilter') };
  },
  autoescape: (parser, stream) => ({
    kind: 'autoescape',
    enabled: parseExpression(stream),
    body: parser.parseThrough('endautoescape'),
  }),
  print: parsePrintTag,
  extends: (_parser, stream) => ({ kind: 'extends', template: parseExpression(stream) }),
  include: parseInclude,
  import: parseImport,
  from: parseFromImport,
};

function parseIf(parser: StatementParser, stream: TokenStream): IfStatement {
  const branches: IfStatement['branches'][number][] = [];
  for (;;) {
    const test = parseTuple(stream, parseOr);
    branches.push({ test, body: parser.parseUntil('elif', 'else', 'endif') });
    const tag = stream.next().text;
    if (tag === 'elif') continue;
    return { kind: 'if', branches, otherwise: tag === 'else' ? parser.parseThrough('endif') : [] };
  }
}

function parseFor(parser: StatementParser, stream: TokenStream): Statement {
  const target = parseTarget(stream);
  stream.expectName('in');
  const iterable = parseTuple(stream, parseOr);
  const filter = stream.skipName('if') ? parseExpression(stream) : null;
  const isRecursive = stream.skipName('recursive');
  const body = parser.parseUntil('endfor', 'else');
  const otherwise = stream.next().text === 'endfor' ? [] : parser.parseThrough('endfor');
  return { kind: 'for', target, iterable, filter, isRecursive, body, otherwise };
}

function parseSet(parser: StatementParser, stream: TokenStream): Statement | SetBlockStatement {
  const target = parseTarget(stream, true);
  if (stream.skipOperator('=')) return { kind: 'set', target, value: parseTuple(stream, parseExpression) };
  const filter = parseBlockFilter(stream, false);
  return { kind: 'set-block', target, filter, body: parser.parseThrough('endset') };
}

function parseWith(parser: StatementParser, stream: TokenStream): WithStatement {
  const assignments: WithStatement['assignments'][number][] = [];
  while (!stream.isAt('block_end')) {
    if (assignments.length > 0) stream.expectOperator(',');
    const target = parseTarget(stream);
    stream.expectOperator('=');
    assignments.push({ target, value: parseExpression(stream) });
  }
  return { kind: 'with', assignments, body: parser.parseThrough('endwith') };
}

function parseBlock(parser: StatementParser, stream: TokenStream): BlockStatement {
  const name = stream.expect('name').text;
  const isScoped = stream.skipName('scoped');
  const isRequired = stream.skipName('required');
  if (stream.isAtOperator('-')) {
    throw new GrammarError(
      'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.',
    );
  }
  const body = parser.parseThrough('endblock');
  if (isRequired && body.some((part) => part.kind !== 'text' || part.text.trim() !== '')) {
    throw new GrammarError('Required blocks can only contain comments or whitespace');
  }
  stream.skipName(name);
  return { kind: 'block', name, isScoped, isRequired, body };
}

function parseCallBlock(parser: StatementParser, stream: TokenStream): Statement {
  const signature = stream.isAtOperator('(') ? parseSignature(stream) : { parameters: [], defaults: [] };
  const call = parseExpression(stream);
  if (call.kind !== 'call') throw new GrammarError('expected call');
  return { kind: 'call-block', call, signature, body: parser.parseThrough('endcall') };
}

function parseSignature(stream: TokenStream): Signature {
  const parameters: string[] = [];
  const defaults: Signature['defaults'][number][] = [];
  stream.expectOperator('(');
  while (!stream.isAtOperator(')')) {
    if (parameters.length > 0) stream.expectOperator(',');
    parameters.push(parseTargetName(stream));
    if (stream.skipOperator('=')) defaults.push(parseExpression(stream));
    else if (defaults.length > 0) throw new GrammarError('non-default argument follows default argument');
  }
  stream.expectOperator(')');
  return { parameters, defaults };
}

function parsePrintTag(_parser: StatementParser, stream: TokenStream): readonly Statement[] {
  const prints: Statement[] = [];
  while (!stream.isAt('block_end')) {
    if (prints.length > 0) stream.expectOperator(',');
    prints.push({ kind: 'print', value: parseExpression(stream) });
  }
  return prints;
}

function parseInclude(_parser: StatementParser, stream: TokenStream): LoadStatement {
  const template = parseExpression(stream);
  const ignoresMissing = stream.isAtName('ignore') && isName(stream, 'missing');
  if (ignoresMissing) skipTwo(stream);
  skipContextOption(stream);
  return { kind: 'load', template, ignoresMissing, names: [] };
}

function parseImport(_parser: StatementParser, stream: TokenStream): LoadStatement {
  const template = parseExpression(stream);
  stream.expectName('as');
  const name = parseTargetName(stream);
  skipContextOption(stream);
  return { kind: 'load', template, ignoresMissing: false, names: [name] };
}

function parseFromImport(_parser: StatementParser, stream: TokenStream): LoadStatement {
  const template = parseExpression(stream);
  stream.expectName('import');
  const names: string[] = [];
  do {
    if (names.length > 0) stream.expectOperator(',');
    if (stream.isAt('name') && skipContextOption(stream)) break;
    const name = parseTargetName(stream);
    if (name.startsWith('_')) throw new GrammarError('names starting with an underline can not be imported');
    names.push(stream.skipName('as') ? parseTargetName(stream) : name);
  } while (!skipContextOption(stream) && stream.isAtOperator(','));
  return { kind: 'load', template, ignoresMissing: false, names };
}

/** `with context` or `without context`, without effect where nothing can be loaded. */
function skipContextOption(stream: TokenStream): boolean {
  const isThere = (stream.isAtName('with') || stream.isAtName('without')) && isName(stream, 'context');
  if (isThere) skipTwo(stream);
  return isThere;
}

function isName(stream: TokenStream, name: string): boolean {
  const after = stream.look();
  return after.kind === 'name' && after.text === name;
}

function skipTwo(stream: TokenStream): void {
  stream.next();
  stream.next();
}
