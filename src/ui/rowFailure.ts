import type * as vscode from 'vscode';
import type { MachineFailure } from '../machines/errors.ts';
import type { RowFailure } from './busyRows.ts';

/** What a row goes on saying after a failure. Undefined where its usual words are true again. */
export const rowFailure = (failure: MachineFailure, l10n: Pick<typeof vscode.l10n, 't'>): RowFailure | undefined => {
  switch (failure.kind) {
    case 'didNotStart':
      // What was there of it goes away as part of the same failure.
      return { what: l10n.t('did not start'), outdatedBy: ['machineAdded', 'machineChanged', 'unitRecovered'] };
    case 'didNotStop':
      return { what: l10n.t('still runs'), outdatedBy: ['machineAdded', 'machineRemoved'] };
    default:
      return undefined;
  }
};
