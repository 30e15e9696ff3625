import * as vscode from 'vscode';
import { hasReadableJournal } from '../../machines/machinectl/commands/journalCommands.ts';
import {
  followJournal as followJournalCommand,
  type JournalSource,
  login as loginCommand,
} from '../../machines/machinectl/commands/terminalCommands.ts';
import { machineUnit } from '../../machines/machinectl/commands/unitCommands.ts';
import { plainText } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { consoleRequest } from './consoleRequest.ts';
import type { CommandServices, Handler } from './handler.ts';
import { reachForJournal } from './journalReach.ts';
import { pickNames } from './pickNames.ts';
import { namesOf, targetsOf } from './targets.ts';

const { l10n } = vscode;

export const login: Handler = async (services, args) => {
  const names = await pickNames(services, args, 'runningMachine', l10n.t('Log In'));
  for (const name of names) {
    const title = l10n.t('Log in to {0}', plainText(name, 60));
    const reach = await reachForTerminal(services, title, ['org.freedesktop.machine1.login']);
    const more = { icon: 'vm', note: l10n.t('login'), reuse: `login ${name}` };
    services.terminals.open(consoleRequest(loginCommand(name), reach, more));
  }
};

/** The machine's own journal where it keeps one that this user may read; else what the host has of its unit. */
const journalOf = async (services: CommandServices, name: string): Promise<JournalSource> => {
  const machine = services.inventory.machines.get(name);
  if (machine !== undefined && (await services.run(hasReadableJournal(name)).catch(() => false)))
    return { kind: 'machine' };
  return { kind: 'unit', unit: machine?.unit ?? machineUnit(name) };
};

/** Also for a machine that has just ended, whose row may be gone: its journal is what tells why. */
const journalNames = async (services: CommandServices, args: readonly unknown[]): Promise<readonly string[]> => {
  const targets = targetsOf(args);
  if (targets !== undefined) return namesOf(targets);
  return pickNames(services, args, 'machineOrImage', l10n.t('Follow Journal'));
};

export const followJournal: Handler = async (services, args) => {
  for (const name of await journalNames(services, args)) {
    const source = await journalOf(services, name);
    const more = { icon: 'output', note: l10n.t('journal'), reuse: `journal ${source.kind} ${name}` };
    const title = l10n.t('Journal of {0}', plainText(name, 60));
    const reach = source.kind === 'machine' ? 'direct' : await reachForJournal(services, title);
    services.terminals.open(consoleRequest(followJournalCommand(name, source), reach, more));
  }
};
