import { column, type Resource } from './columns.js';
import { DATES, ID, NAME, PROJECT, SCOPE } from './common-columns.js';
import { table } from './visible-rows.js';

const INPUT = column('workflow_input', 'json', { isNullable: false });
const PARAMS = column('workflow_params', 'json', { isNullable: false });
const WORKFLOW = column('workflow_id', 'uuid', { isNullable: false });

export const CRON_TRIGGERS: Resource = {
  name: 'cron_triggers',
  from: table('cron_triggers t'),
  columns: [
    ID,
    NAME,
    column('workflow_name', 'text', { isNullable: false }),
    WORKFLOW,
    INPUT,
    PARAMS,
    { ...PROJECT, kind: 'uuid' },
    SCOPE,
    column('pattern', 'text', { isNullable: false }),
    column('remaining_executions', 'integer'),
    column('first_execution_time', 'date'),
    column('next_execution_time', 'date', { isNullable: false }),
    ...DATES,
  ],
  extraFields: [],
  filters: [
    'name',
    'workflow_name',
    'workflow_id',
    'workflow_input',
    'workflow_params',
    'scope',
    'pattern',
    'remaining_executions',
    'first_execution_time',
    'next_execution_time',
    'created_at',
    'updated_at',
    'project_id',
  ],
  switches: ['all_projects'],
  defaultSort: 'created_at',
  shared: 'public',
  isOpenToAdmins: true,
  isMarkedByName: true,
  notFound: (identifier) => `Cron trigger not found [identifier=${identifier}]`,
};

export const EVENT_TRIGGERS: Resource = {
  name: 'event_triggers',
  from: table('event_triggers t'),
  columns: [
    ID,
    ...DATES,
    PROJECT,
    column('name', 'text'),
    WORKFLOW,
    INPUT,
    PARAMS,
    column('exchange', 'text', { isNullable: false }),
    column('topic', 'text', { isNullable: false }),
    column('event', 'text', { isNullable: false }),
    SCOPE,
  ],
  extraFields: [],
  filters: [
    'name',
    'workflow_id',
    'workflow_input',
    'workflow_params',
    'exchange',
    'topic',
    'event',
    'scope',
    'created_at',
    'updated_at',
    'project_id',
  ],
  switches: ['all_projects'],
  defaultSort: 'created_at',
  shared: 'public',
  isOpenToAdmins: true,
  notFound: (id) => `Event trigger not found [id=${id}].`,
};

/** Offers of workflows: their owner sees all of them, a project those that were made to it. */
export const MEMBERS: Resource = {
  name: 'members',
  from: table("(SELECT * FROM resource_members WHERE resource_type = 'workflow') t"),
  columns: [
    ID,
    column('resource_id', 'text', { isNullable: false }),
    column('resource_type', 'text', { isNullable: false }),
    PROJECT,
    column('member_id', 'text', { isNullable: false }),
    column('status', 'text', { isNullable: false }),
    ...DATES,
  ],
  extraFields: [],
  filters: [],
  switches: [],
  defaultSort: 'created_at',
  shared: 'members',
  isOpenToAdmins: false,
  notFound: (memberId) => `Resource member not found [member_id=${memberId}]`,
};
