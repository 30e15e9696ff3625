import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { layOutCgconfig } from '../../../../src/language/cgconfig/layOut.ts';
import { parseCgconfig } from '../../../../src/language/cgconfig/parse.ts';
import { isSameMeaning } from '../../../../src/language/features/format/isSameMeaning.ts';

const laidOut = (text: string): string => applyChanges(text, layOutCgconfig(text));

test('each setting has a line, and each block a tab more', () => {
  assert.equal(
    laidOut('group  web{perm{task{uid=root;gid=root;}admin{uid=root;}}\n cpu { cpu.shares  =\n100 ; } }'),
    'group web {\n\tperm {\n\t\ttask {\n\t\t\tuid = root;\n\t\t\tgid = root;\n\t\t}\n\t\tadmin {\n\t\t\tuid = root;\n\t\t}\n\t}\n\tcpu {\n\t\tcpu.shares = 100;\n\t}\n}\n',
  );
});

test('comments stay on lines of their own, and one with a star in the first column', () => {
  assert.equal(
    laidOut('# a  \n\n\n\n      # b\ngroup web {\n\n# c\ncpu {\n* d\n}\n# e\n\n}\n# f'),
    '# a\n\n# b\ngroup web {\n\t# c\n\tcpu {\n* d\n\t}\n\t# e\n}\n\n# f\n',
  );
});

test('what stands in quotes stays as it is, over lines too', () => {
  const text = 'group "a  b" {\n\tdevices {\n\t\tdevices.allow = "c 1:3 r\n# no comment\n  a";\n\t}\n}\n';
  assert.deepEqual(layOutCgconfig(text), []);
});

test('a file with mistakes stays as it is', () => {
  for (const text of [
    'group web {cpu{a=1}}',
    ' group web { cpu { } } # x',
    'group web {\r\ncpu{}\r\n}',
    '\uFEFF a { }',
  ])
    assert.deepEqual(layOutCgconfig(text), []);
});

const facts = await sharedFacts();

test('samples keep their meaning and are laid out once', { skip: facts === undefined ? noSharedFacts : false }, () => {
  const folder = join(facts ?? '', 'corpus/cgconfig');
  let changed = 0;
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.conf'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    const after = laidOut(text);
    if (after !== text) changed++;
    assert.ok(
      isSameMeaning({ text, document: parseCgconfig(text) }, { text: after, document: parseCgconfig(after) }),
      name,
    );
    assert.deepEqual(layOutCgconfig(after), [], name);
  }
  assert.ok(changed > 10);
});
