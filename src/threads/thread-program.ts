/**
 * The compiled file of a module that runs in a thread, seen from its compiled and from its TypeScript neighbour, e.g.
 * `threadProgram('./parser-thread.js', import.meta.url)`.
 */
export function threadProgram(path: string, importer: string): URL {
  const file = new URL(path, importer);
  return importer.endsWith('.ts') ? new URL(file.href.replace(/\/src\/(?!.*\/src\/)/, '/dist/')) : file;
}
