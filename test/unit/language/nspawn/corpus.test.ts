import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { compare, findingsOf } from '../../../differential/compare.ts';
import type { RealVerdict } from '../../../differential/compare.ts';
import type { Difference } from '../../../differential/difference.ts';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';

/** Real and crafted files with what systemd-nspawn said of them; they stay where they are. */
const facts = await sharedFacts();
const skip = facts === undefined ? noSharedFacts : false;

const readJson = async (...path: string[]): Promise<unknown> =>
  JSON.parse(await readFile(join(facts ?? '', ...path), 'utf8'));

const afterParsing = /doesn't look like it has an OS tree|Failed to parse file/u;

/** The verdict in messages such as `m.nspawn:2: Unknown key …`; what has no line and ends nothing is of verify_arguments(). */
const verdictOf = (messages: readonly string[]): RealVerdict => {
  const lines = new Set<number>();
  let refusedAt: number | undefined;
  let verify: string | undefined;
  for (const message of messages) {
    const [, line, said] = /^\S*:(\d+): (.*)$/su.exec(message) ?? [];
    if (line !== undefined && said?.startsWith('Failed to parse file') === true) refusedAt = Number(line);
    else if (line !== undefined) lines.add(Number(line));
    else if (!afterParsing.test(message)) verify = message;
  }
  // A bad interface name has a message without a line before the one that refuses the file.
  if (refusedAt !== undefined) verify = undefined;
  return {
    lines: [...lines].filter((line) => line !== refusedAt).sort((a, b) => a - b),
    ...(refusedAt === undefined ? {} : { refusedAt }),
    ...(verify === undefined ? {} : { verify }),
  };
};

/** Bytes that are no UTF-8 become lone surrogates, as in the linter and the server. */
const decode = (bytes: Buffer): string =>
  bytes.includes('\uFFFD') ? bytes.toString('utf8') : bytes.toString('utf8').replaceAll('\uFFFD', '\uDC80');

const say = (name: string, version: number, differences: readonly Difference[]): string[] =>
  differences.map(
    ({ kind, line, only, findings }) =>
      `${name} (systemd ${version}): ${kind}${line === undefined ? '' : ` ${line}`}: only ${only} ${findings.map(({ rule }) => rule).join(' ')}`,
  );

interface CorpusVerdict {
  readonly diagnostics: readonly { readonly line: number | null; readonly message: string }[];
  readonly other?: readonly string[];
}

interface Corpus {
  readonly files: Readonly<Record<string, CorpusVerdict & { readonly v252: CorpusVerdict }>>;
}

const messagesOf = ({ diagnostics, other = [] }: CorpusVerdict): readonly string[] => [
  ...diagnostics.map(({ line, message }) => (line === null ? message : `FILE:${line}: ${message}`)),
  ...other,
];

test('Files from the wild are judged line by line as systemd 252 and 262 judge them', { skip }, async () => {
  const { files } = (await readJson('corpus', 'nspawn', 'expected.json')) as Corpus;
  const wrong: string[] = [];
  for (const [name, verdict] of Object.entries(files)) {
    const text = decode(await readFile(join(facts ?? '', 'corpus', 'nspawn', name)));
    wrong.push(...say(name, 252, compare(verdictOf(messagesOf(verdict.v252)), findingsOf(text, 252))));
    // The parser of 262 was run alone, without what comes behind it.
    const parsing = compare(verdictOf(messagesOf(verdict)), findingsOf(text, 262));
    wrong.push(
      ...say(
        name,
        262,
        parsing.filter(({ kind }) => kind !== 'verify'),
      ),
    );
  }
  assert.deepEqual(wrong, []);
});

test('Crafted files are judged as systemd 252, 257 and 262 judge them', { skip }, async () => {
  const cases = (await readJson('corpus', 'nspawn-judged.json')) as readonly {
    readonly name: string;
    /** Absent for those that are too long to be kept. */
    readonly text?: string;
    readonly base64?: string;
    readonly verdict: Readonly<Record<string, { readonly messages: readonly string[] }>>;
  }[];
  const wrong: string[] = [];
  for (const { name, text: kept, base64, verdict } of cases) {
    const text = kept ?? (base64 === undefined ? undefined : decode(Buffer.from(base64, 'base64')));
    if (text === undefined) continue;
    for (const [version, { messages }] of Object.entries(verdict))
      wrong.push(...say(name, Number(version), compare(verdictOf(messages), findingsOf(text, Number(version)))));
  }
  assert.deepEqual(wrong, []);
});

test('Settings that do not go together are refused as systemd 252 refuses them', { skip }, async () => {
  const cases = (await readJson('corpus', 'nspawn-rules.json')) as Readonly<
    Record<string, { readonly text: string; readonly messages_252: readonly string[] }>
  >;
  const wrong: string[] = [];
  for (const [name, { text, messages_252: messages }] of Object.entries(cases))
    wrong.push(...say(name, 252, compare(verdictOf(messages), findingsOf(text, 252))));
  assert.deepEqual(wrong, []);
});
