import { MistralError } from '../core/shared/index.js';
import {
  readActions,
  readWorkbook,
  readWorkflows,
  type ActionContent,
  type WorkbookContent,
  type WorkflowContent,
} from './parsed-definitions.js';
import { verdictOf } from './verdict.js';

/** What a text is read as, and what comes out. */
export interface Contents {
  readonly workflows: readonly WorkflowContent[];
  readonly actions: readonly ActionContent[];
  readonly workbook: WorkbookContent;
}
export type Kind = keyof Contents;

export interface DefinitionJob {
  readonly kind: Kind;
  /** Whether only a verdict is asked for. */
  readonly isTrial: boolean;
  readonly text: string;
}

/** Nothing but texts and numbers, so that it passes from thread to thread at little cost. */
export type DefinitionAnswer =
  | { readonly verdict: string }
  | { readonly content: Contents[Kind] }
  | { readonly fault: { readonly code: string; readonly status: number; readonly message: string } };

const READERS: { readonly [K in Kind]: (text: string) => Contents[K] } = {
  workflows: readWorkflows,
  actions: readActions,
  workbook: readWorkbook,
};

/** Reads a definition, or tells as JSON whether it is valid. */
export function answerJob({ kind, isTrial, text }: DefinitionJob): DefinitionAnswer {
  const read = READERS[kind];
  try {
    return isTrial ? { verdict: JSON.stringify(verdictOf(text, () => read(text))) } : { content: read(text) };
  } catch (error) {
    if (!(error instanceof MistralError)) throw error;
    const { code, status, message } = error;
    return { fault: { code, status, message } };
  }
}
