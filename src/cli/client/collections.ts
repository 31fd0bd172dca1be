import { durationText } from '../times.js';

/** A row of a list, as the API answers it. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

interface Column {
  readonly head: string;
  readonly text: (row: Row) => string;
}

/** What can be listed and shown. */
export interface Collection {
  readonly path: string;
  /** Member of a list's answer that holds the rows. */
  readonly key: string;
  /** What to ask for; the whole rows when empty. */
  readonly fields: string;
  readonly columns: readonly Column[];
  /** Newest first, and not all of them unless asked for; other lists are complete and sorted by name. */
  readonly isHistory: boolean;
}

const MAX_TEXT = 60;

const EXECUTION_COLUMNS = [
  column('ID', 'id'),
  column('WORKFLOW', 'workflow_name'),
  column('STATE', 'state'),
  column('CREATED', 'created_at'),
  { head: 'TOOK', text: (row: Row) => took(row, 'created_at', row['state'] === 'RUNNING' ? undefined : 'updated_at') },
  column('INFO', 'state_info'),
];

const TASK_COLUMNS = [
  column('ID', 'id'),
  column('NAME', 'name'),
  column('WORKFLOW', 'workflow_name'),
  column('STATE', 'state'),
  column('STARTED', 'started_at'),
  { head: 'TOOK', text: (row: Row) => took(row, 'started_at', 'finished_at') },
  column('INFO', 'state_info'),
];

const ACTION_EXECUTION_COLUMNS = [
  column('ID', 'id'),
  column('ACTION', 'name'),
  column('TASK', 'task_name'),
  column('STATE', 'state'),
  column('CREATED', 'created_at'),
  column('INFO', 'state_info'),
];

/** Everything that can be listed, by the word for it. */
export const COLLECTIONS = {
  workflows: catalogue('workflows', 'id,name,namespace,tags,input,created_at,updated_at', [
    column('NAME', 'name'),
    column('NAMESPACE', 'namespace'),
    column('INPUT', 'input'),
    column('TAGS', 'tags'),
    { head: 'CHANGED', text: (row) => shortText(row['updated_at'] ?? row['created_at']) },
  ]),
  workbooks: catalogue('workbooks', 'id,name,namespace,tags,created_at,updated_at', [
    column('NAME', 'name'),
    column('NAMESPACE', 'namespace'),
    column('TAGS', 'tags'),
    { head: 'CHANGED', text: (row) => shortText(row['updated_at'] ?? row['created_at']) },
  ]),
  actions: catalogue('actions', '', [
    column('NAME', 'name'),
    { head: 'FROM', text: (row) => (row['definition'] ? 'ad-hoc' : 'plugin') },
    column('INPUT', 'input'),
  ]),
  environments: catalogue('environments', 'id,name,description,scope,created_at,updated_at', [
    column('NAME', 'name'),
    column('DESCRIPTION', 'description'),
    { head: 'CHANGED', text: (row) => shortText(row['updated_at'] ?? row['created_at']) },
  ]),
  executions: history(
    'executions',
    'id,workflow_name,state,state_info,created_at,updated_at,description,task_execution_id',
    EXECUTION_COLUMNS,
  ),
  tasks: history(
    'tasks',
    'id,name,workflow_name,workflow_execution_id,state,state_info,created_at,started_at,finished_at',
    TASK_COLUMNS,
  ),
  'action-executions': history('action_executions', '', ACTION_EXECUTION_COLUMNS),
} as const satisfies Readonly<Record<string, Collection>>;

export type CollectionName = keyof typeof COLLECTIONS;

export const COLLECTION_NAMES = Object.keys(COLLECTIONS) as readonly CollectionName[];

/** What one of a collection is called. */
export function singular(name: CollectionName): string {
  return name.slice(0, -1);
}

function catalogue(path: string, fields: string, columns: readonly Column[]): Collection {
  return { path, key: path, fields, columns, isHistory: false };
}

function history(path: string, fields: string, columns: readonly Column[]): Collection {
  return { path, key: path, fields, columns, isHistory: true };
}

function column(head: string, field: string): Column {
  return { head, text: (row) => shortText(row[field]) };
}

function took(row: Row, from: string, to: string | undefined): string {
  const [start, end] = [row[from], to === undefined ? undefined : row[to]];
  return typeof start === 'string' && typeof end === 'string' ? durationText(start, end) : '';
}

/** One line of a value. */
function shortText(value: unknown): string {
  const text = Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT - 1)}…` : line;
}
