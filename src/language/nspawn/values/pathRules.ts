import * as l10n from '@vscode/l10n';
import type { RuleInfo } from '../../finding.ts';

const ignored = { severity: 'warning', effect: 'ignored' } as const;
const advice = { severity: 'info', effect: 'none' } as const;

export const pathNotAbsolute: RuleInfo = { id: 'path-not-absolute', ...ignored, title: l10n.t('A path begins with /') };
export const pathNotNormalized: RuleInfo = {
  id: 'path-not-normalized',
  ...ignored,
  title: l10n.t('A path has no .. in it, and where systemd does not tidy it up, no // or /./ either'),
};
export const pathTooLong: RuleInfo = {
  id: 'path-too-long',
  ...ignored,
  title: l10n.t('A path has at most 4095 bytes, and a name in it 255'),
};
export const quotesInPath: RuleInfo = {
  id: 'quotes-in-path',
  ...advice,
  title: l10n.t('Quotes do not group in a path, they are part of it'),
};
export const severalPaths: RuleInfo = {
  id: 'several-paths',
  ...advice,
  title: l10n.t('A line has one path, and blanks are part of it'),
};
export const notExpanded: RuleInfo = {
  id: 'no-expansion-in-path',
  ...advice,
  title: l10n.t('Neither specifiers such as %i nor variables such as $HOME are replaced in .nspawn files'),
};

/** What any path may break. */
export const pathRules: readonly RuleInfo[] = [pathNotAbsolute, quotesInPath, severalPaths, notExpanded];
/** What a path that must be normalized may break besides. */
export const normalizedPathRules: readonly RuleInfo[] = [...pathRules, pathNotNormalized, pathTooLong];
