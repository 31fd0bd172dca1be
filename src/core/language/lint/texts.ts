import { firstDelimited } from '../../shared/index.js';
import type { DefinitionPath } from '../errors.js';
import type { WorkflowSpec } from '../spec.js';
import { finding, type Finding } from './finding.js';
import { walkTexts } from './walk-texts.js';

/** Expressions that go over several lines, which are never evaluated. */
export function checkTexts(workflow: WorkflowSpec, path: DefinitionPath): readonly Finding[] {
  const findings: Finding[] = [];
  walkTexts(workflow.raw, path, (text, at) => {
    if (isEvaluated(text) || !(isClosed(text, '<%', '%>') || isClosed(text, '{{', '}}'))) return;
    const message =
      'an expression can\'t go over several lines, this stays plain text: write it in one line, or fold it with ">-"';
    findings.push(finding('text-not-expression', at(), message));
  });
  return findings;
}

function isEvaluated(text: string): boolean {
  if (text.includes('{%')) return true;
  return firstDelimited(text, '<%', '%>') !== undefined || firstDelimited(text, '{{', '}}') !== undefined;
}

/** On whatever line. */
function isClosed(text: string, open: string, close: string): boolean {
  const start = text.indexOf(open);
  return start >= 0 && text.includes(close, start + 2);
}
