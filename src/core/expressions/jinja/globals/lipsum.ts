import { truthy, type Value } from '../../values/index.js';
import { intArgument } from '../methods/index.js';
import { capitalize, Markup, valueError, type Run } from '../runtime/index.js';

const WORDS = (
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna ' +
  'aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute ' +
  'irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur excepteur sint occaecat cupidatat non ' +
  'proident sunt culpa qui officia deserunt mollit anim id est laborum'
).split(' ');

/** `lipsum(n=5, html=true, min=20, max=100)`: so many paragraphs of filler text. */
export function lipsum([count, isHtml, min, max]: readonly Value[], run: Run): Value {
  const low = intArgument(min);
  const high = intArgument(max);
  const paragraphs: string[] = [];
  for (let i = 0; i < intArgument(count); i++) {
    if (high <= low) throw valueError('empty range for randrange()');
    paragraphs.push(paragraph(low + below(high - low, run), run));
  }
  if (!truthy(isHtml)) return paragraphs.join('\n\n');
  return new Markup(paragraphs.map((text) => `<p>${text}</p>`).join('\n'));
}

function below(limit: number, run: Run): number {
  return Math.floor(run.scope.functions.random() * limit);
}

/** Sentences of some words each, with a comma here and there. */
function paragraph(size: number, run: Run): string {
  const words: string[] = [];
  let startsSentence = true;
  for (let i = 0; i < size; i++) {
    const word = WORDS[below(WORDS.length, run)] ?? '';
    run.budget.output(word.length + 2);
    const isLast = i === size - 1;
    const chance = run.scope.functions.random();
    const mark = isLast || chance < 0.08 ? '.' : chance < 0.18 ? ',' : '';
    words.push((startsSentence ? capitalize(word) : word) + mark);
    startsSentence = mark === '.';
  }
  return words.length === 0 ? '.' : words.join(' ');
}
