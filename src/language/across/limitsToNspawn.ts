import * as l10n from '@vscode/l10n';
import { groupSettings } from '../cgconfig/migrate/groupUnit.ts';
import { info, warning } from '../cgconfig/migrate/migrationNote.ts';
import type { Entry, Section } from '../document.ts';
import { mountOf } from '../lxc/startMounts.ts';
import type { Reading } from '../lxc/reading.ts';
import type { NspawnDraft } from './draft.ts';
import { pathInField } from './fstabFields.ts';
import { noSetting } from './reasons.ts';
import { quoteForUnit } from './unitWords.ts';

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

const ruleForm = /^([abc])(?:[ \t]+(\d+|\*):(\d+|\*))?(?:[ \t]+([rwm]+))?$/u;

const deviceOf = (rule: string): string | undefined => {
  const [, type, major = '*', minor = '*', access = 'rwm'] = ruleForm.exec(rule.trim()) ?? [];
  if (type === undefined || type === 'a') return undefined;
  const kind = type === 'b' ? 'block' : 'char';
  if (minor === '*') return `${kind}-${major} ${access}`;
  return major === '*' ? undefined : `/dev/${kind}/${major}:${minor} ${access}`;
};

/** Which devices may be opened: the unit lists those that may, and so does LXC where its list begins with a denial. */
const addDevices = (to: NspawnDraft, reading: Reading, entries: readonly Entry[]): void => {
  const first = entries[0];
  const isAll = (entry: Entry): boolean => /^a(?:[ \t]|$)/u.test(entry.value.trim());
  if (first === undefined) {
    for (const entry of reading.entriesOf('lxc.mount.entry')) {
      const path = pathInField(mountOf(entry)?.source ?? '');
      const word = /^\/dev\/.*[^/]$/u.test(path) ? quoteForUnit(path) : undefined;
      if (word !== undefined) to.unit('DeviceAllow', `${word} rwm`);
    }
    return;
  }
  let isOpen = false;
  let allowed: string[] = [];
  for (const entry of entries) {
    const isAllow = nameOf(entry) === 'devices.allow';
    if (isAll(entry)) {
      isOpen = isAllow;
      allowed = [];
    } else if (!isAllow)
      to.notes.lost(entry, l10n.t('systemd cannot deny a single device: DeviceAllow= lists what is allowed.'));
    else if (!isOpen) {
      const device = deviceOf(entry.value);
      if (device !== undefined) allowed.push(device);
      else to.notes.lost(entry, l10n.t`This is no rule for a device: ${entry.value}`);
    }
  }
  if (isOpen) {
    to.unit('DevicePolicy', 'auto');
    to.unit('DeviceAllow', '');
  }
  for (const device of allowed) to.unit('DeviceAllow', device);
};

/** Limits of the control group, in the unit of the machine. */
export const addGroupLimits = (to: NspawnDraft, reading: Reading): void => {
  const old = [...reading.inFamily('lxc.cgroup.').values()].flat();
  const entries = [...reading.inFamily('lxc.cgroup2.').values()].flat();
  // What is written for v2 is what was meant, where there is both.
  const all = [...old, ...entries];
  const limits = all.filter((entry) => !isOfDevices(entry));
  const { parts, notes, isFrozen } = groupSettings(asGroup(limits), to.systemdVersion);
  to.service.push(...parts.filter(({ settings }) => settings.length > 0));
  for (const { line, level, text } of notes) {
    const entry = limits[line];
    if (entry !== undefined) to.notes.add(entry, level === 'warning' ? warning(text) : info(text));
  }
  if (isFrozen)
    to.commands.push({
      why: l10n.t('Instead of freezer.state'),
      line: `systemctl freeze systemd-nspawn@${to.machine}.service`,
    });
  const devices = entries.filter(isOfDevices);
  addDevices(to, reading, devices.length > 0 ? devices : old.filter(isOfDevices));
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
