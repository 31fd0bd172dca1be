/** `node --import ./test/support/typescript.mjs program.ts` runs TypeScript as it stands: no build, no type check. */
import { register } from 'node:module';

register(new URL('./typescript-hooks.mjs', import.meta.url));
