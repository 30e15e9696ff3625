import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import { defaultContext } from '../../src/language/context.ts';
import type { SourceFile } from '../../src/language/fileType.ts';
import { noHostObjects } from '../../src/language/hostObjects.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import { median, quantile, short } from './figure.ts';
import type { Figure } from './figure.ts';
import { longText } from './languageText.ts';
import { longLxcText } from './lxcText.ts';
import { ownTime } from './ownTime.ts';

const rounds = 8;
const places = 500;
const fewer = 1000;
const long = 10_000;
const longest = 16;
const mostGrowth = 2;

const texts = {
  nspawn: { path: '/a.nspawn', of: longText, in: '' },
  lxc: { path: '/var/lib/lxc/web/config', of: longLxcText, in: ' of a configuration of LXC' },
} as const;

const opened = (language: keyof typeof texts, lines: number): SourceFile => {
  const { path, of } = texts[language];
  const file = openFile(TextDocument.create(`file://${path}`, language, 0, of(lines, lines)), language);
  if (file === undefined) throw new Error(`files of ${language} are none of ours`);
  return file;
};

/** Everywhere in the file: at the beginning of lines, in keys, and in values. */
const placeOf = ({ textDocument }: SourceFile, turn: number): Position => ({
  line: (turn * 7919) % (textDocument.lineCount - 1),
  character: [0, 3, 14, 22][turn % 4] ?? 0,
});

const features: Readonly<Record<'completion' | 'hover', (file: SourceFile, at: Position) => Promise<unknown>>> = {
  completion: (file, at) => languageFeatures.complete(file, at, defaultContext, noHostObjects),
  hover: (file, at) => Promise.resolve(languageFeatures.hover(file, at, defaultContext)),
};

/** What completion and hover cost behind what is shared by all features, in a long file and in one ten times as long. */
const measureIn = async (language: keyof typeof texts): Promise<readonly Figure[]> => {
  const [few, many] = [opened(language, fewer), opened(language, long)];
  const ofWhat = texts[language].in;
  const figures: Figure[] = [];
  for (const [name, ask] of Object.entries(features)) {
    const waits: number[] = [];
    const askOften = (file: SourceFile): Promise<number> =>
      ownTime(async () => {
        for (let turn = 0; turn < places; turn += 1) {
          const began = performance.now();
          await ask(file, placeOf(file, turn));
          if (file === many) waits.push(performance.now() - began);
        }
      });
    // Like the parse, what all lines come to together is made once for a text.
    for (const file of [few, many]) await ask(file, placeOf(file, 0));
    const times = { few: 0, many: 0 };
    for (let round = 0; round < rounds; round += 1) {
      times.few += await askOften(few);
      times.many += await askOften(many);
    }
    const growth = times.many / times.few;
    const late = quantile(waits, 0.99);
    figures.push(
      {
        title: `${name} in ${long} lines${ofWhat}`,
        value: `p50 ${short(median(waits))} ms, p99 ${short(late)} ms`,
        goal: { text: `p99 under ${longest} ms`, met: late < longest },
      },
      {
        title: `${name} in ${long} lines${ofWhat} next to ${fewer}`,
        value: `${short(growth)} times the work`,
        goal: { text: `at most ${mostGrowth} times`, met: growth <= mostGrowth },
      },
    );
  }
  return figures;
};

export const measureCursor = async (): Promise<readonly Figure[]> => [
  ...(await measureIn('nspawn')),
  ...(await measureIn('lxc')),
];
