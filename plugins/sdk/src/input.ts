import { typeName } from './values.js';

/** Types a parameter can be declared with; `any` is not checked. */
export type ParameterType = 'any' | 'text' | 'number' | 'boolean' | 'list' | 'dict';

/** A parameter with a default is optional; null is accepted only where the type is `any` or the default is null. */
export interface ParameterDeclaration {
  readonly type: ParameterType;
  /** Any JSON value, e.g. `'GET'` or null; a parameter without this key is required. */
  readonly default?: unknown;
  /** One sentence for the reference that is shown to authors of workflows. */
  readonly description?: string;
}

/** Parameters by name; the short form makes a required one: `{ url: 'text', method: { type: 'text', default: 'GET' } }`. */
export type InputShape = Readonly<Record<string, ParameterType | ParameterDeclaration>>;

/** The values that an action with this shape gets, defaults filled in. */
export type InputOf<Shape extends InputShape> = { readonly [Name in keyof Shape]: ValueOf<Shape[Name]> };

type ValueOf<P> = P extends ParameterType
  ? TypeOf<P>
  : P extends { readonly type: infer T extends ParameterType; readonly default: null }
    ? TypeOf<T> | null
    : P extends { readonly type: infer T extends ParameterType }
      ? TypeOf<T>
      : never;

interface TypeMap {
  readonly any: unknown;
  readonly text: string;
  readonly number: number;
  readonly boolean: boolean;
  readonly list: readonly unknown[];
  readonly dict: Readonly<Record<string, unknown>>;
}
type TypeOf<T extends ParameterType> = TypeMap[T];

/** One parameter in the long form. */
export interface Parameter extends ParameterDeclaration {
  readonly name: string;
  readonly isRequired: boolean;
}

/** The parameters of a shape in the order of their declaration. */
export function parametersOf(shape: InputShape): readonly Parameter[] {
  return Object.entries(shape).map(([name, given]) => {
    const declaration = typeof given === 'string' ? { type: given } : given;
    return { ...declaration, name, isRequired: !('default' in declaration) };
  });
}

/** The parameters as Mistral prints them, e.g. `output, delay=0`; defaults are JSON. */
export function signatureOf(parameters: readonly Parameter[]): string {
  return parameters.map((p) => (p.isRequired ? p.name : `${p.name}=${JSON.stringify(p.default)}`)).join(', ');
}

/**
 * The first parameter whose value has the wrong type, as a sentence, or undefined.
 * @param input  as given by the workflow, e.g. `{ port: '22' }` gives `port must be a number, got text`
 */
export function typeProblem(
  parameters: readonly Parameter[],
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const parameter of parameters) {
    if (parameter.type === 'any' || !Object.hasOwn(input, parameter.name)) continue;
    const value = input[parameter.name];
    if (value === null && parameter.default === null) continue;
    if (!fits(parameter.type, typeName(value)))
      return `${parameter.name} must be a ${parameter.type}, got ${typeName(value)}`;
  }
  return undefined;
}

function fits(type: ParameterType, name: string): boolean {
  return type === 'number' ? name === 'integer' || name === 'float' : type === name;
}
