import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { play } from './play.js';

const FOLDER = import.meta.dirname;
const FILES = readdirSync(FOLDER).filter(
  (name) => name.endsWith('.yaml') && /^(about|expect):/m.test(readFileSync(`${FOLDER}/${name}`, 'utf8')),
);

describe('rehearsals', () => {
  it.each(FILES)('%s', (name) => {
    expect(play(FOLDER, name)).toEqual([]);
  });
});
