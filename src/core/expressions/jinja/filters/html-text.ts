import { splitText, type Budget } from '../../values/index.js';

/** The text of HTML: without comments and tags, entities resolved, white space as single spaces. */
export function stripTags(html: string, budget: Budget): string {
  const plain = removeTags(removeComments(html, budget));
  return unescapeHtml(splitText(plain, null).join(' '));
}

/** What is left when a comment is cut out may start a comment anew; hence from the start each time. */
function removeComments(text: string, budget: Budget): string {
  let result = text;
  for (let start = result.indexOf('<!--'); start >= 0; start = result.indexOf('<!--')) {
    const end = result.indexOf('-->', start);
    if (end < 0) break;
    budget.step(result.length);
    result = result.slice(0, start) + result.slice(end + 3);
  }
  return result;
}

function removeTags(text: string): string {
  let result = '';
  let from = 0;
  for (let start = text.indexOf('<'); start >= 0; start = text.indexOf('<', from)) {
    const end = text.indexOf('>', start);
    if (end < 0) break;
    result += text.slice(from, start);
    from = end + 1;
  }
  return result + text.slice(from);
}

/** Entities of HTML 4; those without a semicolon too, as browsers read them. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  para: '¶',
  sup1: '¹',
  sup2: '²',
  sup3: '³',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  larr: '←',
  uarr: '↑',
  rarr: '→',
  darr: '↓',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  aacute: 'á',
  ecirc: 'ê',
  ccedil: 'ç',
  ntilde: 'ñ',
  oslash: 'ø',
  aring: 'å',
  aelig: 'æ',
  iexcl: '¡',
  iquest: '¿',
};
const ENTITY = /&(?:#(\d+);?|#[xX]([\da-fA-F]+);?|([A-Za-z][A-Za-z\d]*);)|&(amp|lt|gt|quot|nbsp|copy|reg)/g;

function unescapeHtml(text: string): string {
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string, bare?: string) => {
    if (decimal !== undefined) return characterOf(Number(decimal));
    if (hex !== undefined) return characterOf(parseInt(hex, 16));
    const key = name ?? bare ?? '';
    return Object.hasOwn(NAMED, key) ? (NAMED[key] ?? whole) : whole;
  });
}

function characterOf(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd';
  return String.fromCodePoint(code);
}
