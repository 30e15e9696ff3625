import * as l10n from '@vscode/l10n';
import { CodeActionKind } from 'vscode-languageserver-types';
import type { CodeAction } from 'vscode-languageserver-types';
import type { SourceFile } from '../../fileType.ts';
import type { Finding, TextChange } from '../../finding.ts';
import { untoldRules } from '../../limits.ts';
import { commentAt, entryAt, sectionAt } from '../../locate.ts';
import { diagnosticsOf } from '../diagnostics.ts';
import { ignoreCommentRules, readIgnoreComment } from '../ignoreComments.ts';
import { workspaceEdit } from './quickFixes.ts';

/** These speak of the comments themselves, or of what is not read, which no comment can silence. */
const notSilenced: ReadonlySet<string> = new Set([...ignoreCommentRules, ...untoldRules].map(({ id }) => id));

/** Where the header or the assignment that a finding speaks of begins; undefined for one that speaks of the whole file. */
const subjectStart = ({ document }: SourceFile, { start }: Finding): number | undefined => {
  const entry = entryAt(document, start);
  if (entry !== undefined) return entry.start;
  const section = sectionAt(document, start);
  if (section !== undefined && start <= section.headerEnd) return section.start;
  return document.mistakes.find((mistake) => mistake.start <= start && start <= mistake.end)?.start;
};

/** Adds the rule to the comment of this kind right above, or puts one there. */
const ignoreHere = ({ document, textDocument }: SourceFile, subject: number, rule: string, eol: string): TextChange => {
  const text = textDocument.getText();
  const { line } = textDocument.positionAt(subject);
  const start = textDocument.offsetAt({ line, character: 0 });
  const above =
    line === 0 ? undefined : commentAt(document, textDocument.offsetAt({ line, character: 0 }) - eol.length);
  const comment = above === undefined ? undefined : readIgnoreComment(text, above);
  const last = comment?.names.at(-1);
  return comment === undefined || comment.wholeFile || last === undefined
    ? { start, end: start, text: `# nspawn-lint: ignore ${rule}${eol}` }
    : { start: last.end, end: last.end, text: `, ${rule}` };
};

/** Comments that tell the linter to keep a rule to itself, for one assignment or for the file. */
export const ignoreActions = (file: SourceFile, findings: readonly Finding[]): CodeAction[] => {
  const eol = file.textDocument.getText().includes('\r\n') ? '\r\n' : '\n';
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]));
  return [...byRule.values()].flatMap((finding) => {
    const { rule } = finding;
    if (notSilenced.has(rule)) return [];
    const action = (title: string, change: TextChange): CodeAction => ({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(file, [finding]),
      edit: workspaceEdit(file, [change]),
    });
    const subject = subjectStart(file, finding);
    return [
      ...(subject === undefined ? [] : [action(l10n.t`Ignore ${rule} here`, ignoreHere(file, subject, rule, eol))]),
      action(l10n.t`Ignore ${rule} in this file`, {
        start: 0,
        end: 0,
        text: `# nspawn-lint: ignore-file ${rule}${eol}`,
      }),
    ];
  });
};
