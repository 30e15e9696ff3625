import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { shown } from '../shown.ts';
import { groupsMadeFor, pathsTo, templateNamesFor } from './destinationPattern.ts';
import type { GroupBlock, GroupFile } from './groupFile.ts';
import { pathText } from './groupPath.ts';
import { isAllKnown } from './groupSet.ts';

const groupNotUsed: RuleInfo = {
  id: 'group-not-used',
  severity: 'hint',
  effect: 'none',
  title: l10n.t('A rule leads to every group'),
};
const templateNotUsed: RuleInfo = {
  id: 'template-not-used',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A rule leads to every template'),
};
const duplicateTemplate: RuleInfo = {
  id: 'duplicate-template',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A template has each controller once'),
};
const setElsewhere: RuleInfo = {
  id: 'group-set-elsewhere',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('No file sets a parameter that a later one sets again'),
  variants: [{ severity: 'hint', effect: 'none' }],
};

export const blockRules: readonly RuleInfo[] = [groupNotUsed, templateNotUsed, duplicateTemplate, setElsewhere];

const checkUse = (own: GroupFile, files: readonly GroupFile[]): readonly Finding[] => {
  if (!files.some(({ languageId }) => languageId === 'cgrules')) return [];
  const destinations = files.flatMap((file) => file.destinations);
  const used = new Set(destinations.flatMap(({ path }) => pathsTo(path)));
  const isMadeByRule = groupsMadeFor(destinations);
  const isUsed = (name: string): boolean => used.has(name) || isMadeByRule(name);
  const templates = new Set(destinations.flatMap(templateNamesFor));
  return own.blocks.flatMap((block) => {
    const name = pathText(block.path);
    if (block.keyword === 'template') {
      if (templates.has(block.name)) return [];
      const template = shown(block.name);
      const message = used.has(name)
        ? l10n.t`The template ${template} makes no group: a rule leads there, but libcgroup makes groups only for destinations with a variable.`
        : l10n.t`The template ${template} makes no group: no rule of cgrules.conf leads there.`;
      return [{ ...found(templateNotUsed, block, block.line, message), tag: 'unnecessary' as const }];
    }
    // Without any rule, groups are for other programs.
    if (destinations.length === 0 || name === '' || name === 'default' || isUsed(name)) return [];
    return [found(groupNotUsed, block, block.line, l10n.t`No rule of cgrules.conf leads to ${shown(name)}.`)];
  });
};

/** The first template with that name and controller counts (cgroup_config_create_template_group() of config.c). */
const checkTemplates = (own: GroupFile, files: readonly GroupFile[]): readonly Finding[] => {
  if (!own.hasTemplates) return [];
  const findings: Finding[] = [];
  const seen = new Map<string, Map<string, string>>();
  for (const file of files)
    for (const block of file.blocks) {
      if (block.keyword !== 'template') continue;
      const { name } = block;
      const ofName = seen.get(name) ?? new Map<string, string>();
      seen.set(name, ofName);
      for (const controller of block.controllers) {
        const first = ofName.get(controller.name);
        if (first === undefined) ofName.set(controller.name, file.name);
        else if (file === own) {
          const [template, what] = [shown(name), shown(controller.name)];
          const message =
            first === own.name
              ? l10n.t`The template ${template} has ${what} above already, and the first one counts.`
              : l10n.t`The template ${template} has ${what} in ${first} already, and the first one counts.`;
          const { nameStart: start, nameEnd: end, line } = controller;
          findings.push(found(duplicateTemplate, { start, end }, line, message));
        }
      }
    }
  return findings;
};

const blocksOf = (file: GroupFile): readonly GroupBlock[] => file.blocks.filter(({ keyword }) => keyword === 'group');

interface SetLater {
  readonly file: string;
  readonly value: string;
}

/** What is set, by group, controller and parameter; one text of all three would hold a long name again for each parameter. */
type Later = Map<string, Map<string, Map<string, SetLater>>>;

const setIn = (files: readonly GroupFile[]): Later => {
  const later: Later = new Map();
  for (const file of files)
    for (const block of blocksOf(file)) {
      const path = pathText(block.path);
      const ofGroup = later.get(path) ?? new Map<string, Map<string, SetLater>>();
      later.set(path, ofGroup);
      for (const { name, entries } of block.controllers) {
        const ofController = ofGroup.get(name) ?? new Map<string, SetLater>();
        ofGroup.set(name, ofController);
        for (const { key, value } of entries) ofController.set(key, { file: file.name, value });
      }
    }
  return later;
};

/** Groups of several files are set one after the other, so that the last value stays. */
const checkLaterFiles = (own: GroupFile, files: readonly GroupFile[]): readonly Finding[] => {
  const later = setIn(files.slice(files.indexOf(own) + 1));
  if (later.size === 0) return [];
  return blocksOf(own).flatMap((block) => {
    const ofGroup = later.get(pathText(block.path));
    return block.controllers.flatMap(({ name, entries }) => {
      const ofController = ofGroup?.get(name);
      return entries.flatMap(({ key, value, start, end, line }) => {
        const other = ofController?.get(key);
        if (other === undefined || other.value === value) return [];
        const message = l10n.t`${other.file}, which is read later, sets ${shown(key)} of this group to ${shown(other.value)}.`;
        return [found(setElsewhere, { start, end }, line, message)];
      });
    });
  });
};

/** A group that goes on with one of an earlier file. */
const checkEarlierFiles = (own: GroupFile, files: readonly GroupFile[]): readonly Finding[] => {
  const earlier = new Map<string, string>();
  for (const file of files.slice(0, files.indexOf(own)))
    for (const block of blocksOf(file)) earlier.set(pathText(block.path), file.name);
  if (earlier.size === 0) return [];
  return blocksOf(own).flatMap((block) => {
    const other = earlier.get(pathText(block.path));
    if (other === undefined) return [];
    const message = l10n.t`This group stands in ${other}, too, which is read before this file: what is set here adds to that, or replaces it.`;
    return [found(setElsewhere, block, block.line, message, { severity: 'hint' })];
  });
};

/** What is wrong with groups and templates, as far as the files tell that are read together with this one. */
export const checkBlocks = (own: GroupFile, files: readonly GroupFile[], context: Context): readonly Finding[] => [
  ...(isAllKnown(context) ? checkUse(own, files) : []),
  ...checkTemplates(own, files),
  ...checkEarlierFiles(own, files),
  ...checkLaterFiles(own, files),
];
