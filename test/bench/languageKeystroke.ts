import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../src/language/context.ts';
import type { Context } from '../../src/language/context.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import type { LanguageId } from '../../src/language/fileType.ts';
import { short } from './figure.ts';
import type { Figure } from './figure.ts';
import { longText } from './languageText.ts';
import { longLxcText } from './lxcText.ts';
import { ownTime } from './ownTime.ts';

const goal = 15;
const rounds = 6;
/** In all rounds of a file, so that a short one is looked at as long as a long one. */
const linesInAll = 1_500_000;

/** What every editor has to do for a letter: put it in, and look at each character once. */
const passOver = (text: string): number => {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (sum * 31 + text.charCodeAt(at)) | 0;
  return sum;
};

const judge = (textDocument: TextDocument, context: Context): number => {
  const file = openFile(textDocument, textDocument.languageId as LanguageId);
  if (file === undefined) throw new Error('that language is none of ours');
  return languageFeatures.diagnosticsOf(file, languageFeatures.diagnose(file, context)).length;
};

/** A document with somebody who types: each letter takes the place of the last, in the middle of the text. */
const typingIn = (text: string, languageId: LanguageId): (() => TextDocument) => {
  const document = TextDocument.create('file:///a', languageId, 0, text);
  const line = Math.floor(document.lineCount / 2);
  return () => {
    const version = document.version + 1;
    const range = { start: { line, character: 0 }, end: { line, character: version === 1 ? 0 : 1 } };
    return TextDocument.update(document, [{ range, text: String(version % 10) }], version);
  };
};

interface Times {
  readonly plain: number;
  readonly typed: number;
  readonly opened: number;
}

/** Milliseconds each: in turns, so that what the machine does besides falls on all of them. The first turn warms up. */
const measure = async (text: string, lines: number, languageId: LanguageId): Promise<Times> => {
  const keystrokes = Math.ceil(linesInAll / lines / rounds);
  const plain = typingIn(text, languageId);
  const ours = typingIn(text, languageId);
  const times = { plain: 0, typed: 0, opened: 0 };
  const often = (work: (turn: number) => unknown): Promise<number> =>
    ownTime(() => {
      for (let turn = 0; turn < keystrokes; turn += 1) work(turn);
    });
  for (let round = 0; round <= rounds; round += 1) {
    const one = {
      plain: await often(() => passOver(plain().getText())),
      typed: await often(() => judge(ours(), defaultContext)),
      // What is remembered of values belongs to an architecture, so a new one remembers nothing.
      opened: await often((turn) => judge(ours(), { ...defaultContext, architecture: `bench ${round} ${turn}` })),
    };
    if (round === 0) continue;
    for (const name of ['plain', 'typed', 'opened'] as const) times[name] += one[name] / rounds / keystrokes;
  }
  return times;
};

/** From a letter to the diagnostics, next to what a letter costs anyway. */
export const measureKeystroke = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const lines of [1000, 10_000])
    for (const distinct of [20, lines]) {
      const { plain, typed, opened } = await measure(longText(lines, distinct), lines, 'nspawn');
      const ratio = typed / plain;
      const what = `${lines} lines with ${distinct === lines ? 'as many' : distinct} different values`;
      figures.push(
        {
          title: `a letter in ${what} to its diagnostics`,
          value: `${short(typed)} ms, ${short(ratio)} times one pass over the text`,
          goal: { text: `at most ${goal} times`, met: ratio <= goal },
        },
        {
          title: `opening ${what}, none of them seen before`,
          value: `${short(opened)} ms, ${short(opened / plain)} times that pass`,
        },
      );
    }
  const lines = 10_000;
  const { plain, typed } = await measure(longLxcText(lines, lines), lines, 'lxc');
  figures.push({
    title: `a letter in ${lines} lines of a configuration of LXC to its diagnostics`,
    value: `${short(typed)} ms, ${short(typed / plain)} times one pass over the text`,
    goal: { text: `at most ${goal} times`, met: typed / plain <= goal },
  });
  return figures;
};
