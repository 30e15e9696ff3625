import * as l10n from '@vscode/l10n';
import { groupSettings } from '../cgconfig/migrate/groupUnit.ts';
import { info, type Remark, warning } from '../cgconfig/migrate/migrationNote.ts';
import type { Entry, Section } from '../document.ts';
import { mountOf } from '../lxc/startMounts.ts';
import type { Reading } from '../lxc/reading.ts';
import type { NamedOnHost } from '../namedOnHost.ts';
import type { NspawnDraft } from './draft.ts';
import { pathInField } from './fstabFields.ts';
import { noSetting } from './reasons.ts';

const nameOf = ({ key }: Entry): string => key.replace(/^lxc\.cgroup2?\./u, '');
const isOfDevices = (entry: Entry): boolean => nameOf(entry).startsWith('devices.');

/** The settings as a group of libcgroup has them, for which there is a conversion; the line is the place among `entries`. */
const asGroup = (entries: readonly Entry[]): Section => {
  const controllers = new Map<string, Entry[]>();
  for (const [index, entry] of entries.entries()) {
    const name = /^[^.]*/u.exec(nameOf(entry))?.[0] ?? '';
    const moved = { ...entry, key: nameOf(entry), line: index };
    const known = controllers.get(name);
    if (known === undefined) controllers.set(name, [moved]);
    else known.push(moved);
  }
  const place = { start: 0, end: 0, nameStart: 0, nameEnd: 0, headerEnd: 0, line: 1 };
  const sections = [...controllers].map(([name, inBlock]) => ({
    ...place,
    keyword: 'controller',
    name,
    entries: inBlock,
    sections: [],
  }));
  return { ...place, keyword: 'group', name: 'container', entries: [], sections };
};

const ruleForm = /^([bc])[ \t]+(\d+|\*):(\d+|\*)[ \t]+([rwm]+)$/u;
const pathForm = /^(\/dev\/[\w@+=:,.%$/-]*[^/\s])[ \t]+([rwm]+)$/u;
const pathWord = /^\/dev\/[\w@+=:,.%$/-]+$/u;
const isOfAll = ({ value }: Entry): boolean => /^a(?:[ \t]|$)/u.test(value.trim());
const isAllow = (entry: Entry): boolean => nameOf(entry) === 'devices.allow';

/** A unit replaces specifiers there, and no variables. */
const inUnit = (path: string): string | undefined => (pathWord.test(path) ? path.replaceAll('%', '%%') : undefined);

const deviceOf = (rule: string): string | undefined => {
  const [, path = '', pathAccess = ''] = pathForm.exec(rule) ?? [];
  if (path !== '') return `${inUnit(path) ?? ''} ${pathAccess}`;
  const [, type, major = '*', minor = '*', access = ''] = ruleForm.exec(rule) ?? [];
  if (type === undefined) return undefined;
  const kind = type === 'b' ? 'block' : 'char';
  if (minor === '*') return `${kind}-${major} ${access}`;
  return major === '*' ? undefined : `/dev/${kind}/${major}:${minor} ${access}`;
};

/** Devices that are bound may be opened in LXC, which then has no list of devices. */
const addBoundDevices = (to: NspawnDraft, reading: Reading, named: NamedOnHost | undefined): void => {
  const converted = new Set(to.settings.flatMap(({ from = [] }) => from));
  for (const entry of reading.entriesOf('lxc.mount.entry')) {
    const { source, options = [] } = mountOf(entry) ?? {};
    const path = pathInField(source ?? '');
    if (!path.startsWith('/dev/') || !converted.has(entry)) continue;
    const isDirectory = path.endsWith('/') || options.includes('create=dir') || named?.paths.get(path) === 'directory';
    const word = isDirectory ? undefined : inUnit(path);
    if (word !== undefined) to.unit('DeviceAllow', `${word} rwm`, entry);
    else to.notes.lost(entry, l10n.t('Devices are opened where the unit allows each of them by DeviceAllow=.'));
  }
};

const isOpenInLxc = (): Remark =>
  warning(
    l10n.t(
      'LXC opens every device here, and the unit the usual ones and those that are bound: DeviceAllow= in the drop-in lists others.',
    ),
  );

/** Which devices may be opened: the unit lists those that may, and so does LXC where its list begins with a denial. */
const addDevices = (
  to: NspawnDraft,
  reading: Reading,
  entries: readonly Entry[],
  named: NamedOnHost | undefined,
): void => {
  const [first] = entries;
  if (first === undefined) {
    addBoundDevices(to, reading, named);
    to.notes.add({ key: 'lxc.cgroup2.devices.allow', line: 1 }, isOpenInLxc());
    return;
  }
  const lastOfAll = entries.findLast(isOfAll);
  const behind = entries.slice(lastOfAll === undefined ? 0 : entries.indexOf(lastOfAll) + 1);
  const isOpen = lastOfAll !== undefined && isAllow(lastOfAll);
  for (const entry of behind.filter((one) => !isAllow(one)))
    to.notes.lost(entry, l10n.t('systemd cannot deny a single device: DeviceAllow= lists what is allowed.'));
  if (isOpen) {
    if (behind.every(isAllow)) {
      to.unit('DevicePolicy', 'auto');
      to.unit('DeviceAllow', '');
    } else to.notes.add(lastOfAll, isOpenInLxc());
    return;
  }
  const allowing = behind.filter(isAllow);
  const ofV1 = first.key.startsWith('lxc.cgroup.');
  // A denial of all counts only beside what is allowed, but for v1.
  if (behind.length === 0 && !ofV1) {
    addBoundDevices(to, reading, named);
    to.notes.add(first, isOpenInLxc());
  } else
    to.notes.lost(
      first,
      l10n.t(
        'The unit allows the usual devices, terminals, tun, fuse and those of images besides: DeviceAllow= without a value, before the others in the drop-in, takes them back.',
      ),
    );
  for (const entry of allowing) {
    const device = deviceOf(entry.value.trim());
    if (device === undefined || device.startsWith(' '))
      to.notes.lost(
        entry,
        l10n.t('It is left out: a rule is a type, numbers and letters of rwm, such as c 10:200 rwm.'),
      );
    else to.unit('DeviceAllow', device);
  }
};

/** Settings with a line for each device. */
const isForDevices = (entry: Entry): boolean => /^(?:io\.|blkio\.)/u.test(nameOf(entry));

/** Lines of one setting for several devices count together; a group has each setting once. */
const inLayers = (limits: readonly Entry[]): readonly (readonly Entry[])[] => {
  const layers: Entry[][] = [limits.filter((entry) => !isForDevices(entry))];
  const ofKeys = new Map<string, Map<string, Entry>>();
  for (const entry of limits.filter(isForDevices)) {
    const devices = ofKeys.get(nameOf(entry)) ?? new Map<string, Entry>();
    ofKeys.set(nameOf(entry), devices.set(/^\d+:\d+(?=[ \t])/u.exec(entry.value)?.[0] ?? '', entry));
  }
  for (const devices of ofKeys.values())
    for (const [index, entry] of [...devices.values()].entries()) (layers[index] ??= []).push(entry);
  return layers;
};

/** Limits of the control group, in the unit of the machine. */
export const addGroupLimits = (to: NspawnDraft, reading: Reading, named: NamedOnHost | undefined): void => {
  const old = [...reading.inFamily('lxc.cgroup.').values()].flat();
  const entries = [...reading.inFamily('lxc.cgroup2.').values()].flat();
  // What is written for v2 is what was meant, where there is both.
  const all = [...old, ...entries];
  const limits = all.filter((entry) => !isOfDevices(entry));
  for (const layer of inLayers(limits)) {
    const { parts, notes, isFrozen } = groupSettings(asGroup(layer), to.systemdVersion);
    to.service.push(...parts.filter(({ settings }) => settings.length > 0));
    for (const { line, level, text } of notes) {
      const entry = layer[line];
      if (entry !== undefined) to.notes.add(entry, level === 'warning' ? warning(text) : info(text));
    }
    if (isFrozen)
      to.commandsAfter.push({
        why: l10n.t('Instead of freezer.state'),
        line: `systemctl freeze systemd-nspawn@${to.machine}.service`,
      });
  }
  const devices = entries.filter(isOfDevices);
  addDevices(to, reading, devices.length > 0 ? devices : old.filter(isOfDevices), named);
};

/** Limits of each process. */
export const addProcessLimit = (to: NspawnDraft, entry: Entry, name: string): void => {
  if (!/^[a-z]+$/u.test(name)) {
    to.notes.lost(entry, noSetting());
    return;
  }
  to.set(
    'Exec',
    `Limit${name.toUpperCase()}`,
    entry.value.replaceAll(/[ \t]/gu, '').replaceAll('unlimited', 'infinity'),
    entry,
  );
};
