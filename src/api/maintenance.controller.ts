import { Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/index.js';
import { ForbiddenError } from '../core/shared/index.js';
import { Maintenance } from '../scheduler/index.js';
import { isAuthenticating } from './authentication.js';
import { ApiFaults, Caller, type CallerOf, JsonBody, Parameters, Query } from './http/index.js';
import { MaintenanceDto, toMaintenanceState, UpdateMaintenanceDto } from './maintenance.dto.js';

/** Pauses and resumes the whole service. */
@ApiTags('maintenance')
@Controller('maintenance')
export class MaintenanceController {
  constructor(
    @Inject(Maintenance) private readonly maintenance: Maintenance,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Whether the service takes work' })
  @ApiResponse({ status: 200, type: MaintenanceDto })
  @ApiFaults(503)
  async status(): Promise<string> {
    return shown(await this.maintenance.state());
  }

  @Put()
  @ApiOperation({
    summary: 'Pause all executions of all projects, or resume them',
    description:
      'While the service is not RUNNING, requests that change something are refused with 423. PAUSED answers PAUSING ' +
      'until nothing runs any more; RUNNING resumes every paused execution. Admins only, where callers log in.',
  })
  @ApiBody({ type: UpdateMaintenanceDto })
  @ApiResponse({ status: 200, type: MaintenanceDto })
  @ApiFaults(400, 403, 415, 503)
  async change(
    @JsonBody({ argument: 'new_maintenance_status', dto: UpdateMaintenanceDto, ignored: [] })
    body: UpdateMaintenanceDto,
    @Query() _none: Parameters,
    @Caller() caller: CallerOf,
  ): Promise<string> {
    if (isAuthenticating(this.config) && !caller.isAdmin) {
      throw new ForbiddenError('Operation forbidden (insufficient permissions)');
    }
    const isPaused = toMaintenanceState(body) === 'PAUSED';
    return shown(await (isPaused ? this.maintenance.pause() : this.maintenance.resume()));
  }
}

function shown(status: string): string {
  return JSON.stringify({ status });
}
