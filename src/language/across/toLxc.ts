import * as l10n from '@vscode/l10n';
import type { Migration } from '../../protocol/migration.ts';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { type Remark, warning } from '../cgconfig/migrate/migrationNote.ts';
import type { Context } from '../context.ts';
import type { Entry } from '../document.ts';
import { defaultContext } from '../context.ts';
import { checkLxc } from '../lxc/check.ts';
import { parseLxc } from '../lxc/parse.ts';
import type { FileInForce } from '../nspawn/check.ts';
import { startUp, type StartUp } from '../nspawn/crossRules/startUp.ts';
import { directiveNamed } from '../nspawn/directives.ts';
import { valueTypeOf } from '../nspawn/values/valueKinds.ts';
import { parseBoolean } from '../nspawn/values/boolean.ts';
import { extractWords } from '../nspawn/values/extractWord.ts';
import { parseLimit, unlimited } from '../nspawn/values/parseLimit.ts';
import { quoteForShell } from '../shellWords.ts';
import { LxcDraft } from './lxcDraft.ts';
import { addMountOf, type KindOf } from './mountsToLxc.ts';
import { addNetworkOf } from './networkToLxc.ts';
import { noKey } from './reasons.ts';
import { addCapabilitiesOf, addDevicesOf, addFilterOf, addUsersOf } from './rightsToLxc.ts';

const wordsOf = (entries: readonly Entry[]): readonly string[] =>
  entries.flatMap(({ value }) =>
    extractWords(value, { unquote: true, retainEscape: true }).words.map(({ text }) => text),
  );

const ports = warning(l10n.t('LXC forwards no ports: a rule of nftables or a proxy on the host does.'));
const ofHost = warning(l10n.t('LXC keeps the file of the image: bind that of the host, or write one.'));

/** What has no like in LXC, by the name of the setting. Other settings that nothing converts have `noKey`. */
const reasons: Readonly<Record<string, Remark>> = {
  Port: ports,
  ResolvConf: ofHost,
  Timezone: ofHost,
  LinkJournal: warning(l10n.t('The journal of the container stays in it.')),
  NotifyReady: warning(l10n.t('LXC takes a container for started as soon as its init runs.')),
  Ephemeral: warning(l10n.t('LXC starts a copy with lxc-copy -e, whatever the configuration says.')),
  MachineID: warning(l10n.t('Write it into /etc/machine-id of the image.')),
};

const addInit = (to: LxcDraft, { settings, start }: StartUp, release: LxcRelease): void => {
  const parameters = settings.all('Parameters');
  const words = wordsOf(parameters);
  const from = parameters.at(-1) ?? settings.last('Boot');
  // 5.0 cuts at blanks; later ones take quotes round whole words.
  const quoted = words.map((word) =>
    /^[^\s"'\\]+$/u.test(word) ? word : release !== '5.0' && !/["\\\n\r]/u.test(word) ? `"${word}"` : undefined,
  );
  const command = quoted.every((word) => word !== undefined) ? quoted.join(' ') : undefined;
  if (start === 'boot') {
    if (words.length > 0) to.set('lxc.init.cmd', command === undefined ? undefined : `/sbin/init ${command}`, from);
  } else if (start === 'pid1') to.set('lxc.init.cmd', words.length === 0 ? '/bin/sh' : command, from);
  else {
    to.set('lxc.execute.cmd', words.length === 0 ? '/bin/sh' : command, from);
    to.notes.add(
      from ?? { key: 'ProcessTwo', line: 1 },
      warning(l10n.t('LXC puts an init of its own in front of a command with lxc-execute only.')),
    );
  }
  const cwd = settings.last('WorkingDirectory');
  if (cwd !== undefined) to.set('lxc.init.cwd', cwd.value, cwd);
};

const unitOfLimit = (key: string, systemdVersion: number): Parameters<typeof parseLimit>[1] => {
  const directive = directiveNamed.get(key);
  const type = directive && valueTypeOf(directive, systemdVersion);
  return type?.kind === 'rlimit' ? type.unit : 'count';
};

const addLimit = (to: LxcDraft, entry: Entry, context: Context): void => {
  const sides = entry.value
    .split(':')
    .map((side) => parseLimit(side, unitOfLimit(entry.key, context.systemdVersion), context));
  const written = sides.map((side) =>
    'value' in side ? (side.value >= unlimited ? 'unlimited' : String(side.value)) : undefined,
  );
  const name = entry.key.slice('Limit'.length).toLowerCase();
  to.set(`lxc.prlimit.${name}`, written.every((side) => side !== undefined) ? written.join(':') : undefined, entry);
};

const architectures: Readonly<Record<string, string>> = {
  x86: 'i686',
  'x86-64': 'x86_64',
  arm: 'arm',
  arm64: 'aarch64',
  ppc: 'ppc',
  ppc64: 'ppc64',
  'ppc64-le': 'ppc64le',
  s390x: 's390x',
};

const isYes = ({ value }: Entry): boolean => parseBoolean(value) === true;

/** Values that are what LXC does without a key. */
const soInLxc: Readonly<Record<string, readonly string[]>> = {
  ResolvConf: ['off'],
  Timezone: ['off'],
  LinkJournal: ['no', 'auto'],
};
const isSoInLxc = (entry: Entry): boolean =>
  ['Ephemeral', 'NotifyReady'].includes(entry.key) ? !isYes(entry) : (soInLxc[entry.key] ?? []).includes(entry.value);

const addSetting = (to: LxcDraft, entry: Entry, kindOf: KindOf, context: Context): void => {
  const { key, value } = entry;
  switch (key) {
    case 'Environment':
      for (const word of wordsOf([entry]))
        if (word.includes('=')) to.set('lxc.environment', word, entry);
        else to.notes.lost(entry, l10n.t('LXC would take the variable of its caller; write NAME=VALUE.'));
      return;
    case 'User':
      if (/^\d+$/u.test(value)) to.set('lxc.init.uid', value, entry);
      else to.notes.lost(entry, l10n.t('lxc.init.uid takes a number.'));
      return;
    case 'KillSignal':
      to.set('lxc.signal.halt', /^(?:SIG|\d)/u.test(value) ? value : `SIG${value}`, entry);
      return;
    case 'Personality':
      if (architectures[value] === undefined) to.notes.lost(entry, noKey());
      else to.set('lxc.arch', architectures[value], entry);
      return;
    case 'NoNewPrivileges':
      if (isYes(entry)) to.set('lxc.no_new_privs', '1', entry);
      return;
    case 'OOMScoreAdjust':
      to.set('lxc.proc.oom_score_adj', value, entry);
      return;
    case 'Bind':
    case 'BindReadOnly':
    case 'TemporaryFileSystem':
    case 'Overlay':
    case 'OverlayReadOnly':
      addMountOf(to, entry, kindOf);
      return;
    default:
      if (key.startsWith('Limit')) addLimit(to, entry, context);
      else if (!isSoInLxc(entry)) to.notes.add(entry, reasons[key] ?? warning(noKey()));
  }
};

/** Settings that are converted together, or that only say how others are read. */
const together: ReadonlySet<string> = new Set([
  ...[
    'Boot',
    'ProcessTwo',
    'Parameters',
    'WorkingDirectory',
    'Hostname',
    'Capability',
    'DropCapability',
    'SystemCallFilter',
  ],
  ...[
    'PrivateUsers',
    'PrivateUsersChown',
    'PrivateUsersOwnership',
    'CPUAffinity',
    'ReadOnly',
    'Private',
    'VirtualEthernet',
  ],
  ...['VirtualEthernetExtra', 'Bridge', 'Zone', 'Interface', 'MACVLAN', 'IPVLAN', 'NamespacePath'],
]);

const mostTries = 4;

/** Leaves out what LXC of that release does not take or would not start with, and says so. */
const keepTaken = (to: LxcDraft, release: LxcRelease): string => {
  let lines: LxcDraft['lines'][number][] = [...to.lines];
  for (let tries = 0; ; tries++) {
    const text = lines.map(({ key, value }) => `${key} = ${value}\n`).join('');
    const findings = checkLxc(parseLxc(text), text, { ...defaultContext, lxcVersion: release });
    const bad = new Map(
      findings
        .filter(({ effect, severity }) => effect !== 'none' || severity === 'error')
        .map(({ line, message }) => [line, message]),
    );
    if (bad.size === 0 || tries === mostTries) return text;
    for (const [line, message] of bad) {
      const { key, from } = lines[line - 1] ?? { key: '' };
      to.notes.add(from ?? { key, line: 1 }, warning(`${key}: ${message}`));
    }
    lines = lines.filter((_, index) => !bad.has(index + 1));
  }
};

/** A machine of systemd-nspawn as a container of LXC: its configuration, and commands. */
export const toLxc = ({ settings, startMode }: FileInForce, context: Context, machine: string): Migration => {
  const { systemdVersion, lxcVersion, named } = context;
  const to = new LxcDraft(machine);
  const unit = startUp(settings, startMode, systemdVersion, 'template');
  const hostname = settings.last('Hostname');
  to.set('lxc.uts.name', hostname?.value ?? machine, hostname);
  to.set('lxc.rootfs.path', `dir:/var/lib/machines/${machine}`);
  to.notes.add(
    { key: 'lxc.rootfs.path', line: 1 },
    warning(
      l10n.t`Where the machine is the image ${`${machine}.raw`}, write loop: in place of dir: with the path of that; LXC starts one without partitions only.`,
    ),
  );
  addInit(to, unit, lxcVersion);
  // What systemd-nspawn has in every machine.
  to.set('lxc.mount.auto', 'proc:mixed sys:ro cgroup:mixed');
  to.set('lxc.pty.max', '1024');
  const options = [
    ...(addUsersOf(to, unit) ? ['idmap=container'] : []),
    ...(unit.readOnly && !unit.volatile ? ['ro'] : []),
  ];
  if (options.length > 0)
    to.set('lxc.rootfs.options', options.join(','), settings.last('ReadOnly') ?? settings.last('PrivateUsers'));
  addCapabilitiesOf(to, unit);
  addFilterOf(to, settings.all('SystemCallFilter'));
  const kindOf: KindOf = (path) => named?.paths.get(path);
  for (const entry of settings.inOrder) if (!together.has(entry.key)) addSetting(to, entry, kindOf, context);
  const processors = settings.all('CPUAffinity');
  if (processors.length > 0)
    to.set(
      'lxc.cgroup2.cpuset.cpus',
      processors
        .flatMap(({ value }) => value.split(/[\s,]+/u))
        .filter((word) => word !== '')
        .join(','),
      processors.at(-1),
    );
  addNetworkOf(to, unit);
  addDevicesOf(to);
  to.notes.add(
    { key: 'systemd-nspawn@.service', line: 1 },
    warning(
      l10n.t(
        'Limits of the unit are not in this file: MemoryMax= is lxc.cgroup2.memory.max, TasksMax= is lxc.cgroup2.pids.max.',
      ),
    ),
  );
  const text = keepTaken(to, lxcVersion);
  const directory = `/var/lib/lxc/${machine}`;
  return {
    files: [{ path: `${directory}/config`, text }, ...to.files],
    commands: [
      {
        why: l10n.t('Both must not run at once on one root file system'),
        line: `systemctl stop ${quoteForShell(`systemd-nspawn@${machine}.service`)}`,
      },
      {
        why: l10n.t('The machine must not start with the host any more'),
        line: `machinectl disable ${quoteForShell(machine)}`,
      },
      ...to.commands,
      { why: l10n.t('Start it'), line: `lxc-start -n ${quoteForShell(machine)}` },
    ],
    notes: to.notes.own.sort((a, b) => a.line - b.line),
    otherNotes: to.notes.ofOthers,
  };
};
