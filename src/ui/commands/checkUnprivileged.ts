import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { offeredByAny } from '../../machines/backend.ts';
import { ignoreOutput } from '../../machines/command.ts';
import { MachineError } from '../../machines/errors.ts';
import { asUser } from '../../machines/host/asUser.ts';
import { type MachineUser, parsePasswd, usersToOffer } from '../../machines/host/passwd.ts';
import type {
  HostUser,
  Remedy,
  UnprivilegedFinding,
  UnprivilegedNeed,
  UnprivilegedSetup,
} from '../../machines/unprivilegedSetup.ts';
import { askModal, showWarning } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { isRoot, reachForTerminal } from '../privileges.ts';
import { askLine, pickOne } from '../questions.ts';
import { readSettings, writeSetting } from '../settings.ts';
import { answered } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { cancellable, runAsRoot } from './runAsRoot.ts';

const { l10n } = vscode;

/** A package may have to be fetched first. */
const mendingMs = 1_800_000;

const needText = (need: UnprivilegedNeed): string => {
  switch (need) {
    case 'subuid':
      return l10n.t('Range of user numbers (/etc/subuid)');
    case 'subgid':
      return l10n.t('Range of group numbers (/etc/subgid)');
    case 'newuidmap':
      return l10n.t('newuidmap, which maps user numbers');
    case 'newgidmap':
      return l10n.t('newgidmap, which maps group numbers');
    case 'userNamespaces':
      return l10n.t('User namespaces without privileges');
    case 'appArmor':
      return l10n.t('User namespaces under AppArmor');
    case 'networkQuota':
      return l10n.t('Interfaces on the bridge (/etc/lxc/lxc-usernet)');
    case 'bridge':
      return l10n.t('The bridge');
    case 'defaultConfig':
      return l10n.t('Default configuration with lxc.idmap');
    case 'directories':
      return l10n.t('Directories above the containers let their root pass');
    case 'controlGroup':
      return l10n.t('A control group that systemd hands over');
  }
};

/** What is wrong, and what comes of it. */
const missingText = ({ need, about }: UnprivilegedFinding): string => {
  const shown = plainText(about, 200);
  switch (need) {
    case 'subuid':
    case 'subgid':
      return l10n.t('{0} gives this user no range of 65536 numbers, so a container has no users of its own.', shown);
    case 'newuidmap':
    case 'newgidmap':
      return shown === ''
        ? l10n.t('It is not installed, so nobody but root can give a container a range of numbers.')
        : l10n.t('{0} has neither the setuid bit nor the capability that it needs to map numbers.', shown);
    case 'userNamespaces':
      return l10n.t('The kernel gives user namespaces to root alone ({0}).', shown);
    case 'appArmor':
      return l10n.t(
        'AppArmor keeps programs without a profile out of user namespaces ({0}), and has none for LXC.',
        shown,
      );
    case 'networkQuota':
      return l10n.t('This user may add no interface to {0}, so a container with a network does not start.', shown);
    case 'bridge':
      return l10n.t('There is no bridge {0} on this host, so a container with a network does not start.', shown);
    case 'defaultConfig':
      return l10n.t('{0} has no lxc.idmap that fits the ranges, so new containers would not be unprivileged.', shown);
    case 'directories':
      return l10n.t('Root of the container may not pass through {0}, so it does not reach its own files.', shown);
    case 'controlGroup':
      return l10n.t('{0} does not run, so nobody hands this user a control group to start containers in.', shown);
  }
};

const stateText = ({ state }: UnprivilegedFinding): string => {
  switch (state) {
    case 'fine':
      return l10n.t('In order');
    case 'missing':
      return l10n.t('Missing');
    case 'unneeded':
      return l10n.t('Not needed');
    case 'unknown':
      return l10n.t('Unknown');
  }
};

const iconOf = ({ state }: UnprivilegedFinding): string =>
  ({ fine: 'pass', missing: 'error', unneeded: 'circle-slash', unknown: 'question' })[state];

const itemOf = (finding: UnprivilegedFinding): vscode.QuickPickItem & { readonly finding: UnprivilegedFinding } => ({
  finding,
  label: needText(finding.need),
  description: [
    stateText(finding),
    ...(finding.state === 'missing' || finding.about === '' ? [] : [plainText(finding.about, 80)]),
  ].join(': '),
  ...(finding.state === 'missing' ? { detail: missingText(finding) } : {}),
  iconPath: new vscode.ThemeIcon(iconOf(finding)),
});

/** A call as a person would type it into a shell. */
const describeCall = ({ file, args }: { readonly file: string; readonly args: readonly string[] }): string =>
  [file, ...args]
    .map((word) => (/^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');

/** For a person to read before anything is done: the lines that are written and where, or the command itself. */
const remedyText = ({ as, call, writes, forAll }: Remedy, user: HostUser): string => {
  const what = (): string => {
    if (writes === undefined) return describeCall(call);
    const path = plainText(writes.path, 200);
    const head =
      writes.replaces === undefined
        ? l10n.t('These lines go into {0}:', path)
        : l10n.t('These lines go into {0}, in the place of all lines with {1} there:', path, writes.replaces);
    return [head, ...writes.lines.map((line) => plainText(line, 200))].join('\n');
  };
  return [
    what(),
    as === 'root' ? l10n.t('This is done as root.') : l10n.t('This is done as {0}.', plainText(user.name, 60)),
    ...(forAll === true ? [l10n.t('It opens this to every user of this host.')] : []),
  ].join('\n\n');
};

const isSelf = ({ uid }: HostUser): boolean => uid === process.getuid?.();

/** Does what mends it. @throws MachineError */
export const mend = async (
  services: CommandServices,
  title: string,
  { as, call }: Remedy,
  user: HostUser,
): Promise<void> => {
  const command = { ...call, parse: ignoreOutput, acts: true, timeoutMs: mendingMs } as const;
  const working = l10n.t('{0}: mending', title);
  if (as === 'root') {
    const reach = await reachForTerminal(services, title, []);
    await cancellable(working, (signal) => runAsRoot(services, { title, reach, signal }, command));
    return;
  }
  // Root must not follow what lies in the user's directories: the user does it.
  const byUser = isSelf(user) ? command : asUser(user, command);
  await cancellable(working, (signal) => services.run(byUser, { signal }));
};

export const usersOfHost = async (): Promise<readonly MachineUser[]> =>
  parsePasswd(await readFile('/etc/passwd', 'utf8').catch(() => ''));

/** A user of whom nobody knows a password, so that only root becomes that user. @throws MachineError cancelled, toolFailed */
const makeUser = async (services: CommandServices, title: string): Promise<HostUser> => {
  const taken = await usersOfHost();
  const name = answered(
    await askLine({
      title,
      prompt: l10n.t('Name of the new user, who gets a home directory and no password'),
      ignoreFocusOut: true,
      validateInput: (text) => {
        if (taken.some((one) => one.name === text)) return l10n.t('There is already a user of this name.');
        return /^[a-z_][a-z0-9_-]{0,31}$/u.test(text)
          ? undefined
          : l10n.t('A name begins with a small letter; behind it may stand digits and - and _, too, up to 32 in all.');
      },
    }),
  );
  const command = { file: 'useradd', args: ['--create-home', '--', name], parse: ignoreOutput, acts: true } as const;
  await cancellable(l10n.t('Making user {0}', name), (signal) => services.run(command, { signal }));
  const made = (await usersOfHost()).find((one) => one.name === name);
  if (made === undefined) throw new MachineError({ kind: 'noEffect', name, expected: 'there', found: 'gone' });
  return made;
};

/** This user; root, whose containers need none of this, names one or makes one. @throws MachineError cancelled */
const askUser = async (services: CommandServices, title: string): Promise<HostUser> => {
  const users = await usersOfHost();
  const { username, uid, gid, homedir } = userInfo();
  const self = { name: username, uid, gid, home: homedir };
  if (!isRoot()) return users.find((one) => one.uid === uid) ?? self;
  const items = usersToOffer(users)
    .filter((one) => one.uid !== 0 && one.canLogIn)
    .map((user) => ({ user, label: user.name, description: plainText(user.home, 80) }));
  const newOne = {
    user: undefined,
    label: l10n.t('New User…'),
    iconPath: new vscode.ThemeIcon('add'),
  };
  const placeHolder = l10n.t('Whose containers are meant? Those of root need none of this.');
  return answered(await pickOne([...items, newOne], { title, placeHolder })).user ?? makeUser(services, title);
};

const headText = (findings: readonly UnprivilegedFinding[]): string => {
  const missing = findings.filter(({ state }) => state === 'missing').length;
  if (missing === 0) return l10n.t('Nothing is missing: this user can run containers without privileges.');
  return missing === 1
    ? l10n.t('One thing is missing; choose it to see what mends it')
    : l10n.t('{0} things are missing; choose the first to see what mends it', missing);
};

/** Shows what mends it, does it on a click, and looks again. */
const offerRemedy = async (
  services: CommandServices,
  title: string,
  finding: UnprivilegedFinding,
  user: HostUser,
): Promise<boolean> => {
  const { remedy } = finding;
  const why = missingText(finding);
  if (remedy === undefined) {
    await askModal(
      'information',
      needText(finding.need),
      [why, l10n.t('No remedy is known that holds on every system.')].join('\n\n'),
    );
    return false;
  }
  const mendIt = l10n.t('Mend It');
  const copy = l10n.t('Copy');
  const answer = await askModal('information', why, remedyText(remedy, user), mendIt, copy);
  if (answer === copy)
    await vscode.env.clipboard.writeText(remedy.writes?.lines.join('\n') ?? describeCall(remedy.call));
  if (answer !== mendIt) return false;
  await mend(services, title, remedy, user);
  return true;
};

const areShown = ({ name }: HostUser): boolean => readSettings().containerUsers.includes(name);

const showItem = (user: HostUser): vscode.QuickPickItem & { readonly finding: undefined } => {
  const name = plainText(user.name, 60);
  return areShown(user)
    ? {
        finding: undefined,
        label: l10n.t('Show the Containers of {0} No Longer', name),
        iconPath: new vscode.ThemeIcon('eye-closed'),
      }
    : {
        finding: undefined,
        label: l10n.t('Show the Containers of {0}', name),
        detail: l10n.t('They stand in the view beside the others, and what is done to them is done as {0}.', name),
        iconPath: new vscode.ThemeIcon('eye'),
      };
};

const toggleShown = async (user: HostUser): Promise<void> => {
  const { containerUsers } = readSettings();
  const others = containerUsers.filter((name) => name !== user.name);
  await writeSetting('containerUsers', areShown(user) ? others : [...others, user.name]);
};

/** Until the list is closed. @throws MachineError cancelled, and those of what is done */
export const checkFor = async (
  services: CommandServices,
  { check }: UnprivilegedSetup,
  user: HostUser,
): Promise<never> => {
  const title = l10n.t('Unprivileged Containers of {0}', plainText(user.name, 60));
  for (;;) {
    const findings = await check(services.run, user);
    const placeHolder = headText(findings);
    const items = [...findings.map(itemOf), ...(isSelf(user) ? [] : [showItem(user)])];
    const { finding } = answered(await pickOne(items, { title, placeHolder, ignoreFocusOut: true }));
    if (finding === undefined) {
      await toggleShown(user);
      continue;
    }
    if (finding.state !== 'missing' || !(await offerRemedy(services, title, finding, user))) continue;
    const now = (await check(services.run, user)).find(({ need }) => need === finding.need);
    if (now?.state === 'missing') void showWarning([l10n.t('It is still missing.'), missingText(now)].join(' '));
  }
};

/** Lists in order what a user needs to run containers without privileges, and mends what is missing, one after the other. */
export const checkUnprivileged: Handler = async (services) => {
  const setup = offeredByAny(services.backends, ({ unprivileged }) => unprivileged);
  await checkFor(services, setup, await askUser(services, l10n.t('Check Unprivileged Containers')));
};
