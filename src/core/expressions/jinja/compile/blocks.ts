import { PyObject } from '../../../shared/index.js';
import { GrammarError } from '../../errors.js';
import type { Value } from '../../values/index.js';
import { readContextName } from '../globals/index.js';
import { Callable, JinjaError, Undefined } from '../runtime/index.js';
import type { BlockStatement } from '../syntax/index.js';
import { Activation, Output, type Evaluate, type Execute } from './activation.js';
import { Frame } from './frame.js';
import { declareAll, type CompileBody } from './loops.js';
import { readsName } from './names.js';

type RenderBlock = (outer: Activation, output: Output) => void;

/** The blocks of a template by name. As nothing can be extended, a block renders where it stands or through `self`. */
export class BlockRegistry {
  private readonly renderers = new Map<string, RenderBlock>();
  private readonly defined = new Set<string>();

  /** The scope of the template itself. */
  readonly frame = Frame.forTemplate({ readContext: (name) => this.readName(name) });

  private readName(name: string): Evaluate {
    if (name === 'self') return (activation) => new TemplateReference(this.renderers, activation.root);
    const read = readContextName(name);
    return ({ run }) => read(run);
  }

  /** @throws {GrammarError} for a name that is taken */
  compileUse(node: BlockStatement, frame: Frame, compileBody: CompileBody): Execute {
    if (this.defined.has(node.name)) throw new GrammarError(`block '${node.name}' defined twice`);
    this.defined.add(node.name);
    // A block sees what the template has set at its top, not the loop around it, unless it is scoped.
    const scope = node.isScoped ? frame.closure(false) : this.frame.closure(false);
    const render = compileRender(node, scope, compileBody);
    this.renderers.set(node.name, render);
    if (node.isRequired) return () => failRequired(node.name);
    return (activation, output) => render(node.isScoped ? activation : activation.root, output);
  }
}

function compileRender(node: BlockStatement, scope: Frame, compileBody: CompileBody): RenderBlock {
  const superSlot = readsName(node.body, 'super') ? scope.declare('super', true) : -1;
  const body = compileBody(node.body, declareAll(scope, node.body));
  return (outer, output) => {
    const activation = new Activation(scope.activationSize, outer, outer.run);
    if (superSlot >= 0) activation.slots[superSlot] = noParent(node.name);
    body(activation, output);
  };
}

function noParent(name: string): Undefined {
  return new Undefined(`there is no parent block called '${name}'.`);
}

function failRequired(name: string): never {
  throw new JinjaError('TemplateRuntimeError', `Required block '${name}' not found`);
}

class TemplateReference extends PyObject {
  readonly typeName = 'TemplateReference';

  constructor(
    private readonly blocks: ReadonlyMap<string, RenderBlock>,
    private readonly activation: Activation,
  ) {
    super();
  }

  attribute(name: string): Value | undefined {
    const render = this.blocks.get(name);
    return render && new BlockReference(name, render, this.activation);
  }

  override repr(): string {
    return '<TemplateReference None>';
  }
}

class BlockReference extends Callable {
  readonly typeName = 'BlockReference';

  constructor(
    private readonly name: string,
    private readonly render: RenderBlock,
    private readonly activation: Activation,
  ) {
    super();
  }

  call(): Value {
    const output = new Output(this.activation.run);
    this.render(this.activation, output);
    return output.value();
  }

  attribute(name: string): Value | undefined {
    return name === 'super' ? noParent(this.name) : undefined;
  }
}
