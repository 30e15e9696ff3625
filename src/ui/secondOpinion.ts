import * as vscode from 'vscode';
import { offeredByAny } from '../machines/backend.ts';
import { MachineError } from '../machines/errors.ts';
import type { StartObstacle } from '../protocol/startObstacles.ts';
import { createLanguageItem, type LanguageItem } from './languageItem.ts';
import { createOpinionsOnTexts, onSaveWhereWanted } from './opinionsOnTexts.ts';
import type { OpinionHere } from './nspawnProblems.ts';
import { isOurLanguage } from './languageStatus.ts';
import type { Services } from './services.ts';
import { toolPath } from './toolsFromSettings.ts';

export interface SecondOpinion {
  /**
   * Has the installed systemd-nspawn read the text, and shows what it says as problems of that text.
   * @throws MachineError toolMissing, namespacesForbidden, and those of a run; cancelled where the text has changed meanwhile
   */
  readonly ask: (document: vscode.TextDocument) => Promise<OpinionHere>;
  readonly dispose: () => void;
}

const isNspawn = (document: vscode.TextDocument): boolean =>
  isOurLanguage(document) && document.languageId === 'nspawn';

/** Says beside the language whether and what systemd-nspawn has said, and asks it on a click. */
const createStatus = (): LanguageItem =>
  createLanguageItem('nspawn.secondOpinion', {
    name: vscode.l10n.t('Second opinion of systemd-nspawn'),
    text: vscode.l10n.t('Second opinion'),
    command: { command: 'nspawn.validateWithSystemd', title: vscode.l10n.t('Ask systemd-nspawn') },
  });

export const createSecondOpinion = ({ run, backends, language, log }: Services): SecondOpinion => {
  const status = createStatus();
  const obstaclesIn = async (document: vscode.TextDocument): Promise<readonly StartObstacle[]> => {
    try {
      return await (await language.running()).startObstacles(document.uri, { text: document.getText() });
    } catch (error) {
      log.warn(`Nobody can tell what keeps a machine from starting with ${document.uri.path}: ${String(error)}`);
      return [];
    }
  };
  const opinions = createOpinionsOnTexts<OpinionHere>({
    name: 'systemd-nspawn',
    judges: isNspawn,
    ask: async (document, signal) => {
      const trusted = (await language.trustOf(document.uri)) !== 'untrusted';
      const question = { text: document.getText(), trusted, nspawn: toolPath('systemd-nspawn') };
      const { judge } = offeredByAny(backends, ({ nspawnFiles }) => nspawnFiles);
      const opinion = await judge(run, question, { signal });
      return { ...opinion, obstacles: await obstaclesIn(document) };
    },
    diagnosticsOf: async (...given) => (await import('./nspawnProblems.ts')).problemsOf(...given),
  });

  const ask = async (document: vscode.TextDocument): Promise<OpinionHere> => {
    const opinion = await opinions.ask(document);
    status.show({ detail: '' });
    return opinion;
  };

  /** What is in the way is said where the eye is not drawn to. */
  const askQuietly = async (document: vscode.TextDocument): Promise<void> => {
    try {
      await ask(document);
    } catch (error) {
      if (!(error instanceof MachineError)) throw error;
      const { failureMessage } = await import('./failureMessage.ts');
      const message = failureMessage(error.failure, vscode.l10n);
      if (message === undefined) return;
      status.show({ detail: message.sentence, severity: vscode.LanguageStatusSeverity.Warning });
    }
  };

  const subscriptions = vscode.Disposable.from(
    opinions,
    status,
    onSaveWhereWanted(isNspawn, (document) => {
      askQuietly(document).catch((error: unknown) => log.error(String(error)));
    }),
  );
  return {
    ask,
    dispose: () => {
      subscriptions.dispose();
    },
  };
};
