import * as vscode from 'vscode';
import { showDone } from '../notifications.ts';
import { setEnabled } from '../../machines/machinectl/operate/enableMachine.ts';
import { rebootMachine } from '../../machines/machinectl/operate/rebootMachine.ts';
import { startMachine } from '../../machines/machinectl/operate/startMachine.ts';
import { powerOffMachine } from '../../machines/machinectl/operate/stopMachine.ts';
import type { Handler } from './handler.ts';
import { operate } from './operate.ts';
import { pickNames } from './pickNames.ts';
import { machinesSubject } from './subject.ts';

const { l10n } = vscode;

export const start: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'startable', l10n.t('Start'));
  await operate(services, {
    title: l10n.t('Starting {0}', machinesSubject(names)),
    what: l10n.t('starting…'),
    names,
    operation: (name) => startMachine(services, name),
  });
};

export const powerOff: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'runningMachine', l10n.t('Power Off'));
  await operate(services, {
    title: l10n.t('Powering off {0}', machinesSubject(names)),
    what: l10n.t('powering off…'),
    names,
    operation: (name) => powerOffMachine(services, name),
  });
};

export const reboot: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'runningMachine', l10n.t('Reboot'));
  await operate(services, {
    title: l10n.t('Rebooting {0}', machinesSubject(names)),
    what: l10n.t('rebooting…'),
    names,
    operation: (name) => rebootMachine(services, name),
  });
};

export const enable: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'machineImage', l10n.t('Enable at Boot'));
  const done = await operate(services, {
    title: l10n.t('Enabling {0}', machinesSubject(names)),
    what: l10n.t('enabling…'),
    names,
    operation: (name) => setEnabled(services, name, true),
  });
  if (done.length > 0) showDone(l10n.t('{0} will start at boot', machinesSubject(done)));
};

export const disable: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'machineImage', l10n.t('Disable at Boot'));
  const done = await operate(services, {
    title: l10n.t('Disabling {0}', machinesSubject(names)),
    what: l10n.t('disabling…'),
    names,
    operation: (name) => setEnabled(services, name, false),
  });
  if (done.length > 0) showDone(l10n.t('{0} will not start at boot', machinesSubject(done)));
};
