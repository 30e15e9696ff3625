import * as l10n from '@vscode/l10n';
import { quoteForShell } from '../../shellWords.ts';
import type { ConfigDocument, Section } from '../../document.ts';
import type { LibcgroupVersion } from '../../context.ts';
import { controllerBlocksOf } from './convertGroup.ts';
import { groupPath } from '../../cgroups/groupPath.ts';
import { groupSettings } from './groupUnit.ts';
import { info, type Remark, warning } from './migrationNote.ts';
import { migrateRules } from './rulesToSystemd.ts';
import { isReserved, isUnitTooLong, perUserSlice, unitOfGroup } from './sliceName.ts';
import { renderUnits, unitDirectory, type UnitDraft } from './unitDraft.ts';
import type { MigratedCommand, MigrationNote, Migration } from '../../../protocol/migration.ts';

/** A cgrules.conf that belongs to the groups. */
export interface Rules {
  /** Such as `cgrules.conf` or `cgrules.d/web.conf`. */
  readonly name: string;
  readonly document: ConfigDocument;
  readonly text: string;
}

export interface SystemdOptions {
  readonly systemdVersion: number;
  readonly libcgroupVersion: LibcgroupVersion;
  /** In the order of reading; none where there are no such files. */
  readonly rules?: readonly Rules[];
  /** Whether another cgconfig.conf has a group of that name, whose migration then sees to the rules for it. */
  readonly isElsewhere?: (destination: string) => boolean;
  /** The number of a user of this host. */
  readonly uidOf?: (user: string) => number | undefined;
}

interface Gathered {
  readonly drafts: UnitDraft[];
  readonly commands: MigratedCommand[];
  readonly notes: MigrationNote[];
}

const ownerOf = (group: Section): string | undefined =>
  group.sections
    .filter(({ keyword }) => keyword === 'perm')
    .flatMap(({ sections }) => sections)
    .flatMap(({ entries }) => entries)
    .filter(({ key }) => key === 'uid')
    .map(({ value }) => value)
    .find((user) => user !== 'root' && user !== '0');

/** Slices belong to root; only a service or a scope can be handed to a user. */
const addOwner = ({ commands, notes }: Gathered, group: Section, unit: string): void => {
  const owner = ownerOf(group);
  const perm = group.sections.find(({ keyword }) => keyword === 'perm');
  if (owner === undefined || perm === undefined) return;
  notes.push({
    line: perm.line,
    ...warning(
      l10n.t`systemd keeps the files of a slice for root. A service that runs as ${owner} in it, with Delegate=yes, has groups of its own below.`,
    ),
  });
  const words = ['systemd-run', `--uid=${owner}`, `--slice=${unit}`, '--property=Delegate=yes', '--pty'];
  commands.push({
    why: l10n.t`Instead of perm, which gave ${groupPath(group.name)} to ${owner}`,
    line: `${words.map(quoteForShell).join(' ')} COMMAND`,
  });
};

const addGroup = (to: Gathered, group: Section, prefix: string, options: SystemdOptions): void => {
  const path = groupPath(group.name);
  const { unit, section, exists } = unitOfGroup(`${prefix}/${group.name}`);
  const note = (remark: Remark): void => {
    to.notes.push({ line: group.line, ...remark });
  };
  if (isUnitTooLong(unit)) {
    note(warning(l10n.t`The name of a unit has at most 255 bytes, and that of ${path} has more.`));
    return;
  }
  if (isReserved(`${prefix}/${group.name}`))
    note(warning(l10n.t`systemd has a slice of the name of ${path} for its own ends, so this one is ${unit}.`));
  const { parts, notes, isFrozen } = groupSettings(group, options.systemdVersion);
  for (const one of notes) to.notes.push(one);
  to.drafts.push({
    path: exists ? `${unitDirectory}/${unit}.d/50-cgconfig.conf` : `${unitDirectory}/${unit}`,
    section,
    ...(exists ? {} : { description: `Control group ${path}` }),
    parts,
  });
  addOwner(to, group, unit);
  if (isFrozen)
    to.commands.push({
      why: l10n.t`Instead of freezer.state of ${path}`,
      line: `systemctl freeze ${quoteForShell(unit)}`,
    });
  if (section !== 'Slice' || unit === '-.slice') return;
  const controllers = controllerBlocksOf(group).map(({ name }) => name);
  to.commands.push({
    why: l10n.t`Instead of cgexec -g ${controllers.join(',')}:${path} COMMAND`,
    line: `systemd-run --scope --slice=${quoteForShell(unit)} COMMAND`,
  });
};

/** Groups of a template come into being with the first process of a rule; without rules the name tells what they are for. */
const addTemplate = (to: Gathered, template: Section, options: SystemdOptions): void => {
  if ((options.rules?.length ?? 0) > 0) return;
  const note = (remark: Remark): void => {
    to.notes.push({ line: template.line, ...remark });
  };
  if (!perUserSlice(template.name)) {
    note(warning(l10n.t('systemd makes no groups from a template; only users have a slice each.')));
    return;
  }
  note(info(l10n.t('Every user has a slice in systemd, user-UID.slice, which these limits are for.')));
  const { parts, notes } = groupSettings(template, options.systemdVersion);
  for (const one of notes) to.notes.push(one);
  to.drafts.push({ path: `${unitDirectory}/user-.slice.d/50-cgconfig.conf`, section: 'Slice', parts });
};

const remarkOthers = ({ notes }: Gathered, section: Section): void => {
  const add = (remark: Remark): void => {
    notes.push({ line: section.line, ...remark });
  };
  switch (section.keyword) {
    case 'mount':
      add(info(l10n.t('systemd mounts cgroup v2 at /sys/fs/cgroup itself.')));
      break;
    case 'namespace':
      if (new Set(section.entries.map(({ value }) => groupPath(value))).size > 1)
        add(
          warning(l10n.t('A slice lies in one place for all controllers, so those that namespace names are left out.')),
        );
      break;
    case 'default':
      add(info(l10n.t('The files of slices belong to root.')));
      break;
    case 'systemd':
      add(info(l10n.t('With slices libcgroup needs no scope of its own.')));
  }
};

/** The group that all groups are below, where it is the same for all controllers. */
const namespacePrefix = ({ sections }: ConfigDocument): string => {
  const places = new Set(
    sections
      .filter(({ keyword }) => keyword === 'namespace')
      .flatMap(({ entries }) => entries.map(({ value }) => groupPath(value))),
  );
  const [first = ''] = places;
  return places.size === 1 ? first : '';
};

/** The same limits as slices of systemd, and what takes the place of cgexec and of cgrulesengd. */
export const toSystemd = (document: ConfigDocument, options: SystemdOptions): Migration => {
  const to: Gathered = { drafts: [], commands: [], notes: [] };
  const prefix = namespacePrefix(document);
  for (const section of document.sections) {
    if (section.keyword === 'group') addGroup(to, section, prefix, options);
    else if (section.keyword === 'template') addTemplate(to, section, options);
    else remarkOthers(to, section);
  }
  const rules = migrateRules(document, prefix, options);
  const files = renderUnits([...to.drafts, ...rules.drafts]);
  const reload = { why: l10n.t('After the files are in their place'), line: 'systemctl daemon-reload' };
  return {
    files,
    commands: [...(files.length > 0 ? [reload] : []), ...to.commands, ...rules.commands],
    notes: to.notes.sort((a, b) => a.line - b.line),
    otherNotes: rules.notes,
  };
};
