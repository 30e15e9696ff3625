import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { defaultContext } from '../../../../src/language/context.ts';
import type { LibcgroupVersion } from '../../../../src/language/context.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';
import { noSharedFacts, sharedFacts } from '../../../differential/sharedFacts.ts';

const facts = await sharedFacts();
const skip = facts === undefined ? noSharedFacts : false;

const findingsOf = (text: string, libcgroupVersion: LibcgroupVersion): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///cgrules.conf', 'cgrules', 0, text), 'cgrules');
  return file === undefined ? [] : languageFeatures.diagnose(file, { ...defaultContext, libcgroupVersion });
};

const rulesOf = (text: string, version: LibcgroupVersion = '3.2'): readonly string[] =>
  findingsOf(text, version).map(({ rule, line }) => `${rule} ${line}`);

test('a blank between controllers is told where it is', () => {
  const text = 'root cpu, memory web\n';
  const [finding, ...others] = findingsOf(text, '3.2');
  assert.deepEqual(others, []);
  assert.match(finding?.message ?? '', /No blank may stand between controllers/u);
  assert.equal(applyChanges(text, finding?.fixes?.[0]?.changes ?? []), 'root cpu,memory web\n');
  assert.match(findingsOf('root\n', '3.2')[0]?.message ?? '', /the controllers are missing/u);
});

test('behind a rule for everybody none counts, unless it tells to leave some alone', () => {
  assert.deepEqual(rulesOf('* cpu web\nroot cpu other\n'), ['rule-unreachable 2']);
  assert.deepEqual(rulesOf('* cpu web ignore\nroot cpu other\n'), []);
});

describe('a rule is taken, skipped, or refuses the file', () => {
  test('fields, options and controllers', () => {
    assert.deepEqual(rulesOf('# nothing\n\n  root:bash  cpu,memory\tweb  ignore\n@users cpu %u/%p\n'), []);
    assert.deepEqual(rulesOf('root cpu'), ['rule-incomplete 1']);
    assert.deepEqual(rulesOf('root cpu web ignore_rt', '2.0.2'), ['rule-unknown-option 1']);
    assert.deepEqual(rulesOf('root cpu web ignore,ignore_rt'), []);
    assert.deepEqual(rulesOf('root , web'), ['rule-no-controllers 1']);
  });

  test('every version takes 16 controllers and no more, where empty ones do not count', () => {
    for (const version of ['2.0.2', '3.1', '3.2'] as const) {
      assert.deepEqual(rulesOf(`root ${'cpu,'.repeat(16)} web`, version), []);
      assert.deepEqual(rulesOf(`root ${',cpu,'.repeat(16)} web`, version), []);
      assert.deepEqual(rulesOf(`root ${'cpu,'.repeat(17)} web`, version), ['rule-too-many-controllers 1']);
    }
  });

  test('what 3.2 makes of blanks, quotes and % that older versions read otherwise', () => {
    assert.deepEqual(rulesOf('root cpu web \n'), ['rule-trailing-blank 1']);
    assert.deepEqual(rulesOf('root cpu web \n', '3.1'), []);
    assert.deepEqual(rulesOf('root cpu web # mine\n'), ['rule-trailing-blank 1']);
    assert.deepEqual(rulesOf('root cpu "a b"\n'), []);
    assert.deepEqual(rulesOf('root cpu "a b"\n', '2.0.2'), ['rule-literal-quote 1', 'rule-unknown-option 1']);
    assert.deepEqual(rulesOf('root cpu "a b\n'), ['rule-quote 1']);
    assert.deepEqual(rulesOf('root cpu web\n% memory web\n'), ['rule-continuation-skipped 2']);
    assert.deepEqual(rulesOf('root cpu web\n% memory web\n', '2.0.2'), []);
  });

  test('what stands behind a line that has the file refused is judged as well', () => {
    assert.deepEqual(rulesOf('root cpu\n1000 cpu web\n'), ['rule-incomplete 1', 'rule-numeric-user 2']);
    assert.deepEqual(rulesOf('root cpu web ignor\nroot cpu\nroot , web\nroot cpu web \nroot cpu "web\n'), [
      'rule-unknown-option 1',
      'rule-incomplete 2',
      'rule-no-controllers 3',
      'rule-trailing-blank 4',
      'rule-quote 5',
    ]);
  });

  test('one slip is told once', () => {
    // A rule that was broken into two lines.
    assert.deepEqual(rulesOf('root cpu\n\tweb\nroot\nweb\n'), [
      'rule-incomplete 1',
      'rule-incomplete 3',
      'rule-incomplete 4',
    ]);
    // It may be meant to leave processes alone, and then what follows counts.
    assert.deepEqual(rulesOf('* cpu web ignor\nroot cpu web\n'), ['rule-unknown-option 1']);
    // With its user it would be skipped, and what goes on from it too.
    assert.deepEqual(rulesOf('1000 cpu\n% memory\n', '2.0.2'), ['rule-incomplete 1']);
  });

  test('a rule behind one for everybody', () => {
    assert.deepEqual(rulesOf('*:bash cpu a\n* cpu b\nroot cpu c\n'), ['rule-unreachable 3']);
  });
});

const refusing = (text: string, version: LibcgroupVersion): readonly string[] =>
  findingsOf(text, version)
    .filter(({ effect }) => effect === 'file-refused')
    .map(({ rule, line }) => `${rule} ${line}`);

describe('at the edges of its buffers libcgroup', () => {
  test('cuts a line behind 8551 bytes, also a comment', () => {
    const comment = (length: number): string => `#${'a'.repeat(length - 1)}\nalice cpu d\n`;
    assert.deepEqual(rulesOf(comment(8551)), []);
    assert.deepEqual(rulesOf(comment(8552)), ['rule-line-cut 1', 'rule-incomplete 1']);
    assert.deepEqual(rulesOf(`#${'é'.repeat(4275)}\n`), []);
    assert.deepEqual(rulesOf(`#${'é'.repeat(4275)}a\n`), ['rule-line-cut 1', 'rule-incomplete 1']);
    assert.deepEqual(refusing(`${' '.repeat(9000)}alice cpu d\n`, '3.2'), []);
    assert.deepEqual(rulesOf(`#${'a'.repeat(30_000)}\nalice\n`).at(-1), 'rule-incomplete 2');
  });

  test('is not brought over an edge, or back, by formatting', () => {
    const file = (text: string): string => {
      const opened = openFile(TextDocument.create('file:///cgrules.conf', 'cgrules', 0, text), 'cgrules');
      return opened === undefined ? '' : TextDocument.applyEdits(opened.textDocument, languageFeatures.format(opened));
    };
    const text = `alice cpu${' '.repeat(9000)}d\n`;
    assert.notDeepEqual(refusing(text, '3.2'), []);
    assert.equal(file(text), text);
  });

  test('stops reading a line at a NUL', () => {
    for (const version of ['2.0.2', '3.1', '3.2'] as const) {
      assert.deepEqual(rulesOf('alice cpu d\n\0x', version), ['rule-line-cut 2'], version);
      assert.deepEqual(refusing('h\0 b \n', version), ['rule-incomplete 1'], version);
      assert.deepEqual(refusing('alice cpu d\0 foo\n', version), [], version);
    }
  });

  test('overruns the destination before 3.2, and skips the rule', () => {
    const rule = (length: number): string => `alice cpu ${'y'.repeat(length)} foo\n`;
    for (const version of ['2.0.2', '3.1'] as const) {
      assert.deepEqual(rulesOf(rule(4095), version), ['rule-unknown-option 1'], version);
      assert.deepEqual(rulesOf(rule(4096), version), ['rule-field-too-long 1'], version);
      assert.deepEqual(refusing(rule(4096), version), [], version);
    }
    assert.deepEqual(refusing(rule(4096), '3.2'), ['rule-field-too-long 1']);
  });

  test('leaves options that 3.2 cannot read as they were in the rule above', () => {
    const options = 'o'.repeat(100);
    assert.deepEqual(refusing(`bob cpu d ignore\nalice cpu d ${options}\n`, '3.2'), []);
    assert.deepEqual(refusing(`bob cpu d ignore\nalice cpu d "x"\nalice cpu d "y"\n`, '3.2'), []);
    assert.deepEqual(refusing(`bob cpu d\nalice cpu d ${options}\n`, '3.2'), ['rule-field-too-long 2']);
    assert.deepEqual(refusing(`1000 cpu d foo\nalice cpu d "x"\n`, '3.2'), ['rule-quote 2']);
    assert.deepEqual(refusing(`bob cpu d ignore\nalice cpu d ${options}\n`, '2.0.2'), ['rule-unknown-option 2']);
  });
});

describe('of a rule that is skipped', () => {
  test('3.2 does not look at the options', () => {
    for (const options of ['"x"', 'foo"', 'o'.repeat(100), 'foo'])
      assert.deepEqual(refusing(`1000 cpu d ${options}\n`, '3.2'), [], options);
    assert.deepEqual(refusing('1000 cpu "d\n', '3.2'), ['rule-quote 1']);
  });

  test('every version skips the lines behind it that begin with %', () => {
    for (const version of ['2.0.2', '3.1'] as const)
      assert.deepEqual(
        rulesOf('1000 cpu d\n% cpu\n%x\nalice cpu d\n% cpu d\n', version),
        ['rule-numeric-user 1', 'rule-continuation-skipped 2', 'rule-continuation-skipped 3'],
        version,
      );
    assert.deepEqual(rulesOf('1000 cpu d\n% cpu\n', '3.2'), ['rule-numeric-user 1', 'rule-continuation-skipped 2']);
  });

  test('nobody has an empty name, and 3.2 knows no %', () => {
    for (const version of ['2.0.2', '3.1', '3.2'] as const)
      for (const key of ['@', ':', '@:x', ':x'])
        assert.deepEqual(rulesOf(`${key} cpu d foo\n`, version), ['rule-unknown-user 1'], `${version} ${key}`);
    assert.deepEqual(refusing('"" cpu d foo\n', '3.2'), []);
    assert.deepEqual(refusing('%a cpu d foo\n', '3.2'), []);
    assert.deepEqual(refusing('%a cpu d foo\n', '3.1'), ['rule-unknown-option 1']);
  });

  test('quotes are put round the whole field, and only where it does not refuse the file then', () => {
    const repaired = (text: string): string | undefined => {
      const [fix] = findingsOf(text, '3.2').find(({ rule }) => rule === 'rule-quote-in-key')?.fixes ?? [];
      return fix === undefined ? undefined : applyChanges(text, fix.changes);
    };
    assert.equal(repaired('*"": cpu d\n'), '"*:" cpu d\n');
    assert.equal(repaired('a:"b"c: cpu d\n'), '"a:bc:" cpu d\n');
    assert.equal(repaired('alice:"my app" cpu d\n'), '"alice:my app" cpu d\n');
    for (const text of ['a:"b c" cpu d foo\n', 'a:"b c" cpu d \n', 'a:"b c" , d\n', 'a:"b" cpu "d" x"\n'])
      assert.equal(repaired(text), undefined, text);
  });
});

test('every sample is taken or refused as libcgroup 3.2 and 2.0.2 do', { skip }, async () => {
  const folder = join(facts ?? '', 'corpus/cgrules');
  const { files } = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as {
    files: Readonly<Record<string, { readonly status: string; readonly status_2_0_2: string }>>;
  };
  const wrong: string[] = [];
  for (const [name, { status, status_2_0_2: older }] of Object.entries(files)) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const [version, real] of [['3.2', status] as const, ['2.0.2', older] as const]) {
      const refused = findingsOf(text, version).some(({ effect }) => effect === 'file-refused');
      // Where the real one crashes, nothing of the file counts either.
      if (refused !== (real === 'invalid' || real === 'crash')) wrong.push(`${name} (${version}): ${real}`);
    }
  }
  assert.deepEqual(wrong, []);
});
