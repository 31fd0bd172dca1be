import Table from 'cli-table3';

/** Writes a line to standard output: results and tables. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes a line to standard error: progress and remarks, so that standard output holds the result alone. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Columns under their headings, without lines, e.g. `printTable(['ID', 'STATE'], [['1', 'ERROR']])`. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const none = '';
  const table = new Table({
    head: [...head],
    chars: {
      top: none,
      'top-mid': none,
      'top-left': none,
      'top-right': none,
      bottom: none,
      'bottom-mid': none,
      'bottom-left': none,
      'bottom-right': none,
      left: none,
      'left-mid': none,
      mid: none,
      'mid-mid': none,
      right: none,
      'right-mid': none,
      middle: '  ',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  print(table.toString().replace(/ +$/gm, ''));
}
