import type { Value } from '../../values/index.js';
import type { Run } from '../runtime/index.js';
import { parseTemplate, parseWholeExpression } from '../syntax/index.js';
import { Activation, Output } from './activation.js';
import { BlockRegistry } from './blocks.js';
import { compileExpression } from './expressions.js';
import { declareAll } from './loops.js';
import { StatementCompiler } from './statements.js';

/** A compiled text: a run gives its value. */
export type Compiled = (run: Run) => Value;

/** Compiles a template; its value is always text. @throws {GrammarError} */
export function compileTemplate(text: string): Compiled {
  const statements = parseTemplate(text);
  const blocks = new BlockRegistry();
  const { frame } = blocks;
  const execute = new StatementCompiler(blocks).compileBody(statements, declareAll(frame, statements));
  return (run) => {
    const output = new Output(run);
    execute(new Activation(frame.activationSize, null, run), output);
    return output.text;
  };
}

/** Compiles what stands between `{{` and `}}`; its value is of any kind. @throws {GrammarError} */
export function compileWhole(text: string): Compiled {
  const node = parseWholeExpression(text);
  const { frame } = new BlockRegistry();
  const evaluate = compileExpression(node, frame);
  return (run) => evaluate(new Activation(frame.activationSize, null, run));
}
