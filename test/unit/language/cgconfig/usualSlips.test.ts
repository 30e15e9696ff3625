import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyChanges } from '../../../../src/language/applyChanges.ts';
import { findingsOf } from './findings.ts';

const serious = (text: string): ReturnType<typeof findingsOf> =>
  findingsOf(text).filter(({ severity }) => severity === 'error' || severity === 'warning');

const places = (text: string): readonly string[] => serious(text).map(({ rule, line }) => `${line} ${rule}`);

const mended = (text: string): string =>
  serious(text).reduceRight((now, { fixes }) => applyChanges(now, fixes?.[0]?.changes ?? []), text);

const good = 'group b {\n  cpu {\n    cpu.shares = "10";\n  }\n}\n';

describe('slips that people make with quotes', () => {
  test('a quote that is not closed is told where it opens, though the next one would close it', () => {
    const text = `group a {\n  cpu {\n    cpu.shares = "20;\n  }\n}\n${good}`;
    assert.deepEqual(places(text), ['3 quote-not-closed']);
    assert.equal(mended(text), `group a {\n  cpu {\n    cpu.shares = "20";\n  }\n}\n${good}`);
    assert.deepEqual(places(`group a {\n  cpu {\n    cpu.shares = 20";\n  }\n}\n${good}`), ['3 quote-not-closed']);
    assert.deepEqual(places('group a {\n  cpu {\n    cpu.shares = "20;\n  }\n}\n'), ['3 quote-not-closed']);
    assert.deepEqual(places(`group "a {\n  cpu { }\n}\n${good}`), ['1 quote-not-closed']);
  });

  test('a value of several lines stays one, also beside a slip', () => {
    const text = 'group a {\n  io {\n    io.max = "8:0 rbps=1\n8:16 rbps=1";\n    io.weight = 10\n  }\n}\n';
    assert.deepEqual(places(text), ['3 value-of-several-lines', '5 missing-semicolon']);
  });

  test('the line ends of Windows stay one mistake', () => {
    assert.deepEqual(places('group\r\nweb\r\n{\r\n cpu { }\r\n}\r\n'), ['1 carriage-return']);
  });

  test('quotes of the shell', () => {
    const text = "group 'my lab' {\n  cpu { cpu.shares = '20'; }\n}\n";
    assert.deepEqual(places(text), ['1 name-needs-quotes', '2 value-needs-quotes']);
    assert.equal(mended(text), 'group "my lab" {\n  cpu { cpu.shares = "20"; }\n}\n');
  });

  test('letters beyond ASCII, and quotes of word processors', () => {
    assert.deepEqual(places('group été {\n  cpu { }\n}\n'), ['1 not-ascii']);
    assert.equal(mended('group été {\n  cpu { }\n}\n'), 'group "été" {\n  cpu { }\n}\n');
    assert.equal(mended('group caf\u00e9 {\n  cpu { }\n}\n'), 'group "caf\u00e9" {\n  cpu { }\n}\n');
    const text = 'group a {\n  cpu { cpu.shares = “20”; }\n}\n';
    assert.deepEqual(places(text), ['2 not-ascii']);
    assert.equal(mended(text), 'group a {\n  cpu { cpu.shares = "20"; }\n}\n');
  });
});

describe('comments of other languages', () => {
  test('each is one mistake and becomes a comment', () => {
    const text = `// of the lab\n${good}/*\n * more\n * of it {\n */\n${good.replace('b', 'c')}`;
    assert.deepEqual(places(text), ['1 comment-after-text', '7 comment-after-text']);
    assert.equal(mended(text), `# of the lab\n${good}# more\n# of it {\n${good.replace('b', 'c')}`);
    assert.deepEqual(places('group a {\n  cpu { } // half\n}\n'), ['2 comment-after-text']);
    assert.equal(mended('group a {\n  cpu { } // half\n}\n'), 'group a {\n  # half\n  cpu { }\n}\n');
  });

  test('what is a name for libcgroup stays one', () => {
    assert.deepEqual(places('group //a {\n  cpu { }\n}\n'), []);
    assert.deepEqual(places('group\n//a {\n  cpu { }\n}\n'), []);
  });
});

describe('words in the wrong place', () => {
  test('a controller outside of a group, an equals sign in front of a brace, a colon in place of one', () => {
    assert.deepEqual(places('cpu { cpu.shares = 10; cpu.rt_period_us = 5; }\n'), ['1 unknown-block']);
    assert.deepEqual(places('group b = {\n  cpu { cpu.shares = 10; }\n}\n'), ['1 unexpected-text']);
    assert.deepEqual(places('group b {\n  cpu:\n    cpu.shares = 10;\n  }\n}\n'), ['2 unexpected-character']);
    assert.deepEqual(places('group b {\n  cpu {\n    = 10;\n  }\n}\n'), ['3 unexpected-text']);
  });

  test('a block that is not closed is called by its name', () => {
    const [finding] = serious(`group lab/one {\n  cpu { }\n${good}`);
    assert.match(finding?.message ?? '', /group lab\/one is not closed/u);
  });
});
