type Headers = readonly (readonly [name: string, value: string])[];

const ON_ALL: Headers = [['x-content-type-options', 'nosniff']];

/** Swagger UI brings its scripts as files, but writes styles into the page, and its icons are data URLs. */
const ON_PAGES: Headers = [
  ...ON_ALL,
  [
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
      "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  ],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
];

/** Headers that tell a browser what an answer may be used for: the documentation is the only thing it shows as a page. */
export function headersFor(url: string): Headers {
  return url.startsWith('/docs') ? ON_PAGES : ON_ALL;
}
