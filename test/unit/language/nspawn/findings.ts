import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import type { Finding, Fix } from '../../../../src/language/finding.ts';
import { checkNspawn } from '../../../../src/language/nspawn/check.ts';
import { parseNspawn } from '../../../../src/language/nspawn/parse.ts';

export type Change = Partial<Context>;

export const findingsIn = (text: string, change: Change = {}): readonly Finding[] =>
  checkNspawn(parseNspawn(text), text, { ...defaultContext, ...change });

/** `line rule effect` of each finding at warning or above, or of all. */
export const briefly = (text: string, change: Change = {}, all = false): readonly string[] =>
  findingsIn(text, change)
    .filter(({ severity }) => all || severity === 'error' || severity === 'warning')
    .map(({ line, rule, effect }) => `${line} ${rule} ${effect}`);

/** The first finding of that rule. */
export const findingOf = (rule: string, text: string, change: Change = {}): Finding => {
  const finding = findingsIn(text, change).find((one) => one.rule === rule);
  if (finding === undefined) throw new Error(`${rule} is not found in ${JSON.stringify(text)}`);
  return finding;
};

/** The text with a fix made. */
export const fixed = (text: string, fix: Fix | undefined): string => {
  if (fix === undefined) throw new Error('there is no fix');
  const document = TextDocument.create('file:///m.nspawn', 'nspawn', 0, text);
  return TextDocument.applyEdits(
    document,
    fix.changes.map(({ start, end, text: newText }) => ({
      range: { start: document.positionAt(start), end: document.positionAt(end) },
      newText,
    })),
  );
};
