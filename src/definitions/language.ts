import { validate } from '../core/expressions/index.js';
import type { LanguageOptions } from '../core/language/index.js';

/** The language with our expressions in it. */
export const LANGUAGE: LanguageOptions = { validateExpression: validate };
