import { askBeforeLoss } from '../notifications.ts';
import { cancelled } from './cancelled.ts';

/** Asks once before something that destroys. @throws MachineError cancelled */
export const confirm = async (question: string, detail: string, button: string): Promise<void> => {
  const answer = await askBeforeLoss(question, detail, button);
  if (answer !== button) throw cancelled();
};
