/** The prose of `docs/expressions.md`; the tables of functions are rendered from their declarations. */

export const INTRODUCTION = `# Expressions

Values in a workflow may be computed when it runs: by YAQL, written \`<% … %>\`, or by Jinja, written \`{{ … }}\` and
\`{% … %}\`. Both are evaluated as Mistral evaluates them. This page lists every operator and function; it is written by a
test that also runs the examples (\`UPDATE_DOCS=1 npx jest test/conformance/expressions/docs\`).

* A text that is one expression and nothing else has the value of the expression, of any kind: \`<% $.count %>\` is a number.
  Anything else around it, even a space, makes it a text: \`count: <% $.count %>\`.
* Begin and end of an expression stand on one line; YAQL split over lines is plain text.
* A text that has Jinja in it belongs to Jinja as a whole, YAQL in it stays as it is. Mixing both is refused when a
  workflow is created.
* The result of an expression is not evaluated again.
* The data of the workflow is \`$\` in YAQL and \`_\` in Jinja. \`$__env\`, \`$__execution\` and \`$__task_execution\` are what the
  engine knows about the environment, the execution and the task (in Jinja without the dollar).
* Each evaluation has a budget: 5,000,000 steps and 20,000,000 characters and items. What takes more is an error. One that takes
  long runs in a thread, with \`EVALUATION_TIMEOUT_SECONDS\` and \`EVALUATION_MEMORY_MB\` ([settings](settings.md)); its result
  may have 16 MiB of JSON.`;

export const YAQL_INTRODUCTION = `## YAQL

\`$\` is the data; \`$.name\` is an entry of it and an error when it is missing, \`$.get(name, default)\` is safe.
Words without quotes are texts: \`$.get(name)\`. \`'a'\`, \`"a"\` and \`\` \`a\` \`\` (without escapes) are texts, \`1\`, \`1.5\`, \`true\`,
\`false\`, \`null\` constants, \`[1, 2]\` a list, \`{a => 1}\` a dict. Arguments may be given by name: \`$.s.split(maxSplits => 1)\`.

| operator, tightest first | meaning | example |
| --- | --- | --- |
| \`.\` \`?.\` | property, method; \`?.\` answers null for null | \`$.d?.a\` |
| \`[ ]\` | entry of a dict (with a default: \`$.d[a, 0]\`), item of a list | \`$.l[-1]\` |
| \`+x\` \`-x\` | sign | \`-$.n\` |
| \`=~\` \`!~\` | whether a regular expression is found in a text | \`$.s =~ '^a'\` |
| \`*\` \`/\` \`mod\` | multiply or repeat; divide (whole for integers); remainder | \`7 / 2\` is \`3\` |
| \`+\` \`-\` | add, join texts, lists, dicts; subtract, also sets | \`[1] + [2]\` |
| \`<\` \`<=\` \`>\` \`>=\` \`=\` \`!=\` \`in\` | compare; null is smaller than anything else | \`1 in [1, 2]\` |
| \`not\` | negation | \`not $.ok\` |
| \`and\` \`or\` | the operand that decides | \`$.name or none\` |
| \`->\` | evaluates the right side with the variables of the left | \`let(a => 1) -> $a + 1\` |

Where a function takes an expression (\`predicate\`, \`selector\`), \`$\` in it is the item at hand. Collections of
\`where\`, \`select\` and the like are read once: keep one with \`toList()\` to use it twice. Parameters marked \`?\` may be
left out.`;

export const JINJA_INTRODUCTION = `## Jinja

\`_\` is the data; \`_.name\` is an entry of it, \`_['name']\` too when the name is also that of a method. Using what is missing
is an error, except with \`is defined\` and \`|default(…)\`. Statements (\`if\`, \`for\`, \`set\`, \`macro\`, \`call\`, \`filter\`, \`with\`,
\`raw\`), operators, filters and tests are those of Jinja 3.1; there is nothing to include, import or extend.
Methods of texts, lists and dicts may be called: \`{{ _.s.split(',') }}\`.`;
