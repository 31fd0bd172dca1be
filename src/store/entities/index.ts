import { ActionDefinitionEntity } from './action-definition.entity.js';
import { CodeSourceEntity } from './code-source.entity.js';
import { CronTriggerEntity } from './cron-trigger.entity.js';
import { DynamicActionEntity } from './dynamic-action.entity.js';
import { EnvironmentEntity } from './environment.entity.js';
import { EventTriggerEntity } from './event-trigger.entity.js';
import { ResourceMemberEntity } from './resource-member.entity.js';
import { WorkbookEntity } from './workbook.entity.js';
import { WorkflowDefinitionEntity } from './workflow-definition.entity.js';
import { WorkflowSpecEntity } from './workflow-spec.entity.js';

/** Everything that users define. What runs (executions, tasks, actions) is written set by set, without entities. */
export const ENTITIES = [
  ActionDefinitionEntity,
  CodeSourceEntity,
  CronTriggerEntity,
  DynamicActionEntity,
  EnvironmentEntity,
  EventTriggerEntity,
  ResourceMemberEntity,
  WorkbookEntity,
  WorkflowDefinitionEntity,
  WorkflowSpecEntity,
] as const;

export {
  ActionDefinitionEntity,
  CodeSourceEntity,
  CronTriggerEntity,
  DynamicActionEntity,
  EnvironmentEntity,
  EventTriggerEntity,
  ResourceMemberEntity,
  WorkbookEntity,
  WorkflowDefinitionEntity,
  WorkflowSpecEntity,
};
