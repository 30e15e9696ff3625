import * as l10n from '@vscode/l10n';
import type { Migration } from '../../protocol/migration.ts';
import { info, warning } from '../cgconfig/migrate/migrationNote.ts';
import { renderUnits, unitDirectory } from '../cgconfig/migrate/unitDraft.ts';
import { type Context, defaultContext } from '../context.ts';
import type { ConfigDocument, Entry } from '../document.ts';
import { inOneLine } from '../markdown.ts';
import { countingIn } from '../lxc/inherited.ts';
import { keyNamed } from '../lxc/keys.ts';
import { readNumber } from '../lxc/numbers.ts';
import { type ReadConfiguration, readLxc } from '../lxc/readLxc.ts';
import { judgeNspawn } from '../nspawn/check.ts';
import { settingsText } from '../nspawn/commandLine/settingsText.ts';
import { entryAt } from '../locate.ts';
import { parseNspawn } from '../nspawn/parse.ts';
import { NspawnDraft } from './draft.ts';
import { addHook, hooksOfUnit } from './hooksToNspawn.ts';
import { addAutoMounts, addInit, converts, isYes } from './keysToNspawn.ts';
import { addGroupLimits } from './limitsToNspawn.ts';
import { addMount } from './mountsToNspawn.ts';
import { addNetwork } from './networkToNspawn.ts';
import { reasonFor } from './reasons.ts';
import { addCapabilities, addFilter } from './rightsToNspawn.ts';
import { addRoot, isOfRoot, type OfContainer, type Root, rootOf } from './rootToNspawn.ts';
import { addUsers } from './usersToNspawn.ts';

/** Keys that are converted together, or that are no setting of their own. */
const together: ReadonlySet<string> = new Set([
  ...[
    'lxc.rootfs.path',
    'lxc.init.cmd',
    'lxc.init.cwd',
    'lxc.idmap',
    'lxc.cap.drop',
    'lxc.cap.keep',
    'lxc.seccomp.profile',
  ],
  ...['lxc.mount.auto', 'lxc.mount.entry', 'lxc.cgroup.', 'lxc.cgroup2.'],
]);

/** Values that are what is so anyway, of keys that are only told of where they are not. */
const harmless = (name: string, { value }: Entry): boolean =>
  ['lxc.ephemeral', 'lxc.autodev', 'lxc.start.delay', 'lxc.init.uid', 'lxc.init.gid', 'lxc.sched.core'].includes(name)
    ? readNumber(value) === (name === 'lxc.autodev' ? 1n : 0n)
    : name === 'lxc.apparmor.profile' && value === 'unconfined';

const addOthers = (to: NspawnDraft, read: ReadConfiguration, of: OfContainer, root: Root | undefined): void => {
  const { taken, reading } = read;
  const counts = countingIn(reading);
  const version = reading.entriesOf('lxc.hook.version').at(-1);
  for (const entry of taken) {
    const named = keyNamed(entry.key);
    if (named === undefined || entry.value === '' || entry.key === 'lxc.include' || !counts(entry)) continue;
    const { name } = named.key;
    if (named.index !== undefined) {
      // Of a device that a file of which nothing is known may have wiped.
      if (!reading.allDevices().has(named.index)) to.notes.add(entry, reasonFor(name));
    } else if (entry.key in hooksOfUnit)
      if (isOfRoot(of)) addHook(to, entry, of.name, root?.path, version === undefined || !isYes(version));
      else to.notes.lost(entry, l10n.t('Root does not run what somebody else may change.'));
    else if (converts[name] !== undefined) converts[name](to, entry);
    else if (!together.has(name) && !harmless(name, entry)) to.notes.add(entry, reasonFor(name));
  }
};

const mostTries = 4;

/** Leaves out what systemd-nspawn of that version does not take or would not start with, and says so, with what is for it. */
const keepTaken = (to: NspawnDraft): { readonly text: string; readonly service: NspawnDraft['service'] } => {
  const context: Context = { ...defaultContext, systemdVersion: to.systemdVersion, place: { trust: 'trusted' } };
  let settings = (['Exec', 'Files', 'Network'] as const).flatMap((section) =>
    to.settings.filter((setting) => setting.section === section),
  );
  const left = new Set<Entry>();
  for (let tries = 0; ; tries++) {
    const text = settingsText([], settings);
    const document = parseNspawn(text);
    const entries = document.sections.flatMap((section) => section.entries);
    const indexOf = new Map(entries.map((entry, index) => [entry, index]));
    const bad = new Map<number, string>();
    for (const { start, effect, severity, message } of judgeNspawn(document, text, context).findings) {
      const entry = effect === 'none' && severity !== 'error' ? undefined : entryAt(document, start);
      const index = entry === undefined ? undefined : indexOf.get(entry);
      if (index !== undefined) bad.set(index, message);
    }
    if (bad.size === 0 || tries === mostTries)
      return { text, service: to.service.filter(({ needs }) => needs === undefined || !left.has(needs)) };
    for (const [index, message] of bad) {
      const setting = settings[index];
      const from = setting?.from ?? { key: setting?.key ?? '', line: 1 };
      if (setting?.from !== undefined) left.add(setting.from);
      to.notes.add(from, warning(`${setting?.key ?? ''}=: ${message}`));
    }
    settings = settings.filter((_, index) => !bad.has(index));
  }
};

const ofUser = (): string =>
  l10n.t(
    'This file is not below /var/lib/lxc, so the container may belong to a user, who may then change what root starts: move the root file system and all that is mounted to where only root writes.',
  );

/** A container of LXC as a machine of systemd-nspawn: its settings, a drop-in of its unit, and commands. */
export const toNspawn = (document: ConfigDocument, context: Context, of: OfContainer, machine: string): Migration => {
  const read = readLxc(document, context);
  const { reading, unread } = read;
  const to = new NspawnDraft(machine, context.systemdVersion);
  const root = rootOf(read);
  if (!isOfRoot(of)) to.notes.add({ key: 'lxc', line: 1 }, warning(ofUser()));
  const includes = new Map(
    document.loose.flatMap((entry) => (entry.key === 'lxc.include' ? [[entry.value, entry] as const] : [])),
  );
  for (const one of new Set(unread)) {
    const from = includes.get(one) ?? { key: 'lxc.include', line: 1 };
    to.notes.add(from, warning(l10n.t`Not read, so it may change any of this: ${inOneLine(one)}`));
  }
  if (machine !== of.name)
    to.notes.add(
      { key: 'lxc.uts.name', line: 1 },
      warning(l10n.t`The name ${inOneLine(of.name)} is none for a machine, which is called ${machine} here.`),
    );
  addRoot(to, root, of, context.named);
  addInit(to, reading, context.lxcVersion);
  const options = reading.entriesOf('lxc.rootfs.options').at(-1)?.value.split(',') ?? [];
  addUsers(to, reading, options.includes('idmap=container'));
  const isPrivate = addNetwork(to, reading);
  addCapabilities(to, reading, isPrivate);
  addFilter(to, reading, (path) => context.named?.texts?.get(path));
  const mount = reading.entriesOf('lxc.rootfs.mount').at(-1)?.value;
  const roots = [root?.path, mount].flatMap((path) => path?.replace(/\/+$/u, '') ?? []);
  for (const entry of reading.entriesOf('lxc.mount.entry')) addMount(to, entry, roots);
  addAutoMounts(to, reading.entriesOf('lxc.mount.auto'));
  addGroupLimits(to, reading, context.named);
  addOthers(to, read, of, root);
  // Without these systemd-nspawn writes into the root file system.
  to.set('Exec', 'ResolvConf', 'off');
  to.set('Exec', 'Timezone', 'off');
  if (reading.entriesOf('lxc.signal.halt').length === 0)
    to.notes.add(
      { key: 'lxc.signal.halt', line: 1 },
      info(l10n.t('LXC asks an init that is not systemd by SIGPWR: for such a one write KillSignal=SIGPWR.')),
    );
  const { text, service } = keepTaken(to);
  const dropIn = {
    path: `${unitDirectory}/systemd-nspawn@${machine}.service.d/50-lxc.conf`,
    section: 'Service' as const,
    parts: isOfRoot(of) ? service : [{ comments: [ofUser()], settings: [] }, ...service],
  };
  const files = [
    { path: `/etc/systemd/nspawn/${machine}.nspawn`, text },
    ...(service.length === 0 ? [] : renderUnits([dropIn])),
  ];
  return {
    files,
    commands: [
      ...(files.length > 1
        ? [{ why: l10n.t('After the files are in their place'), line: 'systemctl daemon-reload' }]
        : []),
      ...to.commands,
      { why: l10n.t('Start it'), line: `machinectl start ${machine}` },
      ...to.commandsAfter,
    ],
    notes: to.notes.own.sort((a, b) => a.line - b.line),
    otherNotes: to.notes.ofOthers,
  };
};
