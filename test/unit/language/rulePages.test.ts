import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../src/language/context.ts';
import type { Context, LibcgroupVersion } from '../../../src/language/context.ts';
import type { LanguageId } from '../../../src/language/fileType.ts';
import type { LxcRelease } from '../../../src/schema/lxcTypes.ts';
import type { Finding } from '../../../src/language/finding.ts';
import { fileSet, type FileSet } from './cgroups/fileSet.ts';
import { hostOfNames } from './hostOfNames.ts';
import { includesOf } from './lxc/includesOf.ts';
import { hostOfV2 } from './hostOfV2.ts';
import { languageFeatures, openFile } from '../../../src/language/languageService.ts';
import { fileTypes } from '../../../src/language/fileTypes.ts';
import { rulesOf } from '../../../src/lint/rules.ts';

const folder = join(import.meta.dirname, '../../../docs/rules');
const pages = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .map((name) => name.replace(/\.md$/u, ''));

/** Rules whose example cannot be shown: bytes, a size, a blank at the end, another file, another host, or a version that is not there yet. */
const withoutExample = [
  'carriage-return',
  'directive-removed',
  'file-too-long',
  'foreign-architecture',
  'impossible-user',
  'invalid-utf8',
  'line-too-long',
  'lxc-text-after-nul',
  'lxc-value-too-long',
  'more-findings',
  'rule-carriage-return',
  'rule-field-too-long',
  'rule-line-cut',
  'rule-too-many-controllers',
  'shadowed-file',
  'too-many-entries',
  'trailing-backslash',
  'value-too-long',
];

/** What a page may say of the host of hostOfNames.ts. */
const namedHosts = [
  'with eth0, the bridge br0 and /srv/data',
  'with the user anna',
  'where /srv/layered lies on an overlay file system',
];

/** What a page says that a configuration of LXC is read with. */
const included = includesOf({
  '/etc/lxc/wrong.conf': 'lxc.tty.max = four\n',
  '/etc/lxc/right.conf': '',
  '/etc/lxc/missing.conf': { kind: 'absent' },
});

interface Example {
  readonly language: LanguageId;
  readonly text: string;
  readonly context: Context;
}

/** The block below a heading, and what the line in front of it says about whom it is judged by. */
const exampleOf = (page: string, heading: 'Bad' | 'Good'): Example | undefined => {
  const part = new RegExp(`^## ${heading}\\n(.*?)^\`\`\`(\\w+)\\n(.*?)^\`\`\`$`, 'msu').exec(page);
  if (part === null) return undefined;
  const [, judged = '', language = '', text = ''] = part;
  const systemd = /^Judged as systemd (\d+)\.$/mu.exec(judged)?.[1];
  const libcgroup = /^Judged as libcgroup (\S+)\.$/mu.exec(judged)?.[1];
  const lxc = /^Judged as LXC (\S+)\.$/mu.exec(judged)?.[1];
  return {
    language: language as LanguageId,
    text,
    context: {
      ...defaultContext,
      ...(systemd === undefined ? {} : { systemdVersion: Number(systemd) }),
      ...(libcgroup === undefined ? {} : { libcgroupVersion: libcgroup as LibcgroupVersion }),
      ...(lxc === undefined ? {} : { lxcVersion: lxc as LxcRelease }),
      ...(judged.includes('Judged on a host of cgroup v2.') ? { host: hostOfV2 } : {}),
      ...(namedHosts.some((host) => judged.includes(`Judged on a host ${host}.`)) ? { named: hostOfNames } : {}),
      ...(judged.includes('Judged as `/var/lib/lxc/web/config` on a host') ? { includes: included } : {}),
      ...(judged.includes('Judged next to the image.') ? { place: { trust: 'untrusted' } } : {}),
    },
  };
};

/** The files that stand below a heading with their names, which are judged together. */
const filesOf = (page: string, heading: 'Bad' | 'Good'): FileSet | undefined => {
  const part = new RegExp(`^## ${heading}\\n(.*?)^## `, 'msu').exec(page)?.[1] ?? '';
  const named = [...part.matchAll(/^`(cg[^`]+)`:\n\n```\w+\n(.*?)^```$/gmsu)];
  return named.length === 0
    ? undefined
    : fileSet(Object.fromEntries(named.map(([, name = '', text = '']) => [name, text])));
};

const findingsInFiles = (set: FileSet): readonly Finding[] =>
  set.names.flatMap((name) => {
    const { file, context } = set.file(name);
    return languageFeatures.diagnose(file, context);
  });

const findingsOf = ({ language, text, context }: Example): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///example', language, 0, text), language);
  return file === undefined ? [] : languageFeatures.diagnose(file, context);
};

const allRules = rulesOf(fileTypes);

test('every rule has a page, and every page a rule', () => {
  assert.deepEqual(pages.sort(), allRules.map(({ id }) => id).sort());
});

test('the index links every page once', () => {
  const index = readFileSync(join(folder, 'README.md'), 'utf8');
  const linked = [...index.matchAll(/\]\(([a-z0-9-]+)\.md\)/gu)].map(([, id = '']) => id);
  assert.deepEqual(linked.sort(), pages.sort());
});

describe('the page of', () => {
  for (const { id, severity, effect } of allRules)
    test(id, () => {
      const page = readFileSync(join(folder, `${id}.md`), 'utf8');
      assert.ok(page.startsWith(`# ${id}\n`));
      assert.ok(page.includes(`\nSeverity: ${severity}. Effect: \`${effect}\` – `), 'severity and effect');
      const bad = exampleOf(page, 'Bad');
      const good = exampleOf(page, 'Good');
      if (withoutExample.includes(id)) {
        assert.equal(bad, undefined);
        return;
      }
      assert.ok(bad !== undefined && good !== undefined, 'two examples');
      const badFiles = filesOf(page, 'Bad');
      const inBad = badFiles === undefined ? findingsOf(bad) : findingsInFiles(badFiles);
      assert.ok(
        inBad.some(({ rule }) => rule === id),
        `bad gives ${inBad.map(({ rule }) => rule).join(', ')}`,
      );
      const goodFiles = filesOf(page, 'Good');
      assert.deepEqual(
        (goodFiles === undefined ? findingsOf(good) : findingsInFiles(goodFiles)).filter(
          (finding) => finding.rule === id || finding.severity === 'error' || finding.severity === 'warning',
        ),
        [],
      );
    });
});
