import * as l10n from '@vscode/l10n';
import type { ConfigDocument } from './document.ts';
import type { FileType } from './fileType.ts';
import type { Finding, RuleInfo, Severity } from './finding.ts';

/**
 * In characters. Real files are far shorter; judging a longer one would keep an editor and a linter from all else. As much is
 * read of a file of libcgroup beside another.
 */
export const longestText = 2 * 1024 * 1024;

/** Of one file: nobody reads more, and an editor draws every one of them. */
export const mostFindings = 10_000;

const tooLong: RuleInfo = {
  id: 'file-too-long',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('A file is short enough to be judged'),
};
const moreFindings: RuleInfo = {
  id: 'more-findings',
  severity: 'warning',
  effect: 'none',
  variants: [{ severity: 'info', effect: 'none' }],
  title: l10n.t('All findings of a file are listed'),
};

/** Rules that say what is not told, for every file type. No comment silences them. */
export const untoldRules: readonly RuleInfo[] = [tooLong, moreFindings];

export const isTooLong = (text: string): boolean => text.length > longestText;

/** Why a text is not judged, and what to do. */
export const tooLongMessage = (text: string): string =>
  l10n.t`This file has ${text.length} characters. It is not judged, repaired, formatted or converted, because that would take too long for more than ${longestText}. Make it shorter or split it.`;

const nothing: ConfigDocument = { sections: [], loose: [], mistakes: [], comments: [] };

/**
 * What stands for a file type where a text is too long: nothing is read in it, so no feature finds anything to say or to
 * change. What a part of it says is not told either: what it lacks may stand in the rest.
 */
export const unjudgedType = ({ languageId, rules }: FileType): FileType => ({
  languageId,
  rules,
  parse: () => nothing,
  check: (_, text) => [
    {
      rule: tooLong.id,
      severity: tooLong.severity,
      effect: tooLong.effect,
      message: tooLongMessage(text),
      start: 0,
      end: 0,
      line: 1,
    },
  ],
});

const bySeriousness: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** The most serious findings in the order of the text, at most so many. */
const mostSerious = (findings: readonly Finding[], most: number): ReadonlySet<Finding> => {
  const kept = new Set<Finding>();
  for (const severity of bySeriousness)
    for (const finding of findings) {
      if (kept.size === most) return kept;
      if (finding.severity === severity) kept.add(finding);
    }
  return kept;
};

/** The findings of a text that are told: of very many the most serious, and one behind them that says how many are left out. */
export const findingsToTell = (
  findings: readonly Finding[],
  text: string,
  severities: Readonly<Record<string, Severity | 'off'>>,
): readonly Finding[] => {
  if (findings.length <= mostFindings) return findings;
  const kept = mostSerious(findings, mostFindings);
  const leftOut = findings.filter((finding) => !kept.has(finding));
  const isSerious = leftOut.some(({ severity }) => severity === 'error' || severity === 'warning');
  const severity = severities[moreFindings.id] ?? (isSerious ? 'warning' : 'info');
  const told = findings.filter((finding) => kept.has(finding));
  if (severity === 'off') return told;
  const message = l10n.t`Only the ${mostFindings} most serious findings of this file are listed; ${leftOut.length} more are left out. Repair those that are listed, and the others follow.`;
  const { length } = text;
  const line = text.split(/\r\n|\r|\n/u).length;
  return [
    ...told,
    { rule: moreFindings.id, severity, effect: moreFindings.effect, message, start: length, end: length, line },
  ];
};
