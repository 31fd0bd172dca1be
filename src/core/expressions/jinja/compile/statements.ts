import { EvaluationError, GrammarError } from '../../errors.js';
import { PyTuple, truthy, typeName, type Value } from '../../values/index.js';
import { escapeValue, JinjaError, Markup, textOf, typeError, Undefined } from '../runtime/index.js';
import type {
  CallBlockStatement,
  Expression,
  IfStatement,
  LoadStatement,
  SetBlockStatement,
  Statement,
  WithStatement,
} from '../syntax/index.js';
import { Output, type Evaluate, type Execute } from './activation.js';
import type { BlockRegistry } from './blocks.js';
import { callValue, compileArguments } from './calls.js';
import { isConstant } from './constants.js';
import { compileExpression, compileFilter } from './expressions.js';
import type { Frame } from './frame.js';
import { compileFor, declareAll } from './loops.js';
import { compileMacro } from './macros.js';
import { targetNames } from './names.js';
import { compileNamespaceCheck, compileTarget } from './targets.js';

/** Compiles the statements of a template. */
export class StatementCompiler {
  constructor(private readonly blocks: BlockRegistry) {}

  /** Statements one after the other; what they set must have been declared in the frame. */
  readonly compileBody = (statements: readonly Statement[], frame: Frame): Execute => {
    const steps = statements.map((statement) => this.compile(statement, frame));
    const [only] = steps;
    if (only && steps.length === 1) return only;
    return (activation, output) => {
      for (const step of steps) step(activation, output);
    };
  };

  private compile(node: Statement, frame: Frame): Execute {
    switch (node.kind) {
      case 'text':
        return (_activation, output) => output.write(node.text);
      case 'print':
        return compilePrint(compileExpression(node.value, frame), escapingOf(node.value, frame));
      case 'set':
        return compileSet(node, frame);
      case 'if':
        return this.compileIf(node, frame.soft());
      case 'for':
        return compileFor(node, frame, this.compileBody);
      case 'macro': {
        const makeMacro = compileMacro(node, frame, this.compileBody);
        const assign = compileTarget({ kind: 'name', name: node.name }, frame);
        return (activation) => assign(activation, makeMacro(activation));
      }
      case 'load':
        return compileLoad(node, frame);
      case 'extends':
        if (!frame.isTopLevel) throw new GrammarError('cannot use extend from a non top-level scope');
        return compileLoad({ ...node, kind: 'load', ignoresMissing: false, names: [] }, frame);
      case 'block':
        return this.blocks.compileUse(node, frame, this.compileBody);
      default:
        return this.compileScoped(node, frame);
    }
  }

  private compileScoped(
    node: Extract<Statement, { readonly kind: 'set-block' | 'filter-block' | 'call-block' | 'with' | 'autoescape' }>,
    frame: Frame,
  ): Execute {
    switch (node.kind) {
      case 'set-block':
        return this.compileSetBlock(node, frame);
      case 'filter-block': {
        const inner = declareAll(frame.inner(), node.body);
        const text = this.rendered(node.body, inner);
        return compileText(compileFilter(node.filter, inner, text));
      }
      case 'call-block':
        return this.compileCallBlock(node, frame);
      case 'with':
        return this.compileWith(node, frame);
      case 'autoescape':
        return this.compileAutoescape(node, frame);
    }
  }

  /** A body as an expression whose value is the text it produces. */
  private rendered(body: readonly Statement[], frame: Frame): Evaluate {
    const execute = this.compileBody(body, frame);
    return (activation) => {
      const output = new Output(activation.run);
      execute(activation, output);
      return output.value();
    };
  }

  private compileIf(node: IfStatement, frame: Frame): Execute {
    const branches = node.branches.map(({ test, body }) => ({
      test: compileExpression(test, frame),
      body: this.compileBody(body, frame),
    }));
    const otherwise = this.compileBody(node.otherwise, frame);
    return (activation, output) => {
      const branch = branches.find(({ test }) => truthy(test(activation)));
      (branch?.body ?? otherwise)(activation, output);
    };
  }

  private compileSetBlock(node: SetBlockStatement, frame: Frame): Execute {
    const inner = declareAll(frame.inner(), node.body);
    const text = this.rendered(node.body, inner);
    const value = node.filter ? compileFilter(node.filter, inner, text) : text;
    const assign = compileTarget(node.target, frame);
    return (activation) => {
      const { run } = activation;
      const result = value(activation);
      assign(activation, run.autoescape && !(result instanceof Markup) ? new Markup(run.show(result)) : result);
    };
  }

  private compileCallBlock(node: CallBlockStatement, frame: Frame): Execute {
    const makeCaller = compileMacro(
      { name: null, signature: node.signature, body: node.body },
      frame,
      this.compileBody,
    );
    const callee = compileExpression(node.call.callee, frame);
    const args = compileArguments(node.call, (expression) => compileExpression(expression, frame));
    return (activation, output) => {
      const caller = makeCaller(activation);
      const { positional, named } = args(activation);
      const all = { positional, named: new Map(named).set('caller', caller) };
      output.write(mustBeText(callValue(callee(activation), all, activation)));
    };
  }

  private compileWith(node: WithStatement, frame: Frame): Execute {
    const inner = frame.inner();
    // As in Jinja, the values are those of the scope around, not of the names before.
    const assignments = node.assignments.map(({ target, value }) => {
      for (const name of targetNames(target)) inner.declare(name);
      return { assign: compileTarget(target, inner), value: compileExpression(value, frame) };
    });
    const body = this.compileBody(node.body, declareAll(inner, node.body));
    return (activation, output) => {
      for (const slot of inner.slots()) activation.slots[slot] = undefined;
      for (const { assign, value } of assignments) assign(activation, value(activation));
      body(activation, output);
    };
  }

  private compileAutoescape(node: Extract<Statement, { readonly kind: 'autoescape' }>, frame: Frame): Execute {
    const enabled = compileExpression(node.enabled, frame);
    const known = node.enabled.kind === 'const' ? truthy(node.enabled.value) : null;
    const body = this.compileBody(node.body, declareAll(frame.inner(known), node.body));
    return (activation, output) => {
      const { run } = activation;
      const before = run.autoescape;
      run.autoescape = truthy(enabled(activation));
      body(activation, output);
      run.autoescape = before;
    };
  }
}

/** What a filtered or called block gives goes out as it is, so it has to be text. @throws {PyError} TypeError */
function mustBeText(value: Value): string {
  const text = textOf(value);
  if (text === undefined) throw typeError(`expected str instance, ${typeName(value)} found`);
  return text;
}

function compileText(value: Evaluate): Execute {
  return (activation, output) => output.write(mustBeText(value(activation)));
}

/** Where only the run knows whether to escape, Jinja leaves literals as they are. */
function escapingOf(node: Expression, frame: Frame): boolean | null {
  return frame.autoescape === null && isConstant(node, false) ? false : frame.autoescape;
}

function compilePrint(value: Evaluate, autoescape: boolean | null): Execute {
  if (autoescape === false) return (activation, output) => output.write(activation.run.show(value(activation)));
  return (activation, output) => {
    const { run } = activation;
    const result = value(activation);
    output.write(autoescape === true || run.autoescape ? escapeValue(result, run) : run.show(result));
  };
}

function compileSet(node: Extract<Statement, { readonly kind: 'set' }>, frame: Frame): Execute {
  const check = compileNamespaceCheck(node.target, frame);
  const value = compileExpression(node.value, frame);
  const assign = compileTarget(node.target, frame);
  return (activation) => {
    check(activation);
    assign(activation, value(activation));
  };
}

/** There is no loader, so nothing is ever found; only an empty list with `ignore missing` passes. */
function compileLoad(node: LoadStatement, frame: Frame): Execute {
  const template = compileExpression(node.template, frame);
  for (const name of node.names) frame.declare(name);
  return (activation) => {
    const wanted: Value = template(activation);
    if (wanted instanceof Undefined) wanted.fail();
    const isEmpty = wanted instanceof PyTuple ? wanted.length === 0 : Array.isArray(wanted) && wanted.length === 0;
    if (isEmpty && node.ignoresMissing) return;
    if (isEmpty) throw new JinjaError('TemplateRuntimeError', 'Tried to select from an empty list of templates.');
    throw new EvaluationError('no loader for this environment specified');
  };
}
