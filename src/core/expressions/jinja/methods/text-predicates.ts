import { PY_SPACE } from '../../values/index.js';
import { isLowerCase, isTitleCase, isUpperCase } from '../runtime/index.js';
import { method, type Method } from './method.js';

const DIGITS =
  '\\p{Nd}\\u00b2\\u00b3\\u00b9\\u1369-\\u1371\\u19da\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u2460-\\u2468\\u2474-\\u247c\\u2488-\\u2490\\u24ea\\u24f5-\\u24fd\\u24ff\\u2776-\\u277e\\u2780-\\u2788\\u278a-\\u2792';
const IDEOGRAPHS = '一二三四五六七八九十百千万億兆零〇壹貳參肆伍陸柒捌玖拾廿卅';

/** A predicate that holds when every character of a text that is not empty matches. */
function all(name: string, characters: string): Method<string> {
  const pattern = new RegExp(`^[${characters}]+$`, 'u');
  return method(name, [], (text) => pattern.test(text));
}

/** Methods of `str` that say what it consists of. */
export const PREDICATE_METHODS: readonly Method<string>[] = [
  all('isalpha', '\\p{L}'),
  all('isalnum', `\\p{L}\\p{N}${DIGITS}`),
  all('isdecimal', '\\p{Nd}'),
  all('isdigit', DIGITS),
  all('isnumeric', `\\p{N}${IDEOGRAPHS}`),
  all('isspace', PY_SPACE),
  method('isascii', [], (text) => !/[^\0-\x7f]/.test(text)),
  method('isprintable', [], (text) => !/[\p{C}\p{Z}]/u.test(text.replaceAll(' ', ''))),
  method('isidentifier', [], (text) => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text)),
  method('islower', [], isLowerCase),
  method('isupper', [], isUpperCase),
  method('istitle', [], isTitleCase),
];
