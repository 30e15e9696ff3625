import * as vscode from 'vscode';
import { offered } from '../../machines/backend.ts';
import { MachineError } from '../../machines/errors.ts';
import { showInformation } from '../notifications.ts';
import { shownName } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { cancelled } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickName } from './pickNames.ts';
import { cancellable, runAsRoot } from './runAsRoot.ts';
import { targetsOf } from './targets.ts';

const { l10n } = vscode;

/** The machines of which this user is not shown all. @throws MachineError cancelled where there is none */
const withheldOnes = async ({ inventory }: CommandServices): Promise<ReadonlySet<string>> => {
  // The view may be hidden, and then nothing is kept current.
  await inventory.refresh();
  const asked = [...inventory.machines.keys()].map(async (id) => {
    const details = await inventory.details(id).catch(() => undefined);
    return details?.withheld === true ? [id] : [];
  });
  const among = new Set((await Promise.all(asked)).flat());
  if (among.size > 0) return among;
  void showInformation(l10n.t('This system shows you operating system and addresses of all running machines already.'));
  throw cancelled();
};

/** What the host tells of a running machine only to administrators: its row shows it then. */
export const readDetails: Handler = async (services, args) => {
  const fitting = { fits: 'runningMachine', ability: 'details' } as const;
  const wanted = targetsOf(args) === undefined ? { ...fitting, among: await withheldOnes(services) } : fitting;
  const name = await pickName(services, args, wanted, l10n.t('Read Operating System and Addresses'));
  const { ref, offer: details } = offered(services.backends, name, ({ detailsByTool }) => detailsByTool);
  const { inventory } = services;
  const machine = inventory.machines.get(name);
  if (machine === undefined) throw new MachineError({ kind: 'noSuchMachine', name });
  const shown = shownName(name, 80);
  const title = l10n.t('Read operating system and addresses of {0}', shown);
  const reach = await reachForTerminal(services, title, []);
  const told = await cancellable(title, (signal) => runAsRoot(services, { title, reach, signal }, details(ref)));
  inventory.learn?.(machine, told);
  if (told.os === undefined) void showInformation(l10n.t('{0} does not say what operating system it is.', shown));
};
