import type * as vscode from 'vscode';
import type { CgconfigOpinion as Opinion } from '../machines/cgroups/judge/judgeCgconfigFile.ts';
import { createOpinionsOnTexts } from './opinionsOnTexts.ts';
import type { Services } from './services.ts';
import { toolPath } from './toolsFromSettings.ts';

export interface CgconfigOpinion {
  /**
   * Has the installed cgconfigparser read the text, and shows what it says as a problem of that text.
   * @throws MachineError toolMissing, unexpectedOutput, and those of a run; cancelled where the text has changed meanwhile
   */
  readonly ask: (document: vscode.TextDocument) => Promise<Opinion>;
  readonly dispose: () => void;
}

export const createCgconfigOpinion = ({ run }: Pick<Services, 'run'>): CgconfigOpinion =>
  createOpinionsOnTexts<Opinion>({
    name: 'cgconfigparser',
    judges: ({ languageId }) => languageId === 'cgconfig',
    ask: async (document, signal) => {
      const question = { text: document.getText(), parser: toolPath('cgconfigparser') };
      const { askCgconfigparser } = await import('../machines/cgroups/judge/askCgconfigparser.ts');
      return askCgconfigparser(run, question, { signal });
    },
    diagnosticsOf: async (opinion, document) =>
      opinion.taken ? [] : [(await import('./cgconfigProblem.ts')).problemOf(opinion, document)],
  });
