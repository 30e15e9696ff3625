import * as l10n from '@vscode/l10n';
import type { LibcgroupVersion } from '../context.ts';
import { utf8Length } from '../utf8Length.ts';
import { hasVariable } from './destinations.ts';

/** Where a name is written; what can be written there differs. */
export interface Uses {
  readonly inDestinations: boolean;
  /** Whether it is a part of the name of a template, which may have variables. */
  readonly inTemplates: boolean;
}

/** NAME_MAX of the kernel. */
const longestPart = 255;

/** Files that every group has, so that no group can be called so. */
const isTaken = (part: string): boolean =>
  part === 'tasks' || part === 'notify_on_release' || part === 'release_agent' || part.startsWith('cgroup.');

const problemOfPart = (part: string): string | undefined => {
  if (part === '') return l10n.t('A name has no slash at its ends, and no two in a row.');
  if (part === '.' || part === '..') return l10n.t`“${part}” names no group of its own.`;
  if (utf8Length(part) > longestPart) return l10n.t`The kernel takes names of at most ${longestPart} bytes.`;
  if (isTaken(part)) return l10n.t`Every group has a file called “${part}”, so no group can be called so.`;
  return undefined;
};

const problemInDestination = (name: string, version: LibcgroupVersion): string | undefined => {
  if (name.includes('#'))
    return l10n.t('A rule names this group, and in cgrules.conf a # ends the line, also inside of quotes.');
  if (name.includes('\\'))
    return l10n.t('A rule names this group, and in cgrules.conf a backslash does not stand for itself.');
  if (/[ \t]/u.test(name) && version !== '3.2')
    return l10n.t`A rule names this group, and in cgrules.conf libcgroup ${version} takes no blanks.`;
  return undefined;
};

/** Why a group, or a part of its path, cannot be called so: a sentence; undefined where it can. */
export const problemOfNewName = (name: string, uses: Uses, version: LibcgroupVersion): string | undefined => {
  if (name === '') return l10n.t('A group has a name.');
  if (name.includes('"')) return l10n.t('A name cannot hold a double quote: libcgroup has no way to write one.');
  if (/\p{Cc}/u.test(name.replaceAll('\t', ''))) return l10n.t('A name cannot hold control characters.');
  const part = name
    .split('/')
    .map(problemOfPart)
    .find((problem) => problem !== undefined);
  if (part !== undefined) return part;
  if (!uses.inDestinations) return undefined;
  if (hasVariable(name) && !uses.inTemplates)
    return l10n.t(
      'A rule names this group, and libcgroup would replace the % and its letter for each process; only templates have such names.',
    );
  return problemInDestination(name, version);
};
