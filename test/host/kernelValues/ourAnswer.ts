import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../src/language/context.ts';
import type { Context } from '../../../src/language/context.ts';
import { languageFeatures, openFile } from '../../../src/language/languageService.ts';
import type { Written } from './writeValues.ts';

/** What an editor says that the kernel will do with a value. */
export interface Answer {
  readonly isTaken: boolean;
  /** What the file will hold; undefined where nothing is said of it. */
  readonly shown?: string;
}

/** What no limit is shown as. */
const unlimited = { 1: '9223372036854771712', 2: 'max' } as const;

const letters = 'kmgtpe';

/** What a value says by itself: nothing is said of it because the kernel keeps it so. */
const asWritten = (value: string): string | undefined => {
  const [, digits = '', letter = ''] = /^([1-9]\d*|0)([kmgtpe]?)$/iu.exec(value) ?? [];
  if (digits === '') return undefined;
  const power = letter === '' ? 0 : letters.indexOf(letter.toLowerCase()) + 1;
  return String(BigInt(digits) * 1024n ** BigInt(power));
};

const shownIn = (text: string, version: 1 | 2, value: string, messages: readonly string[]): string | undefined => {
  const [, kept] = /^→ (\d+) bytes$/u.exec(text) ?? [];
  if (kept !== undefined) return kept;
  if (text === 'no limit') return unlimited[version];
  // “… so the kernel takes 2 instead” or “so it takes 1 and drops what stands behind the digits”.
  const [, instead] = /takes (\d+) (?:instead|and drops)/u.exec(messages.join('\n')) ?? [];
  return instead ?? asWritten(value);
};

/** The findings and the hint of a file that sets the value, as an editor shows them on a host of that version. */
export const ourAnswer = ({ controller, parameter, value }: Written, version: 1 | 2): Answer => {
  const text = `group web {\n${controller} {\n${parameter} = "${value}";\n}\n}\n`;
  const file = openFile(TextDocument.create('file:///cgconfig.conf', 'cgconfig', 1, text), 'cgconfig');
  assert.ok(file !== undefined);
  const host = {
    ...{ controllers: [{ name: controller, version }], users: [], groups: [] },
    ...{ hasMoreUsers: true, hasMoreGroups: true },
  };
  const context: Context = { ...defaultContext, host };
  const findings = languageFeatures.diagnose(file, context);
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const [hint] = languageFeatures.inlayHints(file, range, context);
  const label = typeof hint?.label === 'string' ? hint.label : '';
  const shown = shownIn(
    label,
    version,
    value,
    findings.map(({ message }) => message),
  );
  return {
    isTaken: !findings.some(({ rule }) => rule === 'invalid-parameter-value'),
    ...(shown === undefined ? {} : { shown }),
  };
};
