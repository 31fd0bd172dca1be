import { Controller, Get, Header, Inject, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RootDto, VersionsDto } from './discovery.dto.js';
import { AppUrl, ApiFaults, type HttpReply, type HttpRequest } from './http/index.js';
import { Reads } from '../store/queries/index.js';

/** Where the API is, and whether it works. */
@ApiTags('discovery')
@Controller()
export class DiscoveryController {
  constructor(@Inject(Reads) private readonly reads: Reads) {}

  @Get()
  @ApiOperation({ summary: 'List the versions of the API' })
  @ApiResponse({ status: 200, type: VersionsDto })
  versions(@AppUrl() appUrl: string): string {
    const links = [{ href: `${appUrl}/v2`, target: 'v2', rel: 'self' }];
    return JSON.stringify({ versions: [{ id: 'v2.0', status: 'CURRENT', links }] });
  }

  @Get('v2')
  @ApiOperation({
    summary: 'Where this version is',
    description: 'Without the slash at the end it redirects to `/v2/`.',
  })
  @ApiResponse({ status: 200, type: RootDto })
  @ApiResponse({ status: 302, description: 'To `/v2/`.' })
  root(@AppUrl() appUrl: string, @Req() request: HttpRequest, @Res({ passthrough: true }) reply: HttpReply): string {
    const [path, search] = request.url.split('?', 2);
    if (path?.endsWith('/') === true) return JSON.stringify({ uri: `${appUrl}/v2` });
    reply.code(302).header('location', `${appUrl}/v2/${search === undefined ? '' : `?${search}`}`);
    return '';
  }

  @Get('healthcheck')
  @Header('content-type', 'text/plain')
  @ApiOperation({ summary: 'Whether the server and its database work' })
  @ApiResponse({
    status: 200,
    description: '`OK`',
    content: { 'text/plain': { schema: { type: 'string', example: 'OK' } } },
  })
  @ApiFaults(503)
  async healthcheck(): Promise<string> {
    await this.reads.ping();
    return 'OK';
  }
}
