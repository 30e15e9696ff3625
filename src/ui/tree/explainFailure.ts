import * as vscode from 'vscode';
import { MachineError } from '../../machines/errors.ts';
import { failureMessage } from '../failureMessage.ts';
import { plainText } from '../plainText.ts';

/** A sentence for a row about something that could not be read; also written to the log. */
export const explainFailure = (failure: unknown, log: Pick<vscode.LogOutputChannel, 'warn'>): string => {
  const known = failure instanceof MachineError ? failureMessage(failure.failure, vscode.l10n)?.sentence : undefined;
  const sentence = known ?? plainText(failure instanceof Error ? failure.message : String(failure), 300);
  log.warn(sentence);
  return sentence;
};
