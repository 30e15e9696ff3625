import * as vscode from 'vscode';
import { offered } from '../../machines/backend.ts';
import type { AwaitedState } from '../../machines/machine.ts';
import { waitUntil } from '../../machines/waitUntil.ts';
import { showInformation } from '../notifications.ts';
import { pickOne } from '../questions.ts';
import { shownApart } from '../tree/kinds.ts';
import { answered } from './answers.ts';
import type { Handler } from './handler.ts';
import { pickName } from './pickNames.ts';
import { cancellable } from './runAsRoot.ts';

const { l10n } = vscode;

const sentences = (name: string): Readonly<Record<AwaitedState, { readonly title: string; readonly so: string }>> => ({
  running: { title: l10n.t('Waiting until {0} runs', name), so: l10n.t('{0} runs now.', name) },
  frozen: { title: l10n.t('Waiting until {0} is frozen', name), so: l10n.t('{0} is frozen now.', name) },
  stopped: { title: l10n.t('Waiting until {0} has stopped', name), so: l10n.t('{0} has stopped.', name) },
});

/** Ends with a word when it is so, however long that takes, or when it is called off. */
export const waitFor: Handler = async (services, args) => {
  const name = await pickName(services, args, { fits: 'managedImage', ability: 'wait' }, l10n.t('Wait for State'));
  const shown = shownApart(services, name, 80);
  const machine = services.inventory.machines.get(name);
  const now: AwaitedState = machine === undefined ? 'stopped' : machine.frozen === true ? 'frozen' : 'running';
  const states: readonly { readonly state: AwaitedState; readonly label: string }[] = [
    { state: 'running', label: l10n.t('Running') },
    { state: 'frozen', label: l10n.t('Frozen') },
    { state: 'stopped', label: l10n.t('Stopped') },
  ];
  const items = states.filter((item) => item.state !== now);
  const title = l10n.t('Wait for a state of {0}', shown);
  const { state } = answered(await pickOne(items, { title, placeHolder: l10n.t('What to wait for') }));
  const { ref, offer: isInState } = offered(services.backends, name, (backend) => backend.isInState);
  const words = sentences(shown)[state];
  await cancellable(words.title, (signal) =>
    waitUntil(() => isInState(services, ref, state), {
      signal,
      limitMs: Infinity,
      onDidChange: (listener) => services.inventory.onDidChange(listener),
    }),
  );
  void showInformation(words.so);
};
