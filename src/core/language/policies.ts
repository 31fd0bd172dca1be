import { dictGet, dictHas, isDict, PyFloat, type Dict, type Json } from '../shared/index.js';
import { parseCall, parseParameters } from './call.js';
import { checkExpressions, type LanguageOptions } from './check-expressions.js';
import type { DefinitionPath } from './errors.js';
import { isTruthy } from './raw.js';
import { RETRY, validateSchema } from './schema/index.js';
import type { PoliciesSpec, RetrySpec } from './spec.js';

const NAMES = ['retry', 'wait-before', 'wait-after', 'timeout', 'pause-before', 'concurrency', 'fail-on'] as const;

/** Policies of a task, or of the task-defaults; 0 and false are off. */
export function buildPolicies(owner: Dict): PoliciesSpec {
  const on = (name: string): Json | undefined => {
    const value = wholeNumber(dictGet(owner, name));
    return isTruthy(value) ? value : undefined;
  };
  return {
    retry: buildRetry(dictGet(owner, 'retry')),
    waitBefore: on('wait-before'),
    waitAfter: on('wait-after'),
    timeout: on('timeout'),
    pauseBefore: on('pause-before'),
    concurrency: on('concurrency'),
    failOn: on('fail-on'),
    retryItems: retryItemsOf(owner),
  };
}

/** The task's own policies, and the defaults for those that are off. */
export function mergePolicies(own: PoliciesSpec, defaults: PoliciesSpec): PoliciesSpec {
  return {
    retry: own.retry ?? defaults.retry,
    waitBefore: own.waitBefore ?? defaults.waitBefore,
    waitAfter: own.waitAfter ?? defaults.waitAfter,
    timeout: own.timeout ?? defaults.timeout,
    pauseBefore: own.pauseBefore ?? defaults.pauseBefore,
    concurrency: own.concurrency ?? defaults.concurrency,
    failOn: own.failOn ?? defaults.failOn,
    retryItems: own.retryItems ?? defaults.retryItems,
  };
}

/** Checks what the schema of the owner leaves open: retry in one line, and expressions. */
export function checkPolicies(owner: Dict, options: LanguageOptions, path: DefinitionPath): void {
  const retry = dictGet(owner, 'retry');
  if (typeof retry === 'string') checkRetryText(retry, [...path, 'retry']);
  for (const name of NAMES) {
    if (!dictHas(owner, name)) continue;
    const value = dictGet(owner, name);
    checkExpressions(typeof retry === 'string' && name === 'retry' ? retryDict(retry) : value, options, [
      ...path,
      name,
    ]);
  }
}

function checkRetryText(retry: string, path: DefinitionPath): void {
  parseCall(retry, path);
  validateSchema(retryDict(retry), RETRY, path);
}

function buildRetry(retry: Json | undefined): RetrySpec | undefined {
  const dict = typeof retry === 'string' ? retryDict(retry) : retry;
  if (!isDict(dict)) return undefined;
  return {
    count: wholeNumber(dictGet(dict, 'count')) ?? 0,
    delay: wholeNumber(dictGet(dict, 'delay')) ?? 0,
    breakOn: expressionAt(dict, 'break-on'),
    continueOn: expressionAt(dict, 'continue-on'),
    multiplier: wholeNumber(dictGet(dict, 'multiplier')),
    maxDelay: wholeNumber(dictGet(dict, 'max-delay')),
    jitter: wholeNumber(dictGet(dict, 'jitter')),
  };
}

function retryItemsOf(owner: Dict): 'all' | 'failed' | undefined {
  const value = dictGet(owner, 'retry-items');
  return value === 'all' || value === 'failed' ? value : undefined;
}

/** Mistral takes `2.0` for 2 in some policies and hangs on it in others; here it is always 2. */
function wholeNumber(value: Json | undefined): Json | undefined {
  return value instanceof PyFloat && Number.isInteger(value.value) ? value.value : value;
}

function expressionAt(dict: Dict, name: string): string | undefined {
  const value = dictGet(dict, name);
  return typeof value === 'string' ? value : undefined;
}

/** `count=3 delay=1`; a text without a space has no parameters. */
function retryDict(text: string): Dict {
  return text.includes(' ') ? parseParameters(text) : {};
}
