import * as vscode from 'vscode';
import { showProgress } from '../../notifications.ts';
import { isCancelled } from '../../../machines/errors.ts';
import type { Operation } from '../../../machines/operation.ts';
import { createPrivileges } from '../../privileges.ts';
import type { CommandServices } from '../handler.ts';
import { showFailure } from '../showFailure.ts';

/** Changes one after the other; each is planned when those before it have happened. */
export type Changes = () => AsyncIterable<Operation>;

/** A single one, or several that do not depend on each other. */
export const changes = (...plans: readonly (() => Operation | Promise<Operation>)[]): Changes =>
  async function* () {
    for (const plan of plans) yield await plan();
  };

/**
 * Changes control groups with the privileges that it takes, with progress in a notification that can be cancelled. The first
 * failure ends it and is shown; false then.
 */
export const changeGroups = async (
  services: CommandServices,
  title: string,
  planned: Changes,
  ask = false,
): Promise<boolean> => {
  const retry = async (): Promise<void> => {
    await changeGroups(services, title, planned, true);
  };
  return showProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const abort = new AbortController();
      const cancelling = token.onCancellationRequested(() => abort.abort());
      const privileges = createPrivileges({ services, title, ask });
      try {
        for await (const operation of planned()) {
          if (abort.signal.aborted) return false;
          await privileges.perform(operation, abort.signal);
        }
        services.log.info(`${title}: done`);
        return true;
      } catch (error) {
        if (!isCancelled(error)) showFailure(services, title, error, retry);
        return false;
      } finally {
        cancelling.dispose();
        services.view.make({ kind: 'groupsTouched' });
      }
    },
  );
};
