import { expect, it } from '@jest/globals';
import { Run } from './a-run.js';
import type { Command } from './changes.js';

const WIDE = `version: '2.0'
wide:
  tasks:
    all: {with-items: i in <% range(2500) %>, workflow: waits}
waits:
  tasks:
    outside: {action: acme.async}
`;

function told(commands: readonly Command[], kind: string): number {
  return commands.filter((command) => command.kind === 'tell' && command.event.kind === kind).length;
}

it('of very many sub-workflows a transaction tells some, and all hear of it in the end', () => {
  const run = new Run(WIDE).start();

  run.send({ kind: 'pause' });
  expect(told(run.commands, 'pause')).toBe(2500);
  expect(told(run.commands, 'tell-children')).toBe(2);

  run.send({ kind: 'resume' });
  expect(told(run.commands, 'resume')).toBe(2500);

  run.send({ kind: 'stop', state: 'CANCELLED', message: null });
  expect(told(run.commands, 'stop')).toBe(2500);
  expect(run.flow(2500).execution.state).toBe('CANCELLED');
});
