/**
 * The one exception to "no test asserts a time": the processor time that this thread takes for a text is compared with that
 * for one a quarter as long, in one run. A time that grows with the square is sixteen times as long.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LanguageId } from '../../../src/language/fileType.ts';
import { asks, asksOfFormats } from './linear/asks.ts';
import { slowAmong } from './linear/growth.ts';
import { counted, repeated, type NastyText } from './linear/nastyTexts.ts';

interface Hostile {
  readonly id: LanguageId;
  readonly text: NastyText;
  /** In characters: a text of this length once took seconds or minutes. */
  readonly size: number;
}

const hostile: Readonly<Record<string, Hostile>> = {
  'a value over many lines': { id: 'nspawn', text: repeated('a\\\n', '[Exec]\nEnvironment='), size: 480_000 },
  'a value over very many lines': { id: 'nspawn', text: repeated('a\\\n', '[Exec]\nParameters='), size: 800_000 },
  'wrong words over many lines': {
    id: 'nspawn',
    text: counted('cal%N \\\n', '[Exec]\nSystemCallFilter='),
    size: 60_000,
  },
  'umlauts over many lines': { id: 'nspawn', text: repeated('ü\\\n', '[Exec]\nEnvironment=A='), size: 240_000 },
  '200,000 sections': { id: 'nspawn', text: repeated('[Exec]\n'), size: 1_400_000 },
  'sections with mistakes': { id: 'nspawn', text: repeated('[Exec]\nabc\n'), size: 120_000 },
  'tabs in an open quote': { id: 'cgconfig', text: repeated('\t', '"a', 'b'), size: 300_000 },
  '50,000 equal groups': { id: 'cgconfig', text: repeated('group g {}\n'), size: 550_000 },
  'equal groups with parameters': {
    id: 'cgconfig',
    text: repeated('group g { cpu { cpu.shares = 1; } }\n'),
    size: 400_000,
  },
  'a million opening braces': { id: 'cgconfig', text: repeated('{'), size: 1_000_000 },
  'tabs between fields': { id: 'cgrules', text: repeated('\t', 'a cpu ', 'g\n'), size: 300_000 },
  'tabs in a destination': { id: 'cgrules', text: repeated('\t', 'a cpu g', 'x y\n'), size: 300_000 },
  'tabs in a quote': { id: 'cgrules', text: repeated('\t', 'a:"b', ' cpu g\n'), size: 300_000 },
  rules: { id: 'cgrules', text: counted('u%N cpu g%N\n'), size: 120_000 },
};

/** These judge the text once more each, which is measured for shorter texts of all shapes. */
const alike: readonly string[] = [
  'diagnose alone',
  'diagnose for old versions beside the image',
  'command from settings',
  'settings in force',
  'report of the linter',
];
const asksOfLong = {
  ...Object.fromEntries(Object.entries(asks).filter(([name]) => !alike.includes(name))),
  ...asksOfFormats,
};

for (const [name, { id, text, size }] of Object.entries(hostile))
  test(`four times as long takes about four times as long in a ${id} text: ${name}`, async () => {
    const sizes = [size / 4, size];
    assert.deepEqual(
      await slowAmong({ [name]: text }, id, { asks: asksOfLong, sizes, enough: Infinity, soon: 25 }),
      [],
    );
  });
