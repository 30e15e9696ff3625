import type { Context } from '../context.ts';
import type { SourceFile } from '../fileType.ts';
import type { Finding } from '../finding.ts';
import { applyIgnoreComments } from './ignoreComments.ts';

const withSeverities = (findings: readonly Finding[], context: Context): readonly Finding[] => {
  const set = new Map(Object.entries(context.severities));
  if (set.size === 0) return findings;
  return findings.flatMap((finding) => {
    const severity = set.get(finding.rule);
    if (severity === 'off') return [];
    return severity === undefined ? finding : { ...finding, severity };
  });
};

/** What other files make wrong; behind a mistake that has the whole file refused nothing is said of that. */
const findingsTogether = (file: SourceFile, alone: readonly Finding[], context: Context): readonly Finding[] => {
  const together = file.type.checkTogether?.(file, context) ?? [];
  const refused = alone.find(({ effect }) => effect === 'file-refused')?.start ?? Infinity;
  return together.filter(({ start }) => start < refused);
};

/** All findings of a file in the order of the text, whatever the user or a comment wants to hear of them. */
export const allFindings = (file: SourceFile, context: Context): readonly Finding[] => {
  const alone = file.type.check(file.document, file.textDocument.getText(), context);
  return [...alone, ...findingsTogether(file, alone, context)].sort((a, b) => a.start - b.start);
};

/**
 * All findings of a file in the order of the text, without those that comments ignore and with the severities that the
 * user has set.
 */
export const diagnose = (file: SourceFile, context: Context): readonly Finding[] =>
  [...withSeverities(applyIgnoreComments(file, allFindings(file, context), context), context)].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
