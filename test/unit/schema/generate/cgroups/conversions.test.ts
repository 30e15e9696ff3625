import assert from 'node:assert/strict';
import { test } from 'node:test';
import { datedConversions, parseConversions } from '../../../../../src/schema/generate/cgroups/conversions.ts';
import { SourceProblem } from '../../../../../src/schema/generate/cText.ts';

const map = (first: string): string =>
  `const struct cgroup_abstraction_map cgroup_v1_to_v2_map[] = {\n\t${first}\n\t{cgroup_convert_unmappable, "a.old", NULL, NULL, NULL},\n};\n\nconst struct cgroup_abstraction_map cgroup_v2_to_v1_map[] = {\n\t{cgroup_convert_name_only, "a.new",\n\t\tNULL, "a.other", NULL},\n};\n`;
const scaled = map('{cgroup_convert_int, "a.share", (void *)1000, "a.weight", (void *)10},');

test('rows name what is turned into what, and how', () => {
  assert.deepEqual(parseConversions(scaled), [
    { from: 'a.share', fromVersion: 1, to: 'a.weight', formula: { kind: 'scale', multiply: 10, divide: 1000 } },
    { from: 'a.old', fromVersion: 1, to: null, formula: { kind: 'none' } },
    { from: 'a.new', fromVersion: 2, to: 'a.other', formula: { kind: 'rename' } },
  ]);
});

test('a function, or a form of a row, that is not known stops', () => {
  assert.throws(
    () => parseConversions(map('{cgroup_convert_new, "a.share", NULL, "a.weight", NULL},')),
    /cgroup_convert_new/u,
  );
  assert.throws(() => parseConversions(map('{cgroup_convert_int, "a.share", 1000, "a.weight", 10},')), SourceProblem);
  assert.throws(() => parseConversions(map('{cgroup_convert_int, "a.share", NULL, "a.weight", NULL},')), SourceProblem);
});

test('releases agree, and what only the repository has is of no release', () => {
  const conversions = parseConversions(scaled);
  const dated = datedConversions([
    { version: '3.1.0', conversions },
    { version: '3.2.0', conversions },
  ]);
  assert.deepEqual(
    dated.filter(({ since }) => since === null).map(({ from }) => from.split('.')[0]),
    ['memory', 'memory', 'memory', 'memory'],
  );
  assert.equal(dated[0]?.since, '3.0');
  const other = { version: '3.2.0', conversions: conversions.slice(1) };
  assert.throws(() => datedConversions([{ version: '3.1.0', conversions }, other]), /3\.2\.0 converts in another way/u);
});
