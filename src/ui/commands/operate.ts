import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { showDone, showProgress, showWarning } from '../notifications.ts';
import type { Operation } from '../../machines/operation.ts';
import { isCancelled, MachineError } from '../../machines/errors.ts';
import { plainText, shownName } from '../plainText.ts';
import { nameOf } from '../../machines/reference.ts';
import type { RowFailure } from '../busyRows.ts';
import { createPrivileges } from '../privileges.ts';
import { rowFailure } from '../rowFailure.ts';
import type { Terminals } from '../terminal.ts';
import { nodeId } from '../tree/node.ts';
import type { CommandServices } from './handler.ts';
import { createSlowOffers, type Slow } from './slowOffer.ts';
import { type Failed, type FailureServices, showFailures } from './showFailure.ts';

/** What a title speaks of: one thing by its name, several by their number. */
export const machinesSubject = (names: readonly string[]): string =>
  names.length === 1 ? shownName(names[0] ?? '', 80) : vscode.l10n.t('{0} machines', names.length);

export const imagesSubject = (names: readonly string[]): string =>
  names.length === 1 ? shownName(names[0] ?? '', 80) : vscode.l10n.t('{0} images', names.length);

/** Each start makes the host work. */
const usuallyAtOnce = 4;
/** What is only asked and waited for, so that of several that do not stop all are told of together. */
export const waitedForAtOnce = 32;

export interface Work {
  /** For the notification: `Starting web`. */
  readonly title: string;
  /** For the rows: `starting…`. */
  readonly what: string;
  readonly names: readonly string[];
  /**
   * @param tell says beside the title what is being done just now
   * @param signal aborts when it is called off
   */
  readonly operation: (
    name: string,
    tell: (message: string) => void,
    signal: AbortSignal,
  ) => Operation | Promise<Operation>;
  /** How many at the same time; four when left out. */
  readonly atOnce?: number;
  /** What to offer while it takes long. */
  readonly slow?: Slow;
  /** Adds to a failure what is known of its reason. */
  readonly explain?: (name: string, error: unknown) => Promise<unknown>;
  /** Ask how to gain privileges at once, because the direct way has failed. */
  readonly ask?: boolean;
}

/** Machine and image are two rows of one thing. */
const rowsOf = (id: string): readonly string[] => (['machine', 'image'] as const).map((kind) => nodeId({ kind, id }));

const markOf = (error: unknown): RowFailure | undefined =>
  error instanceof MachineError ? rowFailure(error.failure, vscode.l10n) : undefined;

/** What an action needs of the extension. */
type ActionServices = Pick<CommandServices, 'busy' | 'run'> &
  FailureServices & {
    readonly terminals: Pick<Terminals, 'run'>;
  };

/** A cancel is silent, unless something goes on that nobody waits for any more. */
const sayWhatIsLeft = (name: string, error: unknown): void => {
  if (!isCancelled(error)) return;
  const { left } = error.failure;
  if (left === undefined) return;
  if (left === 'unfinished') {
    void showWarning(
      vscode.l10n.t(
        '{0}: no longer waited for, but not taken back either: its tool runs with more rights than this user has, and may go on.',
        shownName(name, 60),
      ),
    );
    return;
  }
  if (left === 'unseen') {
    void showWarning(
      vscode.l10n.t(
        '{0}: no longer waited for. This user may not look whether its tool goes on or has taken back what it had begun.',
        shownName(name, 60),
      ),
    );
    return;
  }
  showDone(vscode.l10n.t('{0}: no longer waited for; its unit is now {1}', shownName(name, 60), plainText(left, 30)));
};

/**
 * Does something to one or several machines or images, with progress on their rows and in a notification that can be
 * cancelled, until the state of each has really changed. Failures are shown here; returns the names that succeeded.
 */
export const operate = async (services: ActionServices, work: Work): Promise<readonly string[]> => {
  const done: string[] = [];
  const failed: Failed[] = [];
  const { names, title } = work;
  await showProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const tell = (message: string): void => progress.report({ message: plainText(message, 80) });
      const abort = new AbortController();
      const cancelling = token.onCancellationRequested(() => abort.abort());
      const slowOffers = createSlowOffers(work.slow);
      const privileges = createPrivileges({ services, title, ask: work.ask === true });
      await pLimit(work.atOnce ?? usuallyAtOnce).map(names, async (name) => {
        if (abort.signal.aborted) return;
        const end = services.busy.begin(rowsOf(name), work.what);
        const over = slowOffers.begin(name);
        const outcome: { mark: RowFailure | undefined } = { mark: undefined };
        try {
          await privileges.perform(await work.operation(name, tell, abort.signal), abort.signal);
          services.log.info(`${title}: ${nameOf(name)}: done`);
          done.push(name);
        } catch (reason) {
          const error = (await work.explain?.(name, reason)) ?? reason;
          outcome.mark = markOf(error);
          if (isCancelled(error)) sayWhatIsLeft(name, error);
          else failed.push({ name, error });
        } finally {
          over();
          end(outcome.mark);
          if (names.length > 1) progress.report({ message: shownName(name, 80), increment: 100 / names.length });
        }
      });
      cancelling.dispose();
    },
  );
  // As they stand in the list, whichever of them failed first.
  failed.sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
  showFailures(services, title, failed, async (again) => {
    await operate(services, { ...work, names: again, ask: true });
  });
  return done;
};
