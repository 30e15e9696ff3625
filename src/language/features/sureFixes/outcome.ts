import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyChanges, countBeginning, followChanges } from '../../applyChanges.ts';
import type { Context } from '../../context.ts';
import type { SourceFile } from '../../fileType.ts';
import type { Finding, TextChange } from '../../finding.ts';
import { allFindings } from '../diagnose.ts';

/** What the real tool makes of a text, once changes of the one that is open are made. */
export interface Outcome {
  readonly changes: readonly TextChange[];
  readonly findings: readonly Finding[];
  /** Where the first mistake begins for which nothing of the file is taken. */
  readonly refusedAt: number;
  /** How many mistakes of each rule keep the machine from starting. */
  readonly startRefusals: ReadonlyMap<string, number>;
  /** Lines that do not count, or not with all that they say. */
  readonly idleLines: ReadonlySet<number>;
  /** How many lines count that name something which is there or not, whatever the text says. */
  readonly namedOutside: number;
  readonly lineAt: (offset: number) => number;
}

/** Whether its line does not count; what stands in no assignment, such as a header with nothing below it, is a hint only. */
const leavesOut = ({ effect, tag, severity }: Finding): boolean =>
  effect === 'ignored' || effect === 'untrusted' || (tag === 'unnecessary' && severity !== 'hint');

const isIdle = (finding: Finding): boolean => leavesOut(finding) || finding.tag === 'unnecessary';

/** Reads and judges a file anew, as it is with such changes. */
export const outcomeWith = (file: SourceFile, changes: readonly TextChange[], context: Context): Outcome => {
  const { type } = file;
  const { uri, languageId, version } = file.textDocument;
  const text = applyChanges(file.textDocument.getText(), changes);
  const textDocument = changes.length === 0 ? file.textDocument : TextDocument.create(uri, languageId, version, text);
  const document = changes.length === 0 ? file.document : type.parse(text);
  const findings = allFindings({ type, textDocument, document }, context);
  const lineAt = (offset: number): number => textDocument.positionAt(offset).line;
  const idleLines = new Set<number>();
  // They begin in the order of the text, so below where one began, all lines up to the furthest end are known already.
  let next = 0;
  for (const finding of findings) {
    if (!isIdle(finding)) continue;
    const last = lineAt(finding.end);
    for (let line = Math.max(next, lineAt(finding.start)); line <= last; line++) idleLines.add(line);
    next = Math.max(next, last + 1);
  }
  const startRefusals = new Map<string, number>();
  for (const { effect, rule } of findings)
    if (effect === 'start-refused') startRefusals.set(rule, (startRefusals.get(rule) ?? 0) + 1);
  const namesOutside = type.namesOutside;
  const namedOutside =
    namesOutside === undefined
      ? 0
      : document.sections
          .flatMap((section) => section.entries.filter((entry) => namesOutside(section, entry)))
          .filter(({ start }) => !idleLines.has(lineAt(start))).length;
  return {
    changes,
    findings,
    refusedAt: findings.find(({ effect }) => effect === 'file-refused')?.start ?? Infinity,
    startRefusals,
    idleLines,
    namedOutside,
    lineAt,
  };
};

/**
 * Whether nothing that works in one outcome is lost in another: a file that is taken stays so, a machine that starts goes on to
 * do so, and a line that counts is not left out. Of a file that is refused the mistake may only come to stand further below.
 * What stands behind such a mistake is not judged, so it may not hold a change.
 * @param open that of the open text itself
 */
export const keepsWhatWorks = (open: Outcome, before: Outcome, after: Outcome): boolean => {
  const { back } = followChanges(after.changes);
  const { forward } = followChanges(before.changes);
  const judged = back(after.refusedAt);
  if (after.changes.some(({ end }) => end > judged)) return false;
  if (after.refusedAt !== Infinity) return before.refusedAt !== Infinity && forward(judged) >= before.refusedAt;
  if (before.refusedAt !== Infinity) return true;
  // One that goes makes none good that comes: what is mended for its sake would be lost to the other.
  for (const [rule, count] of after.startRefusals) if (count > (before.startRefusals.get(rule) ?? 0)) return false;
  if (after.namedOutside > before.namedOutside) return false;
  return after.findings.every((finding) => {
    if (!leavesOut(finding)) return true;
    const place = back(finding.start);
    return open.idleLines.has(open.lineAt(place)) || before.idleLines.has(before.lineAt(forward(place)));
  });
};

/** Whether none of those findings of the open text is left where it was. */
export const endsAll = (after: Outcome, findings: readonly Finding[]): boolean => {
  const { back } = followChanges(after.changes);
  const left = new Map<string, { readonly start: number }[]>();
  for (const { rule, start } of after.findings) {
    const places = left.get(rule);
    if (places === undefined) left.set(rule, [{ start: back(start) }]);
    else places.push({ start: back(start) });
  }
  return findings.every(({ rule, start, end }) => {
    const places = left.get(rule);
    if (places === undefined) return true;
    const last = places[countBeginning(places, Math.max(start, end - 1)) - 1];
    return last === undefined || last.start < start;
  });
};
