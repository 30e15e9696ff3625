import * as vscode from 'vscode';
import type { KillTarget } from '../../machines/killSignals.ts';
import { pickOne } from '../questions.ts';
import { showDone } from '../notifications.ts';
import { killSignals, type KillSignal } from '../../machines/killSignals.ts';
import { operationOn } from '../../machines/backend.ts';
import { answered, confirm } from './answers.ts';
import type { Handler } from './handler.ts';
import { offerToKill } from './killNow.ts';
import { listApart } from './describeLoss.ts';
import { pickNames } from './pickNames.ts';
import { machinesSubject, operate, waitedForAtOnce } from './operate.ts';

const { l10n } = vscode;

export const terminate: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine', ability: 'terminate' }, l10n.t('Terminate'));
  await confirm(
    l10n.t('Terminate {0}?', machinesSubject(names)),
    names.length === 1
      ? l10n.t(
          'Everything that runs in it is ended, and what has not been saved is lost:\n{0}',
          listApart(services, names),
        )
      : l10n.t(
          'Everything that runs in them is ended, and what has not been saved is lost:\n{0}',
          listApart(services, names),
        ),
    l10n.t('Terminate'),
  );
  await operate(services, {
    title: l10n.t('Terminating {0}', machinesSubject(names)),
    what: l10n.t('terminating…'),
    atOnce: waitedForAtOnce,
    names,
    slow: offerToKill(services),
    operation: (name) => operationOn(services, name, (one) => one.terminate),
  });
};

const describeSignal = (signal: KillSignal): string => {
  switch (signal) {
    case 'SIGKILL':
      return l10n.t('ends it at once');
    case 'SIGTERM':
      return l10n.t('asks it to end');
    case 'SIGRTMIN+3':
      return l10n.t('systemd: halt');
    case 'SIGRTMIN+4':
      return l10n.t('systemd: power off');
    case 'SIGRTMIN+5':
      return l10n.t('systemd: reboot');
    case 'SIGUSR2':
      return l10n.t('BusyBox init: power off');
    case 'SIGUSR1':
      return l10n.t('BusyBox init: halt');
    default:
      return '';
  }
};

const pickSignal = async (title: string): Promise<KillSignal> => {
  const items = killSignals.map((signal) => ({ signal, label: signal, description: describeSignal(signal) }));
  return answered(await pickOne(items, { title, placeHolder: l10n.t('Signal') })).signal;
};

const pickWhom = async (title: string): Promise<KillTarget> => {
  const items: readonly (vscode.QuickPickItem & { readonly whom: KillTarget })[] = [
    { whom: 'all', label: l10n.t('All Processes'), description: l10n.t('of the machine, its init included') },
    { whom: 'leader', label: l10n.t('Only the Init'), description: l10n.t('the first process of the machine') },
  ];
  return answered(await pickOne(items, { title, placeHolder: l10n.t('Send it to') })).whom;
};

export const kill: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine', ability: 'kill' }, l10n.t('Kill'));
  const title = l10n.t('Send a signal to {0}', machinesSubject(names));
  const signal = await pickSignal(title);
  const whom = await pickWhom(title);
  if (signal === 'SIGKILL')
    await confirm(
      l10n.t('Kill {0}?', machinesSubject(names)),
      names.length === 1
        ? l10n.t('It is ended at once, and what has not been saved is lost:\n{0}', listApart(services, names))
        : l10n.t('They are ended at once, and what has not been saved is lost:\n{0}', listApart(services, names)),
      l10n.t('Kill'),
    );
  const done = await operate(services, {
    title: l10n.t('Sending {0} to {1}', signal, machinesSubject(names)),
    what: l10n.t('sending {0}…', signal),
    atOnce: waitedForAtOnce,
    names,
    operation: (name) => operationOn(services, name, (one) => one.kill, { signal, whom }),
  });
  if (done.length > 0) showDone(l10n.t('{0} sent to {1}', signal, machinesSubject(done)));
};
