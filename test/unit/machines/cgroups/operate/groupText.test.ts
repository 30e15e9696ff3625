import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quoted, textOfGroups, textOfPlan } from '../../../../../src/machines/cgroups/operate/groupText.ts';
import { MachineError } from '../../../../../src/machines/errors.ts';
import { applyFile } from '../../../../../src/machines/cgroups/operate/applyFile.ts';
import {
  type FileToApply,
  pathOfName,
  type PlannedGroup,
  planGroups,
  summarise,
} from '../../../../../src/machines/cgroups/operate/plannedGroups.ts';
import { groupTextWords } from '../../../../../src/ui/cgroups/groupWords.ts';
import { l10n } from '../../../ui/l10n.ts';
import { findingsOf } from '../../../language/cgconfig/findings.ts';

const group = {
  hierarchy: { version: 1, mountPoint: '/cg/memory', controllers: ['memory'] },
  path: '/a',
} as const;

const plan: readonly PlannedGroup[] = [
  {
    name: 'a',
    controller: 'memory',
    group,
    exists: true,
    settings: [
      { name: 'memory.limit_in_bytes', before: '4096', after: '4M' },
      { name: 'memory.nonsense', before: undefined, after: '1' },
    ],
  },
  { name: 'a', controller: 'net', group: undefined, exists: false, settings: [] },
  { name: 'task', controller: 'memory', group: { ...group, path: '/task' }, exists: false, settings: [] },
];
const words = { ...groupTextWords(l10n), notMounted: 'not mounted', noSuchParameter: 'unknown' };

test('a name is quoted where the grammar needs it, and refused where it cannot be', () => {
  assert.equal(quoted('a/b.c-d_1'), 'a/b.c-d_1');
  assert.equal(quoted('two words'), '"two words"');
  assert.equal(quoted('group'), '"group"');
  assert.equal(quoted(''), '""');
  assert.equal(quoted('a"b'), undefined);
  assert.equal(quoted('a\nb'), undefined);
});

test('groups become a file that libcgroup takes, so only the first line of a value is set', () => {
  const settings = [
    { name: 'io.max', value: '8:0 rbps=1\n8:16 rbps=2' },
    { name: 'x.y', value: 'a"b' },
  ];
  const text = textOfGroups([{ name: 'a b', controllers: [{ name: 'io', settings }] }], words);
  assert.deepEqual(
    findingsOf(text).filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.equal(
    text,
    'group "a b" {\n\tio {\n\t\tio.max = "8:0 rbps=1";\n\t\t# libcgroup takes a parameter once, so this is left out: io.max = "8:16 rbps=2";\n\t\t# x.y is left out, because this file cannot hold its value.\n\t}\n}\n',
  );
  assert.match(textOfGroups([{ name: 'a"b', controllers: [] }], words), /^# /u);
});

test('both sides of a preview differ only in what changes', () => {
  assert.equal(textOfPlan(plan, 'before', words), 'group a {\n\tmemory {\n\t\tmemory.limit_in_bytes = 4096;\n\t}\n}\n');
  assert.equal(
    textOfPlan(plan, 'after', words),
    'group a {\n\tmemory {\n\t\tmemory.limit_in_bytes = 4M;\n\t\t# unknown\n\t\tmemory.nonsense = 1;\n\t}\n\tnet {\n\t\t# not mounted\n\t}\n}\n\ngroup "task" {\n\tmemory {\n\t}\n}\n',
  );
  assert.deepEqual(summarise(plan), { missing: 1, different: 2, unmounted: ['net'] });
});

test('names of a file lead into the hierarchy and not out of it', () => {
  assert.equal(pathOfName('.'), '/');
  assert.equal(pathOfName('a/b'), '/a/b');
  assert.equal(pathOfName('/a//b/'), '/a/b');
  assert.equal(pathOfName('a/../../b'), undefined);
});

test('a file with a group that leads out of its hierarchy is not applied', async () => {
  const controllers = [{ name: 'memory', settings: [] }];
  await assert.rejects(
    planGroups({ groups: [{ name: '../../etc', controllers }], namespaces: [] }, [group.hierarchy]),
    (error) =>
      error instanceof MachineError && error.failure.kind === 'invalidName' && error.failure.problem === 'leadsOut',
  );
  const leadingOut = (error: unknown): boolean =>
    error instanceof MachineError && error.failure.kind === 'invalidName' && error.failure.problem === 'leadsOut';
  const inGroup = [{ name: 'a', controllers }];
  const outside: FileToApply[] = [
    { groups: inGroup, namespaces: [{ controller: 'memory', path: '../x' }] },
    ...['../../../run/victim', '/etc/passwd', 'a/memory.max', '..', '.', ''].map((name) => ({
      groups: [{ name: 'a', controllers: [{ name: 'memory', settings: [{ name, value: '1' }] }] }],
      namespaces: [],
    })),
  ];
  for (const file of outside) {
    await assert.rejects(planGroups(file, [group.hierarchy]), leadingOut);
    assert.throws(() => applyFile('/etc/cgconfig.conf', file), leadingOut);
  }
  const [below] = await planGroups({ groups: inGroup, namespaces: [{ controller: 'memory', path: 'here' }] }, [
    group.hierarchy,
  ]);
  assert.equal(below?.group?.path, '/here/a');
  assert.equal(
    (await planGroups({ groups: [{ name: 'not/there', controllers }], namespaces: [] }, [group.hierarchy])).length,
    1,
  );
});
