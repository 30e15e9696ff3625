import { basename } from 'node:path/posix';
import type * as vscode from 'vscode';
import { offeredByAny } from '../machines/backend.ts';
import type { LxcOpinion as Opinion } from '../machines/configFile.ts';
import { MachineError } from '../machines/errors.ts';
import { isOurLanguage } from './languageStatus.ts';
import { createOpinionsOnTexts, onSaveWhereWanted } from './opinionsOnTexts.ts';
import type { Services } from './services.ts';
import { toolPath } from './toolsFromSettings.ts';

export interface LxcOpinion {
  /**
   * Has the installed LXC read the text, and shows the lines that it refuses as problems of that text.
   * @throws MachineError toolMissing, unexpectedOutput, and those of a run; cancelled where the text has changed meanwhile
   */
  readonly ask: (document: vscode.TextDocument) => Promise<Opinion>;
  readonly dispose: () => void;
}

const isLxc = (document: vscode.TextDocument): boolean => isOurLanguage(document) && document.languageId === 'lxc';

/** What other files include, by its name; a text without a file may become either. */
const isPart = ({ uri }: vscode.TextDocument): boolean => basename(uri.path) !== 'config';

export const createLxcOpinion = ({ run, backends, log }: Services): LxcOpinion => {
  const { ask, dispose } = createOpinionsOnTexts<Opinion>({
    name: 'lxc-info',
    judges: isLxc,
    ask: async (document, signal) => {
      const { judge } = offeredByAny(backends, ({ lxcFiles }) => lxcFiles);
      const question = { text: document.getText(), tool: toolPath('lxc-info'), isPart: isPart(document) };
      return judge(run, question, { signal });
    },
    diagnosticsOf: async (...given) => (await import('./lxcProblems.ts')).problemsOf(...given),
  });
  const saved = onSaveWhereWanted(isLxc, (document) => {
    ask(document).catch((error: unknown) => {
      log.warn(`No second opinion of LXC: ${error instanceof MachineError ? error.failure.kind : String(error)}`);
    });
  });
  return {
    ask,
    dispose: () => {
      saved.dispose();
      dispose();
    },
  };
};
