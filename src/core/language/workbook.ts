import { dictGet, dictHas, isDict, PyFloat, pythonRepr, type Dict, type Json } from '../shared/index.js';
import { parseAction } from './action.js';
import type { LanguageOptions } from './check-expressions.js';
import { DslParseError } from './errors.js';
import { memberText } from './member-text.js';
import { dictAt, textAt, textsAt, toPlain, VERSION, withMembers, namedMembers } from './raw.js';
import { validateSchema, WORKBOOK } from './schema/index.js';
import { withSource, type Source } from './source.js';
import type { ActionSpec, Definition, WorkbookSpec, WorkflowSpec } from './spec.js';
import { parseWorkflow } from './workflow.js';

/**
 * Reads a workbook: its name and its workflows and ad-hoc actions by their short names.
 * @throws {DefinitionError} with line and column
 */
export function parseWorkbook(text: string, options: LanguageOptions): WorkbookSpec {
  return withSource(text, (source) => workbookOf(source, options));
}

/** As {@link parseWorkbook}, of what has been read as YAML. @throws {DefinitionError} without line and column */
export function workbookOf(source: Source, options: LanguageOptions): WorkbookSpec {
  const { data } = source;
  checkVersion(data);
  validateSchema(data, WORKBOOK, []);
  const dict = isDict(data) ? data : {};
  const actions = members(source, dict, 'actions', (name, body, path) => parseAction(name, body, options, path));
  const workflows = members(source, dict, 'workflows', (name, body, path) => parseWorkflow(name, body, options, path));
  return {
    name: textAt(dict, 'name') ?? '',
    description: textAt(dict, 'description'),
    tags: textsAt(dict, 'tags'),
    workflows,
    actions,
    raw: toPlain(withRawMembers(dict, { actions, workflows })),
  };
}

type Section = 'actions' | 'workflows';
type MemberSpec = ActionSpec | WorkflowSpec;

function members<Spec extends MemberSpec>(
  source: Source,
  workbook: Dict,
  section: Section,
  parse: (name: string, body: Dict, path: readonly string[]) => Spec,
): readonly Definition<Spec>[] {
  const found: Definition<Spec>[] = [];
  for (const [key, body] of namedMembers(dictAt(workbook, section) ?? {})) {
    if (key === 'version') continue;
    const path = [section, key];
    found.push({ spec: parse(key, memberBody(body, path), path), text: memberText(source, path) });
  }
  if (found.length > 0 || !dictHas(workbook, section)) return found;
  const listed = pythonRepr(withMembers(dictAt(workbook, section) ?? {}, { version: VERSION }));
  throw new DslParseError(`At least one item must be in the list [data=${listed}].`, [section]);
}

function memberBody(body: Json, path: readonly string[]): Dict {
  if (isDict(body)) return body;
  validateSchema(body, { type: 'object' }, path);
  return {};
}

/** Any number or text of that value passes; without a version the schema says that it is missing. */
function checkVersion(data: Json): void {
  if (!isDict(data) || !dictHas(data, 'version')) return;
  const version = dictGet(data, 'version');
  if (version instanceof PyFloat || typeof version === 'number') {
    if (Number(version) === 2) return;
  } else if (typeof version === 'string' && /^\s*\+?[\d._]+\s*$/.test(version) && Number(version) === 2) return;
  const shown = typeof version === 'string' ? version : pythonRepr(version ?? null);
  throw new DslParseError(`Unsupported DSL version: ${shown}`, ['version']);
}

/** The dict as it is stored: with the members' own stored dicts. */
function withRawMembers(workbook: Dict, found: Readonly<Record<Section, readonly Definition<MemberSpec>[]>>): Dict {
  let stored = workbook;
  for (const section of ['actions', 'workflows'] as const) {
    const owner = dictAt(workbook, section);
    if (owner === undefined) continue;
    const raws = Object.fromEntries(found[section].map(({ spec }) => [spec.name, spec.raw]));
    stored = withMembers(stored, { [section]: withMembers(owner, { ...raws, version: VERSION }) });
  }
  return stored;
}
