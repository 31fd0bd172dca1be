import type { DefinitionPath } from '../errors.js';
import type { WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';
import { walkTexts } from './walk-texts.js';

const OPENS = /<%|\{\{/;
const COMPLETE = /<%[^\n]*?%>|\{\{[^\n]*?\}\}|\{%/;
const ACROSS_LINES = /<%[\s\S]*?%>|\{\{[\s\S]*?\}\}/;

/** Expressions that go over several lines, which are never evaluated. */
export function checkTexts(workflow: WorkflowSpec, path: DefinitionPath): readonly Finding[] {
  const findings: Finding[] = [];
  walkTexts(workflow.raw, path, (text, at) => {
    if (!OPENS.test(text) || COMPLETE.test(text) || !ACROSS_LINES.test(text)) return;
    const message =
      'an expression can\'t go over several lines, this stays plain text: write it in one line, or fold it with ">-"';
    findings.push(finding('text-not-expression', at, message));
  });
  return findings;
}
