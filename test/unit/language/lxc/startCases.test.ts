import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LxcRelease } from '../../../../src/schema/lxcTypes.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';
import { findingsOf } from './findings.ts';
import { startHostOf, type StartCase } from './startHost.ts';

const facts = await sharedFacts();

interface Outcome {
  readonly sameAs?: string;
  readonly result?: string;
  /** Errors and warnings of the log. */
  readonly messages?: readonly string[];
}
interface RecordedCase extends StartCase {
  readonly versions: Readonly<Record<string, Outcome>>;
}

const outcomeOf = ({ versions }: Pick<RecordedCase, 'versions'>, version: string): Outcome => {
  const outcome = versions[version] ?? {};
  return outcome.sameAs === undefined ? outcome : outcomeOf({ versions }, outcome.sameAs);
};

/** What a case was started with, as a text. */
const textOf = (name: string, { lines, directives = [] }: StartCase): string => {
  const root = `/var/lib/lxc/${name}/rootfs`;
  const base = directives.includes('#nobase')
    ? []
    : [`lxc.uts.name = ${name}`, `lxc.rootfs.path = dir:${root}`, 'lxc.mount.auto = proc:mixed'];
  const own = lines.map((line) => line.replaceAll('@N@', name).replaceAll('@R@', root));
  return [...base, ...own, ''].join('\n');
};

/** How many starts do not succeed, and how many of them are found by the text alone and with the host known; docs/differential.md has the same numbers. */
const counted: Readonly<Record<string, readonly [LxcRelease, number, number, number]>> = {
  '5.0.2': ['5.0', 133, 88, 130],
  '6.0.4': ['6.0', 130, 85, 126],
  '7.0.0': ['7.0', 135, 88, 131],
};

/** What neither a text nor a host that is known so far tells. */
const notFound: Readonly<Record<string, string>> = {
  'env-runtime': 'what a program of the user makes of its variables',
  'idmap-rlimit-up': 'the limit of the process that starts the container',
  'init-cmd-tail-quote': 'an argument that is none for the program',
  'no-rootfs': 'only on that machine, whose terminal the container does not reach',
  'sched-core': 'how the kernel was built',
};

const pageOfNumbers = join(import.meta.dirname, '../../../../docs/differential.md');

for (const [version, [lxcVersion, ofAll, byText, onHost]] of Object.entries(counted))
  test(
    `real starts of LXC ${version} that fail or hang are found before the start, and none that succeeds`,
    { skip: facts === undefined ? noSharedFacts : false },
    async () => {
      const { cases } = JSON.parse(await readFile(join(facts ?? '', 'corpus/lxc-start-cases.json'), 'utf8')) as {
        readonly cases: Readonly<Record<string, RecordedCase>>;
      };
      const stops = ({ effect }: Finding): boolean => ['file-refused', 'start-refused'].includes(effect);
      const judged = Object.entries(cases).map(([name, one]) => {
        const text = textOf(name, one);
        const named = startHostOf(name, text, one, lxcVersion);
        return {
          name,
          result: outcomeOf(one, version).result,
          alone: findingsOf(text, { lxcVersion }).filter(stops),
          known: findingsOf(text, { lxcVersion, named }).filter(stops),
        };
      });
      const wrong = judged.filter(
        ({ result, known, alone }) => result === 'running' && known.length + alone.length > 0,
      );
      assert.deepEqual(
        wrong.map(({ name, known }) => `${name}: ${known.map(({ rule }) => rule).join(' ')}`),
        [],
      );
      const failing = judged.filter(({ result }) =>
        ['start fails', 'hangs', 'refused', 'ended at once'].includes(result ?? ''),
      );
      const missed = failing.filter(({ known }) => known.length === 0).map(({ name }) => name);
      assert.deepEqual(
        missed.filter((name) => notFound[name] === undefined),
        [],
      );
      assert.deepEqual(
        [failing.length, failing.filter(({ alone }) => alone.length > 0).length, failing.length - missed.length],
        [ofAll, byText, onHost],
      );
    },
  );

for (const [version, [lxcVersion]] of Object.entries(counted))
  test(
    `real starts of LXC ${version} that succeed with an error in the log are spoken of before the start`,
    { skip: facts === undefined ? noSharedFacts : false },
    async () => {
      const { cases } = JSON.parse(await readFile(join(facts ?? '', 'corpus/lxc-start-cases.json'), 'utf8')) as {
        readonly cases: Readonly<Record<string, RecordedCase>>;
      };
      const surprising = Object.entries(cases).filter(([, one]) => {
        const { result, messages = [] } = outcomeOf(one, version);
        return result === 'running' && messages.length > 0;
      });
      assert.ok(surprising.length > 10);
      const findings = surprising.map(([name, one]) => {
        const text = textOf(name, one);
        const named = startHostOf(name, text, one, lxcVersion);
        return { name, found: findingsOf(text, { lxcVersion, named }) };
      });
      assert.deepEqual(
        findings.filter(({ found }) => found.length === 0).map(({ name }) => name),
        [],
      );
      // The file itself says that its source may be missing.
      const quiet = findings.filter(({ found }) => found.every(({ severity }) => severity === 'info'));
      assert.deepEqual(
        quiet.map(({ name }) => name),
        ['mount-missing-source-optional'],
      );
    },
  );

test('the page says how many are found, and which are not', async () => {
  // The columns of a table are as wide as its words.
  const page = (await readFile(pageOfNumbers, 'utf8')).replaceAll(/ +/gu, ' ');
  for (const [version, [, ofAll, byText, onHost]] of Object.entries(counted))
    assert.ok(page.includes(`| ${version} | ${ofAll} | ${byText} | ${onHost} |`), version);
  for (const [name, reason] of Object.entries(notFound)) assert.ok(page.includes(`\`${name}\` (${reason})`), name);
});
