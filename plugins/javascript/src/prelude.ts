import { LOG_LINE_CHARACTERS, LOG_LINES, OUTPUT_CHARACTERS } from './limits.js';

/** Name under which code imports the helpers of {@link SDK_MODULE}. */
export const SDK_NAME = '@tramontane/plugin-sdk';

/** What the sandbox knows of the SDK. */
export const SDK_MODULE = `
const outcome = Symbol.for('tramontane/outcome');
export function success(data = null) { return { [outcome]: 'success', data }; }
export function failure(data) { return { [outcome]: 'error', data }; }
`;

/** File of a module in the engine's errors. */
export const MODULE_FILE = 'code.js';
/** File of a function body in the engine's errors, and the lines that the engine puts before it. */
export const INPUT_FILE = '<input>';
export const LINES_BEFORE_BODY = 2;

/**
 * Runs inside the sandbox, before anything else. Its value is `(kind, target, exportName, data) => Promise<text>`, whose
 * text has three lines: how it ended, the log as JSON, and the result as JSON or the reason of the failure.
 */
export const PRELUDE = `
(() => {
  'use strict';
  const { parse, stringify } = JSON;
  const outcome = Symbol.for('tramontane/outcome');
  const log = [];

  const shown = (value) => {
    try {
      return typeof value === 'string' ? value : stringify(value) ?? String(value);
    } catch {
      return typeof value;
    }
  };
  const logger = (level) => (...values) => {
    const text = values.map(shown).join(' ').slice(0, ${LOG_LINE_CHARACTERS});
    if (log.length < ${LOG_LINES}) log.push({ level, text });
  };
  globalThis.console = {
    debug: logger('debug'), log: logger('info'), info: logger('info'), warn: logger('warn'), error: logger('error'),
  };

  const reasonOf = (error) => {
    if (!(error instanceof Error)) return shown(error);
    const place = /(code\\.js|<input>):(\\d+)/.exec(error.stack ?? '');
    const text = error.name + ': ' + error.message;
    if (place === null) return text;
    return text + ' (line ' + (place[1] === '${INPUT_FILE}' ? place[2] - ${LINES_BEFORE_BODY} : place[2]) + ')';
  };

  const callExport = (module, name, { input, context }) => {
    const exported = module[name];
    if (typeof exported !== 'function') throw new TypeError('there is no exported class or function "' + name + '"');
    const isClass = /^class\\b/.test(Function.prototype.toString.call(exported));
    if (!isClass && typeof exported.prototype?.run !== 'function') return exported({ ...context, input });
    const action = new exported(input);
    if (typeof action.run !== 'function') throw new TypeError('the class "' + name + '" has no method run');
    return action.run(context);
  };

  const answer = (kind, text) => {
    if (text.length > ${OUTPUT_CHARACTERS}) return answer('thrown', 'the result is larger than ${OUTPUT_CHARACTERS} characters');
    return kind + '\\n' + stringify(log) + '\\n' + text;
  };

  return async (kind, target, exportName, data) => {
    try {
      const given = parse(data);
      const value = await (kind === 'script' ? target(given) : callExport(target, exportName, given));
      const wrapped = value?.[outcome];
      if (wrapped === undefined) return answer('success', stringify(value) ?? 'null');
      return answer(wrapped, stringify(value.data) ?? 'null');
    } catch (error) {
      return answer('thrown', reasonOf(error));
    }
  };
})()
`;
