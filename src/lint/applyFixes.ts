import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Context } from '../language/context.ts';
import type { LanguageId } from '../language/fileType.ts';
import type { Finding, TextChange } from '../language/finding.ts';
import { languageFeatures, openFile } from '../language/languageService.ts';

/** A repair may bring another finding to light; a text that is still changing after this many rounds is left as it is then. */
const maxRounds = 10;

const preferredChanges = (finding: Finding): readonly TextChange[] =>
  finding.fixes?.find((fix) => fix.preferred === true)?.changes ?? [];

/** As many whole fixes as do not touch one another, from the top of the text. */
const chosenChanges = (findings: readonly Finding[]): readonly TextChange[] => {
  const chosen: TextChange[] = [];
  for (const finding of findings) {
    const changes = preferredChanges(finding);
    const free = changes.every((change) =>
      chosen.every((other) => change.end < other.start || change.start > other.end),
    );
    if (free) chosen.push(...changes);
  }
  return chosen.sort((a, b) => a.start - b.start);
};

const applyChanges = (text: string, changes: readonly TextChange[]): string => {
  let done = '';
  let from = 0;
  for (const change of changes) {
    done += text.slice(from, change.start) + change.text;
    from = change.end;
  }
  return done + text.slice(from);
};

/** The text with everything repaired that a finding names a sure repair for. */
export const applyFixes = (text: string, languageId: LanguageId, context: Context): string => {
  let current = text;
  for (let round = 0; round < maxRounds; round++) {
    const file = openFile(TextDocument.create('file:///', languageId, round, current), languageId);
    if (file === undefined) return current;
    const changes = chosenChanges(languageFeatures.diagnose(file, context));
    if (changes.length === 0) return current;
    current = applyChanges(current, changes);
  }
  return current;
};
