import type { Uri } from 'vscode';
import { MachineError } from '../../machines/errors.ts';
import { askBeforeLoss } from '../notifications.ts';

/** Ends a command without a word: the user closed a question. */
export const cancelled = (): MachineError => new MachineError({ kind: 'cancelled' });

/** What a question was answered with. @throws MachineError cancelled where it was closed */
export const answered = <Answer>(answer: Answer | undefined): Answer => {
  if (answer === undefined) throw cancelled();
  return answer;
};

/** The path of a file that was chosen, which may lie where only the editor reaches it. @throws MachineError cancelled, fileProblem */
export const localFile = (chosen: Uri | undefined): string => {
  const uri = answered(chosen);
  if (uri.scheme !== 'file') throw new MachineError({ kind: 'fileProblem', path: uri.toString(true), code: 'ENOTSUP' });
  return uri.fsPath;
};

/** Asks once before something that destroys. @throws MachineError cancelled */
export const confirm = async (question: string, detail: string, button: string): Promise<void> => {
  const answer = await askBeforeLoss(question, detail, button);
  if (answer !== button) throw cancelled();
};
