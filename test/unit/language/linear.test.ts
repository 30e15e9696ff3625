/**
 * The one exception to "no test asserts a time": the processor time that this thread takes for a text is compared with that
 * for one a quarter as long, in one run. A time that grows with the square is sixteen times as long.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../src/language/context.ts';
import type { LanguageId } from '../../../src/language/fileType.ts';
import { languageFeatures, openFile } from '../../../src/language/languageService.ts';
import { ownTime } from '../../bench/ownTime.ts';

interface Shape {
  readonly before?: string;
  /** Again and again, with a number in place of `#N`. */
  readonly unit: string;
  readonly after?: string;
}

/** Texts that took a time that grew with the square of their length. */
const shapes: Readonly<Record<LanguageId, Readonly<Record<string, Shape>>>> = {
  nspawn: {
    'a value over many lines': { before: '[Exec]\nEnvironment=', unit: 'a\\\n' },
    'wrong words over many lines': { before: '[Exec]\nSystemCallFilter=', unit: 'cal#N \\\n' },
    'umlauts over many lines': { before: '[Exec]\nEnvironment=A=', unit: 'ü\\\n' },
    'sections with mistakes': { unit: '[Exec]\nabc\n' },
    'lines that belong to another section': { before: '[Exec]\n', unit: 'Bind=/a\n[Files]\n[Exec]\n' },
    'one ignore comment with many names': { before: '# nspawn-lint: ignore ', unit: 'rule-#N ' },
    'many comments that ignore one rule': { before: 'a\n', unit: '# nspawn-lint: ignore-file outside-section\nb\n' },
  },
  cgconfig: {
    'tabs in an open quote': { before: '"a', unit: '\t', after: 'b' },
    'equal groups': { unit: 'group g {}\n' },
    'opening braces': { unit: '{' },
    'controllers that are not closed': { before: 'group a {', unit: 'cpu {' },
    'words in a group': { before: 'group a {\n', unit: 'a ' },
  },
  cgrules: {
    'tabs between fields': { before: 'a cpu ', unit: '\t', after: 'g\n' },
    'tabs in a destination': { before: 'a cpu g', unit: '\t', after: 'x y\n' },
    'many controllers': { before: 'a ', unit: 'c#N,', after: ' g\n' },
  },
};

const old = { ...defaultContext, systemdVersion: 239, libcgroupVersion: '2.0.2' } as const;
const long = 48_000;
const bound = 8;
/** The clock goes on in steps of some milliseconds. */
const step = 4;

const textOf = ({ before = '', unit, after = '' }: Shape, size: number): string => {
  const count = Math.ceil(size / unit.length);
  return before + Array.from({ length: count }, (_, index) => unit.replace('#N', String(index))).join('') + after;
};

/** Reads a text and asks for all that an editor asks for without a place in it. */
const work = (text: string, languageId: LanguageId): void => {
  const file = openFile(TextDocument.create('file:///nasty', languageId, 0, text), languageId);
  assert.ok(file !== undefined);
  const findings = languageFeatures.diagnose(file, defaultContext);
  languageFeatures.diagnosticsOf(file, findings);
  languageFeatures.diagnose(file, old);
  languageFeatures.semanticTokens(file, defaultContext);
  languageFeatures.foldingRanges(file);
  languageFeatures.symbols(file);
  languageFeatures.format(file);
};

const shortest = async (runs: number, text: string, languageId: LanguageId): Promise<number> => {
  let least = Infinity;
  for (let run = 0; run < runs; run++) {
    const time = await ownTime(() => work(text, languageId));
    least = Math.min(least, time);
  }
  return least;
};

for (const languageId of ['nspawn', 'cgconfig', 'cgrules'] as const)
  for (const [name, shape] of Object.entries(shapes[languageId]))
    test(`four times as long takes about four times as long in a ${languageId} text: ${name}`, async () => {
      const little = Math.max(step, await shortest(3, textOf(shape, long / 4), languageId));
      const much = await shortest(3, textOf(shape, long), languageId);
      assert.ok(much <= bound * little, `${much.toFixed(0)} ms after ${little.toFixed(0)} ms`);
    });
