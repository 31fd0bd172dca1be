import { ApiProperty } from '@nestjs/swagger';
import { TextField } from './http/index.js';

/** Where a version of the API is. */
export class LinkDto {
  @TextField({ description: 'Address.', example: 'http://127.0.0.1:8989/v2', isRequired: true })
  readonly href?: string;

  @TextField({ description: 'Last part of the address.', example: 'v2', isRequired: true })
  readonly target?: string;

  @TextField({ description: 'Always self.', example: 'self', isRequired: true })
  readonly rel?: string;
}

/** A version of the API. */
export class VersionDto {
  @TextField({ description: 'Identifier.', example: 'v2.0', isRequired: true })
  readonly id?: string;

  @TextField({ description: 'Always CURRENT.', example: 'CURRENT', isRequired: true })
  readonly status?: string;

  @ApiProperty({ type: [LinkDto], description: 'Where it is.' })
  readonly links?: readonly LinkDto[];
}

/** The versions of the API. */
export class VersionsDto {
  @ApiProperty({ type: [VersionDto], description: 'All there are: one.' })
  readonly versions?: readonly VersionDto[];
}

/** Where this version of the API is. */
export class RootDto {
  @TextField({ description: 'Address.', example: 'http://127.0.0.1:8989/v2', isRequired: true })
  readonly uri?: string;
}
