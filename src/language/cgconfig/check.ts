import type { Context } from '../context.ts';
import type { ConfigDocument, Section } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { found } from '../found.ts';
import { checkGroup, checkRepeatedGroups } from './groupRules.ts';
import { checkOnHost } from './hostRules.ts';
import { checkLimits } from './limitRules.ts';
import { checkParameters } from './parameterRules.ts';
import { checkPerm } from './permRules.ts';
import { checkCgconfigSyntax } from './syntaxRules.ts';
import { checkSystemd } from './systemdRules.ts';

export const mountAndNamespace: RuleInfo = {
  id: 'mount-and-namespace',
  severity: 'error',
  effect: 'file-refused',
  title: 'A file has mount blocks or namespace blocks, not both',
};

/** Either kind alone is taken; both together only the loader refuses (cgroup_config_load_config() of config.c). */
const checkMountAndNamespace = (sections: readonly Section[]): readonly Finding[] => {
  const mount = sections.find(({ keyword }) => keyword === 'mount');
  const namespace = sections.find(({ keyword }) => keyword === 'namespace');
  if (mount === undefined || namespace === undefined) return [];
  const { start, headerEnd: end, line } = mount.start > namespace.start ? mount : namespace;
  const message = 'mount and namespace cannot stand in one file: libcgroup refuses to load it.';
  return [found(mountAndNamespace, { start, end }, line, message)];
};

const checkBlock = (section: Section, context: Context): readonly Finding[] => {
  const perms = section.sections.flatMap((one) => (one.keyword === 'perm' ? checkPerm(one, context) : []));
  if (section.keyword === 'group' || section.keyword === 'template')
    return [...perms, ...checkGroup(section), ...checkParameters(section, context)];
  return section.keyword === 'systemd' ? checkSystemd(section) : perms;
};

/** Everything that is wrong with a cgconfig.conf, in the order of the text. */
export const checkCgconfig = (document: ConfigDocument, text: string, context: Context): readonly Finding[] => {
  const syntax = checkCgconfigSyntax(document, text, context.libcgroupVersion);
  const end = syntax.find(({ rule }) => rule === 'not-ascii-ends-file')?.start ?? Infinity;
  const sections = document.sections.filter(({ start }) => start < end);
  const judged = sections.filter(({ keyword }) => keyword !== 'systemd' || context.libcgroupVersion !== '2.0.2');
  return [
    ...syntax,
    ...judged.flatMap((section) => checkBlock(section, context)),
    ...checkOnHost(judged, context),
    ...checkLimits(judged, context),
    ...checkRepeatedGroups(sections.filter(({ keyword }) => keyword === 'group')),
    ...checkMountAndNamespace(sections),
  ].sort((a, b) => a.start - b.start);
};
