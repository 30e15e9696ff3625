import * as vscode from 'vscode';
import { operationOn } from '../../machines/backend.ts';
import { showDone } from '../notifications.ts';
import type { Handler } from './handler.ts';
import { machinesSubject, operate, waitedForAtOnce } from './operate.ts';
import { pickNames } from './pickNames.ts';

const { l10n } = vscode;

export const freeze: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'unfrozenMachine', ability: 'freeze' }, l10n.t('Freeze'));
  const done = await operate(services, {
    title: l10n.t('Freezing {0}', machinesSubject(names)),
    what: l10n.t('freezing…'),
    atOnce: waitedForAtOnce,
    names,
    operation: (name) => operationOn(services, name, (one) => one.freeze),
  });
  if (done.length > 1) showDone(l10n.t('{0} frozen', machinesSubject(done)));
};

export const unfreeze: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'frozenMachine', ability: 'unfreeze' }, l10n.t('Unfreeze'));
  const done = await operate(services, {
    title: l10n.t('Unfreezing {0}', machinesSubject(names)),
    what: l10n.t('unfreezing…'),
    atOnce: waitedForAtOnce,
    names,
    operation: (name) => operationOn(services, name, (one) => one.unfreeze),
  });
  if (done.length > 1) showDone(l10n.t('{0} unfrozen', machinesSubject(done)));
};
