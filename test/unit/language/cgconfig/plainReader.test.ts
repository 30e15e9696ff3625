import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlain } from '../../../../src/language/cgconfig/plainReader.ts';
import { readClosely } from '../../../../src/language/cgconfig/parse.ts';
import type { Section } from '../../../../src/language/document.ts';
import { SameBody } from '../../../../src/language/cgconfig/sameBody.ts';
import { manyGroups } from '../../../bench/cgconfigText.ts';
import { generateCgconfig } from '../../../differential/generateCgconfig.ts';
import { mutate } from '../../../differential/mutate.ts';
import { createRandom } from '../../../differential/random.ts';
import { slip } from '../../../differential/slip.ts';

const plain = `# what the shop runs in
* and more
mount { cpu = /sys/fs/cgroup/cpu; "memory" }
`;

const base = `# what the shop runs in
mount {
  cpu,cpuacct = /sys/fs/cgroup/cpu;
\tmemory = "/sys/fs/cgroup memory";
}
namespace { cpu = a/b; }

group shop/web
{
  perm {
    task { uid = www-data; gid=1000; }
# of the machine
    admin {
      uid = root; fperm = 775;
    }
  }
* a comment of libcgroup
  cpu { cpu.shares = "512"; }
  memory{}
}
template users/%u {
  freezer {
  }
}
group a{cpu{}}`;

/** With its parts made, where they would be made when they are asked for. */
const made = (section: Section): Section => ({
  keyword: section.keyword,
  name: section.name,
  nameStart: section.nameStart,
  nameEnd: section.nameEnd,
  start: section.start,
  headerEnd: section.headerEnd,
  end: section.end,
  line: section.line,
  entries: section.entries,
  sections: section.sections.map(made),
});

/** Whether it is read plainly; where it is, as closely. */
const isPlain = (text: string): boolean => {
  const read = readPlain(text);
  if (read !== undefined) assert.deepEqual({ ...read, sections: read.sections.map(made) }, readClosely(text), text);
  return read !== undefined;
};

test('what is plain is read as closely', () => {
  for (const text of ['', '\n', ' # a', base, `${base}\n`, manyGroups(3, 'x'), '*'])
    assert.ok(isPlain(text), JSON.stringify(text));
  for (const text of [plain, `${base}}`, ' *', 'group a { cpu { } } # a', 'group a {\r\n cpu { } }', 'a{'])
    assert.ok(!isPlain(text), JSON.stringify(text));
});

test('each character that is left out, doubled or put elsewhere', () => {
  for (let at = 0; at < base.length; at++) {
    isPlain(base.slice(0, at) + base.slice(at + 1));
    for (const one of ['"', ';', '{', '}', '=', '#', '*', '\n', ' ', '\r', 'x', 'é', '\0'])
      isPlain(base.slice(0, at) + one + base.slice(at));
  }
});

test('groups that hold the same are read once, and each as closely', () => {
  const bodies = [
    '{\n  cpu { cpu.shares = "512"; }\n}',
    '\n{\n  perm { task { uid = a; } admin { uid = b; } }\n  cpu {\n  }\n}',
  ];
  const around = ['', '\n', '\n# a comment\n\n', ' '];
  let text = '';
  for (let turn = 0; turn < 40; turn++) {
    const keyword = turn % 5 === 0 ? 'template' : 'group';
    text += `${keyword}${turn % 3 === 0 ? '\n' : ' '}g${turn} ${bodies[turn % bodies.length] ?? ''}${around[turn % around.length] ?? ''}`;
  }
  assert.ok(isPlain(text));
  const read = readPlain(text);
  assert.equal(read?.sections.filter((section) => section instanceof SameBody).length, 38);
  for (const other of ['group g {\n  cpu { cpu.shares = "513"; }\n}', 'group g {\n}', 'mount {\n cpu = /a;\n}'])
    assert.equal(isPlain(`${text}\n${other}`), !other.endsWith('{\n}'));
});

test('each word that becomes another', () => {
  const words = [...base.matchAll(/[^\s{}=;]+/gu)];
  for (const { index, 0: word } of words)
    for (const other of [
      'group',
      'perm',
      'task',
      'admin',
      'default',
      'systemd',
      'mount',
      'cpu',
      '"cpu"',
      '"perm"',
      '""',
      'a b',
      '',
    ])
      isPlain(base.slice(0, index) + other + base.slice(index + word.length));
});

test('texts that somebody might write', () => {
  const random = createRandom(20261129);
  let count = 0;
  for (let turn = 0; turn < 600; turn++) {
    const text = generateCgconfig(random);
    for (const one of [text, slip(text, random), mutate(text, random), mutate(base, random)]) if (isPlain(one)) count++;
  }
  assert.ok(count > 50, `${count} were plain`);
});
