import * as vscode from 'vscode';
import type { ShellPlan, ShellRequest } from '../../machines/entry.ts';
import { askLine } from '../questions.ts';
import { showDone } from '../notifications.ts';
import { offered } from '../../machines/backend.ts';
import { describeDoubt, guardWords } from '../entryWords.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForPlan } from '../privileges.ts';
import type { Services } from '../services.ts';
import type { TerminalRequest } from '../terminal.ts';
import { answered, confirm } from './answers.ts';
import { consoleRequest } from './consoleRequest.ts';
import type { CommandServices, Handler } from './handler.ts';
import { pickName, pickNames } from './pickNames.ts';
import { pickUser } from './pickUser.ts';

const { l10n } = vscode;

const sayWay = (name: string, { way }: ShellPlan): void => {
  const shown = shownName(name, 60);
  switch (way) {
    case 'machineShell':
      showDone(l10n.t('{0}: shell by machinectl', shown));
      return;
    case 'namespaces':
      showDone(l10n.t('{0}: entered by its namespaces, as no systemd with D-Bus answers in it', shown));
      return;
    case 'ownTool':
      return;
  }
};

/** A shell that may be allowed more than its machine opens only when somebody has read that. @throws MachineError cancelled */
const sayDoubts = async (name: string, { doubts }: ShellPlan): Promise<void> => {
  if (doubts.length === 0) return;
  const question = l10n.t('A shell in {0} may be allowed more than the machine itself. Open it?', shownName(name, 60));
  const reasons = doubts.map((doubt) => `• ${describeDoubt(doubt, l10n)}`).join('\n');
  const why = l10n.t('Nobody can tell for certain what the machine may do:');
  await confirm(question, `${why}\n${reasons}`, l10n.t('Open Shell'));
};

/** What the terminal says of a shell that is another than the user's own, and of one that ends before anybody has typed. */
const shellWords = (
  name: string,
  user: string,
  { refused }: ShellPlan,
): Pick<TerminalRequest, 'opening' | 'atOnce'> => ({
  ...(refused === undefined
    ? {}
    : {
        opening: l10n.t(
          '{0} has no login shell in {1} ({2}), so this is /bin/sh.',
          user,
          shownName(name, 60),
          plainText(refused, 80),
        ),
      }),
  atOnce: l10n.t(
    'The shell ended at once. Look whether {0} is a user of {1} who has a login shell, and whether the machine still runs.',
    user,
    shownName(name, 60),
  ),
});

/** The terminal of a shell in a machine, after whatever question its privileges take. @throws MachineError */
export const shellTerminal = async (
  services: Services,
  name: string,
  request: ShellRequest = {},
): Promise<TerminalRequest> => {
  const { ref, offer: planShell } = offered(services.backends, name, ({ terminals }) => terminals.shell);
  const plan = await planShell(services, ref, request, guardWords(l10n));
  await sayDoubts(name, plan);
  const title = l10n.t('Shell in {0}', shownName(name, 60));
  const reach = await reachForPlan(services, title, plan);
  sayWay(name, plan);
  const notes = [
    request.user,
    request.commandLine === undefined ? undefined : plainText(request.commandLine, 30),
    plan.way === 'namespaces' ? l10n.t('namespaces') : undefined,
  ].filter((note) => note !== undefined);
  return consoleRequest(plan.command, reach, {
    icon: 'terminal',
    ...(notes.length === 0 ? {} : { note: notes.join(', ') }),
    ...(request.commandLine === undefined ? shellWords(name, request.user ?? 'root', plan) : { stays: true }),
  });
};

const open = async (services: CommandServices, name: string, request?: ShellRequest): Promise<void> => {
  services.terminals.open(await shellTerminal(services, name, request));
};

export const openShell: Handler = async (services, args) => {
  const names = await pickNames(services, args, { fits: 'runningMachine', ability: 'shell' }, l10n.t('Open Shell'));
  for (const name of names) await open(services, name);
};

export const openShellAs: Handler = async (services, args) => {
  const name = await pickName(
    services,
    args,
    { fits: 'runningMachine', ability: 'users' },
    l10n.t('Open Shell as User'),
  );
  await open(services, name, { user: await pickUser(services, name) });
};

export const runCommand: Handler = async (services, args) => {
  const name = await pickName(services, args, { fits: 'runningMachine', ability: 'shell' }, l10n.t('Run Command'));
  const commandLine = answered(
    await askLine({
      title: l10n.t('Run a command in {0}', shownName(name, 60)),
      prompt: l10n.t("A line for the machine's own shell, run as root"),
      placeHolder: 'ps | head',
      validateInput: (line) => (line.trim() === '' ? l10n.t('A command is needed.') : undefined),
    }),
  );
  await open(services, name, { commandLine });
};
