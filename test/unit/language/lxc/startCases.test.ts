import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { LxcRelease } from '../../../../src/schema/lxcTypes.ts';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { judgedLxc } from '../../../../src/language/lxc/judgedType.ts';
import { parseLxc } from '../../../../src/language/lxc/parse.ts';
import type { NamedOnHost } from '../../../../src/language/namedOnHost.ts';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';
import { findingsOf } from './findings.ts';

const facts = await sharedFacts();

interface Outcome {
  readonly sameAs?: string;
  readonly result?: string;
}
interface StartCase {
  readonly lines: readonly string[];
  readonly directives?: readonly string[];
  readonly versions: Readonly<Record<string, Outcome>>;
}

const resultOf = ({ versions }: StartCase, version: string): string => {
  const outcome = versions[version] ?? {};
  return outcome.sameAs === undefined ? (outcome.result ?? '') : resultOf({ lines: [], versions }, outcome.sameAs);
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

const there = [
  '/tmp',
  '/etc/hostname',
  '/bin/true',
  '/bin/false',
  '/sys',
  '/usr/share/lxc/config/common.seccomp',
  '/dev/null',
];

/** The host that the cases were started on. */
const hostOf = (name: string, text: string, { directives = [] }: StartCase): NamedOnHost => {
  const before = directives.filter((one) => one.startsWith('#before')).join('\n');
  const root = `/var/lib/lxc/${name}/rootfs`;
  const { paths } = judgedLxc.namesOnHost?.(parseLxc(text), defaultContext) ?? { paths: [] };
  return {
    interfaces: new Map([
      ['lxcbr0', 'bridge'],
      ['dum0', 'other'],
    ]),
    paths: new Map(
      paths.map((path) => [
        path,
        there.includes(path) || path.startsWith(root) || before.includes(path) ? 'directory' : 'absent',
      ]),
    ),
    users: new Map(),
    runs: false,
  };
};

/** How many of the starts that did not succeed are found by the text alone, and with the host known; raise them when a rule is added. */
const least: Readonly<Record<string, readonly [LxcRelease, number, number]>> = {
  '5.0.2': ['5.0', 82, 91],
  '6.0.4': ['6.0', 79, 88],
  '7.0.0': ['7.0', 82, 91],
};

for (const [version, [lxcVersion, wanted, wantedOnHost]] of Object.entries(least))
  test(
    `real starts of LXC ${version} that fail or hang are found before the start, and none that succeeds`,
    { skip: facts === undefined ? noSharedFacts : false },
    async (context) => {
      const { cases } = JSON.parse(await readFile(join(facts ?? '', 'corpus/lxc-start-cases.json'), 'utf8')) as {
        readonly cases: Readonly<Record<string, StartCase>>;
      };
      const missed: string[] = [];
      const wrong: string[] = [];
      let found = 0;
      let onHost = 0;
      for (const [name, one] of Object.entries(cases)) {
        const result = resultOf(one, version);
        const text = textOf(name, one);
        const stops = ({ effect }: Finding): boolean => ['file-refused', 'start-refused'].includes(effect);
        const alone = findingsOf(text, { lxcVersion }).filter(stops);
        const stopping = findingsOf(text, { lxcVersion, named: hostOf(name, text, one) }).filter(stops);
        if (['start fails', 'hangs', 'refused', 'ended at once'].includes(result)) {
          if (alone.length > 0) found++;
          if (stopping.length > 0) onHost++;
          else missed.push(name);
        } else if (result === 'running' && stopping.length > 0)
          wrong.push(`${name}: ${stopping.map(({ rule }) => rule).join(' ')}`);
      }
      context.diagnostic(`${found} are found, ${onHost} with the host, not yet: ${missed.join(' ')}`);
      assert.deepEqual(wrong, []);
      assert.ok(
        found >= wanted && onHost >= wantedOnHost,
        `${found} and ${onHost} are found, and ${wanted} and ${wantedOnHost} were`,
      );
    },
  );
