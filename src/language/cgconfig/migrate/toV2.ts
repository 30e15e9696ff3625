import * as l10n from '@vscode/l10n';
import type { ConfigDocument, Entry, Section } from '../../document.ts';
import type { TextChange } from '../../finding.ts';
import { controllerBlocksOf, type ConvertedGroup, convertGroup } from './convertGroup.ts';
import { innerGroupRemarks } from './innerGroups.ts';
import { info, type Remark, warning } from './migrationNote.ts';
import { addComments, commentOut, takeAway } from './placeInLine.ts';
import { successorOf } from './successor.ts';
import type { LostSetting, V2Setting } from './v2Setting.ts';
import type { MigrationNote } from '../../../protocol/migration.ts';

const words = new Set(['mount', 'task', 'admin', 'perm', 'group', 'namespace', 'template', 'default', 'systemd']);

/** A name or a value as the lexer of libcgroup takes it back: with quotes where it is no single word of it. */
const quoted = (text: string): string => (/^[\w\-/.,%@\\]+$/u.test(text) && !words.has(text) ? text : `"${text}"`);

/** What a file becomes, and what its writer has to know. */
export interface V2Migration {
  /** In the order of the text; none where all of it is for cgroup v2 already. */
  readonly changes: readonly TextChange[];
  /** In the order of the lines. */
  readonly notes: readonly MigrationNote[];
}

/** Gathers changes and notes of one text. */
class Rewriting {
  readonly changes: TextChange[] = [];
  readonly notes: MigrationNote[] = [];
  readonly text: string;
  /** Comments that a file of v2 does not need to be told. */
  readonly asides: TextChange[] = [];

  constructor(text: string) {
    this.text = text;
  }

  note(line: number, remarks: readonly Remark[]): readonly string[] {
    for (const remark of remarks) this.notes.push({ line, ...remark });
    return remarks.map(({ text }) => text);
  }

  /** A comment above `at` for each remark. */
  remark(at: Pick<Section, 'start' | 'end' | 'line'>, remarks: readonly Remark[]): void {
    this.changes.push(...addComments(this.text, at, this.note(at.line, remarks)));
  }

  /** What holds of a file of v2 as well, and is no reason to change it. */
  aside(at: Pick<Section, 'start' | 'end' | 'line'>, remarks: readonly Remark[]): void {
    this.asides.push(...addComments(this.text, at, this.note(at.line, remarks)));
  }

  drop(part: Pick<Section, 'start' | 'end' | 'line'>, remarks: readonly Remark[]): void {
    this.changes.push(commentOut(this.text, part, this.note(part.line, remarks)));
  }

  /** Replaces what stands inside of the quotes, or adds quotes. */
  word(start: number, end: number, word: string): void {
    if (this.text.slice(start, end) === word) return;
    const hasQuotes = this.text[start - 1] === '"';
    this.changes.push({ start, end, text: hasQuotes ? word : quoted(word) });
  }
}

const settingText = ({ key, value }: V2Setting): string => `${quoted(key)} = ${quoted(value)};`;

/** At the end of a block, in lines of their own where the block has some. */
const append = (text: string, block: Section, settings: readonly V2Setting[]): TextChange => {
  const brace = block.end - 1;
  const lineStart = text.lastIndexOf('\n', brace) + 1;
  const indent = text.slice(lineStart, brace);
  if (/[^ \t]/u.test(indent) || lineStart <= block.start)
    return { start: brace, end: brace, text: settings.map((one) => `${settingText(one)} `).join('') };
  const outer = /^[ \t]*/u.exec(text.slice(text.lastIndexOf('\n', block.start - 1) + 1))?.[0] ?? '';
  const first = block.entries[0];
  const inner =
    first === undefined
      ? `${outer}\t`
      : text.slice(text.lastIndexOf('\n', first.start - 1) + 1, first.start).replace(/[^ \t].*$/su, '');
  const lines = settings.map((one) => `${inner === '' ? `${outer}\t` : inner}${settingText(one)}\n`).join('');
  return { start: lineStart, end: lineStart, text: lines };
};

/** The block of a group that settings of a controller of v2 stand in: one of its name, or else the first that becomes it. */
const homesOf = (blocks: readonly Section[]): ReadonlyMap<string, Section> => {
  const homes = new Map<string, Section>();
  for (const block of blocks) {
    const successor = successorOf(block.name);
    if ('none' in successor) continue;
    const { controller } = successor;
    if (!homes.has(controller) || (block.name === controller && homes.get(controller)?.name !== controller))
      homes.set(controller, block);
  }
  return homes;
};

const grouped = <One, Key>(all: readonly One[], keyOf: (one: One) => Key): ReadonlyMap<Key, readonly One[]> => {
  const groups = new Map<Key, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
};

/** What became of the entries of a group; a group can have as many as a text has lines. */
interface SettingsOfEntry {
  readonly lost: ReadonlyMap<Entry, LostSetting>;
  readonly settings: ReadonlyMap<Entry, V2Setting>;
}

/** A block of its own at the end of a group. */
const appendBlock = (text: string, group: Section, controller: string, settings: readonly V2Setting[]): TextChange => {
  const brace = group.end - 1;
  const indent = text.slice(text.lastIndexOf('\n', brace - 1) + 1, brace);
  const onOwnLine = !/[^ \t]/u.test(indent) && brace - indent.length > group.headerEnd;
  const lines = settings.map((one) => `${indent}\t\t${settingText(one)}\n`).join('');
  const inLine = settings.map((one) => `${settingText(one)} `).join('');
  const block = onOwnLine ? `\t${controller} {\n${lines}${indent}\t}\n${indent}` : `\n${controller} { ${inLine}} `;
  return { start: brace, end: brace, text: block };
};

/** Settings of controllers that no block of the group is for, or becomes. */
const withoutHome = (
  { settings }: ConvertedGroup,
  homes: ReadonlyMap<string, Section>,
): ReadonlyMap<string, readonly V2Setting[]> =>
  grouped(
    settings.filter(({ controller }) => !homes.has(controller)),
    ({ controller }) => controller,
  );

const rewriteSettings = (
  to: Rewriting,
  block: Section,
  { settings, lost }: SettingsOfEntry,
  stays: (setting: V2Setting) => boolean,
): void => {
  for (const entry of block.entries) {
    const loss = lost.get(entry);
    if (loss !== undefined) {
      to.drop(entry, [loss.remark]);
      continue;
    }
    const setting = settings.get(entry);
    if (setting === undefined || !stays(setting)) {
      to.changes.push(takeAway(to.text, entry));
      continue;
    }
    to.remark(entry, setting.remarks);
    to.word(entry.keyStart, entry.keyEnd, setting.key);
    to.word(entry.valueStart, entry.valueEnd, setting.value);
  }
};

const rewriteGroup = (to: Rewriting, group: Section): void => {
  const blocks = controllerBlocksOf(group);
  const converted = convertGroup(group);
  const homes = homesOf(blocks);
  const blockOf = new Map(blocks.flatMap((block) => block.entries.map((entry) => [entry, block] as const)));
  const moved = (setting: V2Setting): boolean => blockOf.get(setting.from[0]) !== homes.get(setting.controller);
  const lostIn = grouped(converted.lost, ({ entry }) => blockOf.get(entry));
  const ofEntry: SettingsOfEntry = {
    lost: new Map(converted.lost.toReversed().map((one) => [one.entry, one])),
    settings: new Map(converted.settings.toReversed().map((one) => [one.from[0], one])),
  };
  const addedTo = grouped(converted.settings.filter(moved), ({ controller }) => controller);
  let isLeft = group.sections.some(({ keyword }) => keyword === 'perm');
  for (const block of blocks) {
    const successor = successorOf(block.name);
    const lostNotes = lostIn.get(block) ?? [];
    if ('none' in successor) {
      const losses = lostNotes.map(({ remark }) => remark);
      // What a setting lost says more than what its controller is.
      const loss = losses.find(({ level }) => level === 'warning') ?? info(successor.none.text);
      to.drop(block, [loss]);
      continue;
    }
    const { controller } = successor;
    const home = homes.get(controller);
    if (home !== block) {
      to.drop(block, [info(l10n.t`cgroup v2 has ${controller} for this, which has a block already.`)]);
      for (const { entry, remark } of lostNotes) to.note(entry.line, [remark]);
      continue;
    }
    isLeft = true;
    to.word(block.nameStart, block.nameEnd, controller);
    rewriteSettings(to, block, ofEntry, (setting) => !moved(setting));
    const added = addedTo.get(controller) ?? [];
    for (const one of added) to.note(one.from[0].line, one.remarks);
    if (added.length > 0) to.changes.push(append(to.text, block, added));
  }
  for (const [controller, settings] of withoutHome(converted, homes)) {
    isLeft = true;
    for (const { from, key, remarks } of settings)
      to.note(from[0].line, [info(l10n.t`${key} stands in a block ${controller} of its own now.`), ...remarks]);
    to.changes.push(appendBlock(to.text, group, controller, settings));
  }
  if (isLeft) return;
  to.note(group.line, [
    info(l10n.t('Nothing of the group is left in cgroup v2; pids makes the group and counts its tasks.')),
  ]);
  to.changes.push(appendBlock(to.text, group, 'pids', []));
};

const rewriteNamespace = (to: Rewriting, block: Section): void => {
  const seen = new Map<string, Entry>();
  for (const entry of block.entries) {
    const successor = successorOf(entry.key);
    if ('none' in successor) {
      to.drop(entry, [successor.none]);
      continue;
    }
    const first = seen.get(successor.controller);
    if (first === undefined) {
      seen.set(successor.controller, entry);
      to.word(entry.keyStart, entry.keyEnd, successor.controller);
      continue;
    }
    to.drop(entry, [
      first.value === entry.value
        ? info(l10n.t`${successor.controller} stands above already.`)
        : warning(
            l10n.t`cgroup v2 has one hierarchy, so ${successor.controller} cannot be below ${entry.value} as well.`,
          ),
    ]);
  }
  const places = new Set([...seen.values()].map(({ value }) => value));
  if (places.size > 1)
    to.aside(block, [
      warning(
        l10n.t('cgroup v2 has one hierarchy: groups whose controllers are in different places fall apart there.'),
      ),
    ]);
};

/** libcgroup gives cgroup.procs of v2 to whom `admin` names, and leaves `task` alone (_cgroup_create_cgroup() of api.c). */
const remarkPerm = (to: Rewriting, perm: Section): void => {
  const [task, admin] = ['task', 'admin'].map((keyword) => perm.sections.find((one) => one.keyword === keyword));
  const owner = (block: Section | undefined): string =>
    ['uid', 'gid'].map((key) => block?.entries.find((entry) => entry.key === key)?.value ?? '').join(':');
  if (task === undefined || admin === undefined || owner(task) === owner(admin)) return;
  to.aside(perm, [
    warning(
      l10n.t('In cgroup v2 libcgroup leaves task alone: who may put processes into the group is whom admin names.'),
    ),
  ]);
};

/**
 * The same groups for cgroup v2, as changes of the text: layout, comments and what has no counterpart stay, the latter as
 * comments with the reason. `targets` are the groups that rules of cgrules.conf put processes into.
 */
export const toV2 = (document: ConfigDocument, text: string, targets: readonly string[] = []): V2Migration => {
  const to = new Rewriting(text);
  const inner = innerGroupRemarks(document, targets);
  for (const section of document.sections) {
    for (const perm of section.sections) if (perm.keyword === 'perm') remarkPerm(to, perm);
    switch (section.keyword) {
      case 'mount':
        to.drop(section, [info(l10n.t('cgroup v2 is one hierarchy, which systemd mounts at /sys/fs/cgroup.'))]);
        break;
      case 'namespace':
        rewriteNamespace(to, section);
        break;
      case 'group':
      case 'template':
        to.aside(section, inner.get(section) ?? []);
        rewriteGroup(to, section);
    }
  }
  const isSame = to.changes.every((change) => text.slice(change.start, change.end) === change.text);
  return {
    changes: isSame ? [] : [...to.asides, ...to.changes].sort((a, b) => a.start - b.start || a.end - b.end),
    notes: to.notes.sort((a, b) => a.line - b.line),
  };
};
