import { InputError } from '../core/shared/index.js';
import { TextField } from './http/index.js';

/** Whether the service takes work, as it is answered. */
export class MaintenanceDto {
  @TextField({ description: 'RUNNING, PAUSING or PAUSED.', example: 'RUNNING', isRequired: true })
  readonly status?: string;
}

/** Body of PUT /maintenance. */
export class UpdateMaintenanceDto {
  @TextField({ description: 'PAUSED or RUNNING.', example: 'PAUSED', isRequired: true })
  readonly status?: string | null;
}

/** @throws {InputError} for anything but the two states that can be asked for */
export function toMaintenanceState({ status }: UpdateMaintenanceDto): 'PAUSED' | 'RUNNING' {
  if (status === 'PAUSED' || status === 'RUNNING') return status;
  if (status === 'PAUSING') {
    throw new InputError('PAUSING is intermediate state. Ask for PAUSED; it becomes that when nothing runs any more.');
  }
  const states = "['PAUSING', 'PAUSED', 'RUNNING']";
  throw new InputError(`Not found ${status ?? 'None'} maintenance state. List of states: ${states}`);
}
