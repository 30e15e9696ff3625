import * as l10n from '@vscode/l10n';
import { countBeginning } from '../applyChanges.ts';
import type { Context } from '../context.ts';
import type { ConfigDocument, Entry, Section, Span } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { checkGroup, checkGroupNames, checkNamespacePaths, checkRepeatedGroups } from './groupRules.ts';
import { checkMountTables } from './mountRules.ts';
import { checkOnHost } from './hostRules.ts';
import { checkLimits } from './limitRules.ts';
import { checkParameters } from './parameterRules.ts';
import { checkPerm } from './permRules.ts';
import { firstAlike } from './sameBody.ts';
import { checkCgconfigSyntax } from './syntaxRules.ts';
import { checkSystemd } from './systemdRules.ts';

export const mountAndNamespace: RuleInfo = {
  id: 'mount-and-namespace',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A file has mount blocks or namespace blocks, not both'),
};

export const repeatedNamespace: RuleInfo = {
  id: 'repeated-namespace',
  severity: 'error',
  effect: 'file-refused',
  title: l10n.t('A controller has one namespace'),
};

/** Either kind alone is taken; both together only the loader refuses (cgroup_config_load_config() of config.c). */
const checkMountAndNamespace = (sections: readonly Section[]): readonly Finding[] => {
  const mount = sections.find(({ keyword }) => keyword === 'mount');
  const namespace = sections.find(({ keyword }) => keyword === 'namespace');
  if (mount === undefined || namespace === undefined) return [];
  const { start, headerEnd: end, line } = mount.start > namespace.start ? mount : namespace;
  const message = l10n.t('mount and namespace cannot stand in one file: libcgroup refuses to load it.');
  return [found(mountAndNamespace, { start, end }, line, message)];
};

/** The loader takes one name for each controller (config_order_namespace_table() of config.c). */
const checkNamespaces = (sections: readonly Section[]): readonly Finding[] => {
  const seen = new Map<string, Entry>();
  return sections
    .filter(({ keyword }) => keyword === 'namespace')
    .flatMap(({ entries }) => entries)
    .flatMap((entry) => {
      const first = seen.get(entry.key);
      seen.set(entry.key, first ?? entry);
      if (first === undefined) return [];
      const message = l10n.t`${entry.key} has a namespace already: libcgroup refuses to load the file.`;
      const related = [{ start: first.keyStart, end: first.keyEnd, message: l10n.t('The first one') }];
      return [found(repeatedNamespace, { start: entry.keyStart, end: entry.keyEnd }, entry.line, message, { related })];
    });
};

/** Tells of a span whether it touches one of those, which are in the order of the text. */
const touchingOneOf = (spans: readonly Span[]): ((span: Span) => boolean) => {
  let furthest = -1;
  const reaches = spans.map(({ start, end }) => ({ start, end: (furthest = Math.max(furthest, end)) }));
  return ({ start, end }) => (reaches[countBeginning(reaches, end) - 1]?.end ?? -1) >= start;
};

const checkBlock = (section: Section, context: Context): readonly Finding[] => {
  if (section.keyword === 'systemd') return checkSystemd(section);
  const findings: Finding[] = [];
  for (const one of section.sections) if (one.keyword === 'perm') findings.push(...checkPerm(one, context));
  if (section.keyword === 'group' || section.keyword === 'template')
    findings.push(...checkGroup(section), ...checkParameters(section, context));
  return findings;
};

/** What is in a group is judged once for all groups that hold the same, as long as nothing is to be said of it. */
const checkBlocks = (sections: readonly Section[], context: Context): readonly Finding[] => {
  const wrong = new Set<Section>();
  const findings = sections
    .filter((section) => firstAlike(section) === section)
    .flatMap((section) => {
      const own = checkBlock(section, context);
      if (own.length > 0) wrong.add(section);
      return own;
    });
  if (wrong.size === 0) return findings;
  const others = sections.filter((section) => firstAlike(section) !== section && wrong.has(firstAlike(section)));
  return [...findings, ...others.flatMap((section) => checkBlock(section, context))];
};

/** Everything that is wrong with a cgconfig.conf, in the order of the text. */
export const checkCgconfig = (document: ConfigDocument, text: string, context: Context): readonly Finding[] => {
  const syntax = checkCgconfigSyntax(document, text, context.libcgroupVersion);
  const end = syntax.find(({ rule }) => rule === 'not-ascii-ends-file')?.start ?? Infinity;
  const sections = document.sections.filter(({ start }) => start < end);
  // What a block systemd has not been told may be just what could not be read.
  const refusals = syntax.filter(({ effect }) => effect === 'file-refused').map(({ start }) => ({ start }));
  const isReadable = ({ start, end: blockEnd }: Section): boolean =>
    countBeginning(refusals, start - 1) === countBeginning(refusals, blockEnd);
  const judged = sections.filter(
    (section) => section.keyword !== 'systemd' || (context.libcgroupVersion !== '2.0.2' && isReadable(section)),
  );
  // What somebody meant with such quotes is not what stands in the text now.
  const unread = syntax.filter(
    ({ rule, start }) =>
      rule === 'not-ascii' || rule === 'quote-not-closed' || (rule === 'value-needs-quotes' && text[start] === "'"),
  );
  const isUnread = touchingOneOf(unread);
  return [
    ...syntax,
    ...[...checkBlocks(judged, context), ...checkGroupNames(judged)].filter((one) => !isUnread(one)),
    ...checkOnHost(judged, context),
    ...checkLimits(judged, context),
    ...checkRepeatedGroups(sections.filter(({ keyword }) => keyword === 'group')),
    ...checkMountAndNamespace(sections),
    ...checkNamespaces(sections),
    ...checkNamespacePaths(sections.filter(({ keyword }) => keyword === 'namespace')),
    ...checkMountTables(sections, context.libcgroupVersion),
  ].sort((a, b) => a.start - b.start);
};
