import * as vscode from 'vscode';
import { inertText, withoutLinks } from './plainText.ts';

// Here alone texts are handed to VS Code's notifications, so that no name in them becomes a link: eslint.config.mjs holds that.

/** Says something. The titles of buttons are our own words; resolves with the one that was pressed. */
export const showInformation = (text: string, ...buttons: readonly string[]): Thenable<string | undefined> =>
  vscode.window.showInformationMessage(withoutLinks(text), ...buttons);

export const showWarning = (text: string, ...buttons: readonly string[]): Thenable<string | undefined> =>
  vscode.window.showWarningMessage(withoutLinks(text), ...buttons);

export const showError = (text: string, ...buttons: readonly string[]): Thenable<string | undefined> =>
  vscode.window.showErrorMessage(withoutLinks(text), ...buttons);

/** Asks in a window that waits for an answer. */
export const askModal = (
  severity: 'information' | 'warning',
  question: string,
  detail: string | undefined,
  ...buttons: readonly string[]
): Thenable<string | undefined> => {
  const options = { modal: true, ...(detail === undefined ? {} : { detail }) };
  return severity === 'warning'
    ? vscode.window.showWarningMessage(withoutLinks(question), options, ...buttons)
    : vscode.window.showInformationMessage(withoutLinks(question), options, ...buttons);
};

/**
 * Asks before something is lost. VS Code gives Enter to the first button and closes by Escape: the first one does nothing, so that a key
 * pressed too soon does no harm. Undefined where nothing is to be done.
 */
export const askBeforeLoss = async (
  question: string,
  detail: string,
  ...buttons: readonly string[]
): Promise<string | undefined> => {
  const nothing = vscode.l10n.t('Do Nothing');
  const answer = await askModal('warning', question, detail, nothing, ...buttons);
  return answer === nothing ? undefined : answer;
};

type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** Shows that something is under way. */
export const showProgress = <Result>(
  { title, ...options }: vscode.ProgressOptions,
  task: (progress: Progress, token: vscode.CancellationToken) => Thenable<Result>,
): Thenable<Result> =>
  vscode.window.withProgress(
    { ...options, ...(title === undefined ? {} : { title: inertText(title) }) },
    (progress, token) => {
      const report: Progress['report'] = ({ message, ...rest }) =>
        progress.report({ ...rest, ...(message === undefined ? {} : { message: inertText(message) }) });
      return task({ report }, token);
    },
  );

const shownForMs = 5_000;

/** Says in the status bar that something has happened which no row shows. */
export const showDone = (text: string): void => {
  vscode.window.setStatusBarMessage(`$(check) ${inertText(text)}`, shownForMs);
};
