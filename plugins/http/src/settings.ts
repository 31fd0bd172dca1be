import type { PackSettings } from '@tramontane/plugin-sdk';

/** What the operator allows, e.g. `{ allowedHosts: [], deniedCidrs: ['127.0.0.0/8'], defaultTimeoutSeconds: 60, … }`. */
export interface HttpSettings {
  /** Names of the only hosts to talk to, `*.example.com` for all below; empty: any. */
  readonly allowedHosts: readonly string[];
  /** Address ranges that are never talked to, whatever name leads there. */
  readonly deniedCidrs: readonly string[];
  /** For everything when the action gives no timeout; 0: none. */
  readonly defaultTimeoutSeconds: number;
  /** Of a body, as sent and as unpacked; 0: no limit. */
  readonly maxResponseBytes: number;
}

/** The environment variables of this pack and what they are for. */
export const SETTINGS = {
  HTTP_ALLOWED_HOSTS: 'Comma-separated names of the only hosts that std.http may talk to; absent: any.',
  HTTP_DENIED_CIDRS:
    'Comma-separated address ranges that std.http never talks to, or none; absent: this machine and its link.',
  HTTP_DEFAULT_TIMEOUT: 'Seconds for a whole exchange when an action says nothing, 0 for ever; absent: 60.',
  HTTP_MAX_RESPONSE_BYTES: 'Largest body of an answer, 0 for any size; absent: 5242880.',
} as const;

const DENIED_CIDRS = ['127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10'];

/** @throws {TypeError} with the name of the setting that can't be read */
export function readSettings(settings: PackSettings): HttpSettings {
  return {
    allowedHosts: listOf(settings.HTTP_ALLOWED_HOSTS) ?? [],
    deniedCidrs: listOf(settings.HTTP_DENIED_CIDRS) ?? DENIED_CIDRS,
    defaultTimeoutSeconds: wholeNumber(settings, 'HTTP_DEFAULT_TIMEOUT') ?? 60,
    maxResponseBytes: wholeNumber(settings, 'HTTP_MAX_RESPONSE_BYTES') ?? 5_242_880,
  };
}

function listOf(text = ''): readonly string[] | undefined {
  if (text.trim() === '') return undefined;
  const words = text.split(',').map((word) => word.trim());
  return text.trim() === 'none' ? [] : words.filter((word) => word !== '');
}

function wholeNumber(settings: PackSettings, name: string): number | undefined {
  const text = settings[name]?.trim() ?? '';
  if (text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new TypeError(`${name}: got "${text}", expected a whole number from 0`);
  return Number(text);
}
