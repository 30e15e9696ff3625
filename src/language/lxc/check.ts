import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import type { HostNames } from '../namedOnHost.ts';
import { shownPath } from '../shown.ts';
import { lastUpTo } from '../sorted.ts';
import { checkTogether } from './checkTogether.ts';
import { isOnV2 } from './hostChecks.ts';
import { keyNamed } from './keys.ts';
import { namesOnHostOfLxc, onHostFindings } from './onHost.ts';
import { type IncludedPart, readLxc } from './readLxc.ts';
import { mistakeFinding } from './refusals.ts';
import { inIncludedFile, settingsWiped } from './rules.ts';

/** What is worth a word where a file is included; all else of it is said where that file is open. */
const rankOf = ({ effect, rule }: Finding): number =>
  effect === 'file-refused' ? 0 : effect === 'start-refused' ? 1 : rule === settingsWiped.id ? 2 : 3;

/** A finding in an included file, as one of the line that includes it. */
const relayed = (finding: Finding, { base, path, file: { textDocument }, by }: IncludedPart): Finding => {
  const { severity, effect, line } = finding;
  const message = l10n.t`Line ${line} of ${shownPath(path)}: ${finding.message}`;
  const related = [
    { start: finding.start - base, end: finding.end - base, message: finding.message, textDocument },
    ...(finding.related ?? []),
  ];
  return found(inIncludedFile, by, by.line, message, { severity, effect, related });
};

/** Findings of a configuration and of what it includes, as findings of its own text; a line that includes gets one for all of that. */
const inOwnText = (findings: readonly Finding[], parts: readonly IncludedPart[]): readonly Finding[] => {
  const partAt = (offset: number): IncludedPart | undefined => lastUpTo(parts, ({ base }) => base, offset);
  const inPlace = (finding: Finding): Finding =>
    finding.related?.some(({ start }) => partAt(start) !== undefined) === true
      ? {
          ...finding,
          related: finding.related.map((one) => {
            const part = one.textDocument === undefined ? partAt(one.start) : undefined;
            if (part === undefined) return one;
            const { textDocument } = part.file;
            return { ...one, start: one.start - part.base, end: one.end - part.base, textDocument };
          }),
        }
      : finding;
  const own: Finding[] = [];
  const worst = new Map<number, { readonly finding: Finding; readonly part: IncludedPart }>();
  for (const finding of findings) {
    const part = partAt(finding.start);
    if (part === undefined) {
      own.push(inPlace(finding));
      continue;
    }
    // A line of an included file that only another line of it makes wrong is said there.
    const isOfOthers = finding.related?.some(({ start }) => partAt(start) !== part) === true;
    const rank = rankOf(finding);
    if (rank === 3 || (rank === 2 && !isOfOthers)) continue;
    const last = worst.get(part.by.start);
    const isWorse = last === undefined || rank < rankOf(last.finding);
    if (isWorse || (rank === rankOf(last.finding) && finding.start < last.finding.start))
      worst.set(part.by.start, { finding, part });
  }
  return [...own, ...[...worst.values()].map(({ finding, part }) => inPlace(relayed(finding, part)))];
};

/** Everything that is wrong with a configuration of LXC. */
export const checkLxc = (document: ConfigDocument, text: string, context: Context): readonly Finding[] => {
  const { findings, reading, parts } = readLxc(document, context);
  const first = document.loose.find(({ key }) => keyNamed(key) !== undefined);
  const together = [
    ...checkTogether(reading, context.lxcVersion, isOnV2(context.named)),
    ...onHostFindings(reading, context, first),
  ];
  const mistakes = document.mistakes.map((mistake) => mistakeFinding(mistake, text));
  const all = [...mistakes, ...inOwnText([...findings, ...together], parts)];
  return all.sort((a, b) => a.start - b.start || a.end - b.end);
};

/** What a configuration names of the host, where its lines count. */
export const namesOnHost = (document: ConfigDocument, context: Context): HostNames =>
  namesOnHostOfLxc(readLxc(document, context).reading, context);

const included = new WeakMap<ConfigDocument, readonly string[]>();

/** Absolute paths that a configuration includes. */
export const includesOfLxc = (document: ConfigDocument): readonly string[] => {
  const paths =
    included.get(document) ??
    document.loose.flatMap(({ key, value }) => (key === 'lxc.include' && value.startsWith('/') ? [value] : []));
  included.set(document, paths);
  return paths;
};
