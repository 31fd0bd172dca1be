import { readFile } from 'node:fs/promises';
import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/index.js';
import { InputError } from '../core/shared/index.js';
import { ApiFaults } from './http/index.js';

/** What the operator has to say of this installation. */
@ApiTags('discovery')
@Controller('info')
export class InfoController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @ApiOperation({ summary: 'The JSON file that the operator has set with `INFO_FILE`' })
  @ApiResponse({
    status: 200,
    schema: { type: 'object', additionalProperties: true, example: { name: 'flows', release: '2026.1' } },
  })
  @ApiFaults(400)
  async info(): Promise<string> {
    const { infoFile } = this.config;
    if (infoFile === undefined) throw new InputError('Info endpoint disabled.');
    try {
      const text = await readFile(infoFile, 'utf8');
      JSON.parse(text);
      return text;
    } catch (cause) {
      throw new InputError('Incorrect path to info json file.', { cause });
    }
  }
}
