import * as vscode from 'vscode';
import type { JournalSource } from '../../machines/entry.ts';
import { backendOf, notOffered, offered } from '../../machines/backend.ts';
import { unitJournal } from '../../machines/host/journalCommands.ts';
import { readRef } from '../../machines/reference.ts';
import type { Command } from '../../machines/command.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForPlan } from '../privileges.ts';
import { consoleRequest } from './consoleRequest.ts';
import { commandInBackground } from '../toolsFromSettings.ts';
import { type Reach, sudoNeedsNoPassword } from '../../machines/host/reach.ts';
import { unitOfRow } from '../tree/failedUnit.ts';
import type { CommandServices, Handler } from './handler.ts';
import { reachForJournal } from './host.ts';
import { pickNames } from './pickNames.ts';
import { machineClicked, idsOf, targetsOf } from './targets.ts';
import { openLogOf } from './texts.ts';

const { l10n } = vscode;

export const login: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine', ability: 'login' }, l10n.t('Log In'));
  for (const name of names) {
    const { ref, offer: logIn } = offered(services.backends, name, ({ terminals }) => terminals.logIn);
    const plan = await logIn(services, ref);
    const title = l10n.t('Log in to {0}', shownName(name, 60));
    const reach = await reachForPlan(services, title, plan);
    const more = { icon: 'vm', note: l10n.t('login'), reuse: `login ${name}` };
    services.terminals.open(consoleRequest(plan.command, reach, more));
  }
};

const ownJournal = ({ backends }: CommandServices, name: string): Command<boolean> | undefined =>
  backendOf(backends, name)?.terminals.hasOwnJournal?.(readRef(name));

/** The machine's own journal where it keeps one that this user may read; else what the host has of its unit. */
const journalOf = async (
  services: CommandServices,
  name: string,
  running: string | undefined,
): Promise<JournalSource> => {
  const machine = running === undefined ? undefined : services.inventory.machines.get(running);
  const own = machine === undefined ? undefined : ownJournal(services, machine.id);
  if (own !== undefined && (await services.run(own).catch(() => false))) return { kind: 'machine' };
  const unit = unitOfRow(services, name, machine?.id);
  if (unit === undefined) throw notOffered(services.backends, machine?.id ?? name);
  return { kind: 'unit', unit };
};

/** Undefined where that cannot be asked without a person who types a password. */
const hasEntries = async (services: CommandServices, unit: string, reach: Reach): Promise<boolean | undefined> => {
  if (reach !== 'direct' && !(reach === 'sudo' && (await sudoNeedsNoPassword(services.run)))) return undefined;
  return services.run(commandInBackground(reach, unitJournal(unit, 1))).then(
    (lines) => lines.length > 0,
    () => undefined,
  );
};

/** journalctl says nothing where there is nothing, and an empty terminal looks like a broken one. */
const openingOf = async (
  services: CommandServices,
  name: string,
  source: JournalSource,
  reach: Reach,
): Promise<string | undefined> => {
  if (source.kind === 'machine') return undefined;
  const unit = plainText(source.unit, 120);
  switch (await hasEntries(services, source.unit, reach)) {
    case true:
      return undefined;
    case false:
      return l10n.t(
        'The journal has no line of {0}: {1} has not run as this unit, or its lines are no longer kept. When it starts, its lines appear here.',
        unit,
        shownName(name, 60),
      );
    case undefined:
      return l10n.t('The journal of {0}. Where no line follows, it has none yet.', unit);
  }
};

/** Also for a machine that has just ended, whose row may be gone: its journal is what tells why. */
const journalNames = async (services: CommandServices, args: readonly unknown[]): Promise<readonly string[]> => {
  const targets = targetsOf(args);
  if (targets !== undefined) return idsOf(targets);
  return pickNames(services, args, { fits: 'withUnit', ability: 'journal' }, l10n.t('Follow Journal'));
};

export const followJournal: Handler = async (services, args) => {
  for (const clicked of await journalNames(services, args)) {
    const running = machineClicked(services.inventory, args, clicked);
    const name = running ?? clicked;
    const { terminals, texts } = backendOf(services.backends, name) ?? {};
    if (terminals?.followJournal === undefined && texts !== undefined) {
      await openLogOf(services, name);
      continue;
    }
    const { ref, offer: follow } = offered(services.backends, name, ({ terminals }) => terminals.followJournal);
    const source = await journalOf(services, clicked, running);
    const title = l10n.t('Journal of {0}', shownName(name, 60));
    const reach = source.kind === 'machine' ? 'direct' : await reachForJournal(services, title);
    const opening = await openingOf(services, name, source, reach);
    const more = {
      icon: 'output',
      note: l10n.t('journal'),
      reuse: `journal ${source.kind} ${name}`,
      ...(opening === undefined ? {} : { opening }),
    };
    services.terminals.open(consoleRequest(follow(ref, source), reach, more));
  }
};
