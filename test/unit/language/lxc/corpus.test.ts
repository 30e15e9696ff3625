import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeUtf8 } from '../../../../src/hostFacts/readText.ts';
import type { LxcRelease } from '../../../../src/schema/lxcTypes.ts';
import { dependsOnHost } from '../../../differential/compareLxc.ts';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';
import { findingsOf } from './findings.ts';

const facts = await sharedFacts();
const skip = facts === undefined ? noSharedFacts : false;

const versions: readonly (readonly [string, LxcRelease])[] = [
  ['5.0.2', '5.0'],
  ['6.0.4', '6.0'],
  ['7.0.0', '7.0'],
];

interface Verdict {
  readonly sameAs?: string;
  readonly bad?: readonly number[];
}
type Verdicts = Readonly<Record<string, Verdict>>;

const verdictOf = (verdicts: Verdicts, version: string): Verdict => {
  const verdict = verdicts[version] ?? {};
  return verdict.sameAs === undefined ? verdict : verdictOf(verdicts, verdict.sameAs);
};

/** The lines that are judged otherwise than liblxc does, of those that do not depend on the host. */
const differing = (name: string, text: string, verdicts: Verdicts): readonly string[] => {
  const lines = text.split(/\r\n|\r|\n/u);
  const onItsOwn = (line: number): boolean => !dependsOnHost.test(lines[line - 1] ?? '');
  return versions.flatMap(([version, lxcVersion]): readonly string[] => {
    const refused = findingsOf(text, { lxcVersion }).filter(({ effect }) => effect === 'file-refused');
    const ours = [...new Set(refused.map(({ line }) => line))].filter(onItsOwn).join(' ');
    const real = (verdictOf(verdicts, version).bad ?? []).filter(onItsOwn).join(' ');
    return ours === real ? [] : [`${name} (${version}): liblxc refuses ${real}, ours ${ours}`];
  });
};

test('every line of every sample is taken or refused as liblxc 5.0.2, 6.0.4 and 7.0.0 do', { skip }, async () => {
  const folder = join(facts ?? '', 'corpus/lxc');
  const { files } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as {
    readonly files: Readonly<Record<string, Verdicts>>;
  };
  const wrong: string[] = [];
  for (const [name, verdicts] of Object.entries(files))
    wrong.push(...differing(name, decodeUtf8(await readFile(join(folder, name))), verdicts));
  assert.deepEqual(wrong, []);
  assert.ok(Object.keys(files).length > 90);
});

test('every small text is taken or refused as liblxc 5.0.2, 6.0.4 and 7.0.0 do', { skip }, async () => {
  const { cases } = JSON.parse(await readFile(join(facts ?? '', 'corpus/lxc-lines.json'), 'utf8')) as {
    readonly cases: readonly (Readonly<Record<string, unknown>> & {
      readonly text?: string;
      readonly textLatin1?: string;
    })[];
  };
  const wrong = cases.flatMap((one) => {
    const text = one.text ?? decodeUtf8(Buffer.from(one.textLatin1 ?? '', 'latin1'));
    return differing(JSON.stringify(text), text, one as unknown as Verdicts);
  });
  assert.deepEqual(wrong, []);
  assert.ok(cases.length > 500);
});
