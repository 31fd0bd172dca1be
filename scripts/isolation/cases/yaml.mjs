/** `count` lines, made of their number from 0. */
export const lines = (count, line) => Array.from({ length: count }, (_, i) => line(i)).join('');

/** A workflow of one task, e.g. `oneTask('w', "action: std.noop")`; the task's text stands at its indentation. */
export const oneTask = (name, text, more = '') => `version: '2.0'
${name}:
${more}  tasks:
    t1:
      ${text.trim().replaceAll('\n', '\n      ')}
`;

/** A text in YAML's single quotes. */
export const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** Somebody computes for seconds: 2.5 s on the machine of the table, with its 2,000,000 numbers. */
export const COSTLY = "{{ _.i + ((range(100000)|list*20)|map('float')|map('round',2)|list|length) }}";

/** As costly, wherever there is a variable or none. */
export const COSTLY_ANYWHERE = "{{ (range(100000)|list*10)|map('float')|map('round',2)|list|length }}";
