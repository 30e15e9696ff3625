import { MachineError } from '../../machines/errors.ts';

/** Ends a command without a word: the user closed a question. */
export const cancelled = (): MachineError => new MachineError({ kind: 'cancelled' });

/** What a question was answered with. @throws MachineError cancelled where it was closed */
export const answered = <Answer>(answer: Answer | undefined): Answer => {
  if (answer === undefined) throw cancelled();
  return answer;
};
