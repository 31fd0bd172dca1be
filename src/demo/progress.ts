import { itemsOf, type TaskView } from './client.js';

const BAR_WIDTH = 24;

/** Lines that show how far a run is: tasks by state, a bar for with-items, the time so far in milliseconds. */
export function progressLines(tasks: readonly TaskView[], elapsedMs: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { state } of tasks) counts.set(state, (counts.get(state) ?? 0) + 1);
  const summary = [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
  return [`${(elapsedMs / 1000).toFixed(1)} s  ${summary}`, ...tasks.map(taskLine)];
}

function taskLine(task: TaskView): string {
  const head = `  ${task.state.padEnd(8)} ${task.name.padEnd(18)}`;
  const total = itemsOf(task);
  if (total > 0) return `${head} ${bar(task.done, total)} ${task.done}/${total}`;
  return task.state === 'DELAYED' && task.state_info !== null ? `${head} ${task.state_info}` : head.trimEnd();
}

function bar(done: number, total: number): string {
  const full = Math.round((BAR_WIDTH * done) / total);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`;
}

/** Draws over its last picture in a terminal; elsewhere prints a line whenever the states change. */
export class Screen {
  private height = 0;
  private lastSummary = '';

  constructor(private readonly out: NodeJS.WriteStream) {}

  draw(lines: readonly string[]): void {
    if (!this.out.isTTY) return this.printChanges(lines);
    const up = this.height > 0 ? `\u001b[${this.height}A` : '';
    this.out.write(up + lines.map((line) => `\u001b[2K${line}\n`).join(''));
    this.height = lines.length;
  }

  private printChanges([head = '', ...tasks]: readonly string[]): void {
    const summary = tasks.join('\n');
    if (summary === this.lastSummary) return;
    this.lastSummary = summary;
    this.out.write(`${head}\n${summary}\n`);
  }
}
