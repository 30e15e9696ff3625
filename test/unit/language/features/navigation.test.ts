import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { groupFilesWith } from '../../../../src/language/cgroups/groupSet.ts';
import type { Context } from '../../../../src/language/context.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { fileSet, shownLocation } from '../cgroups/fileSet.ts';

type Texts = Readonly<Record<string, string>>;

const definitions = (texts: Texts, change: Partial<Context> = {}): readonly string[] => {
  const set = fileSet(texts, change);
  const { file, position, context } = set.marked;
  return languageFeatures.definition(file, position, context).map((one) => shownLocation(set, one));
};

const references = (texts: Texts, includeDeclaration: boolean): readonly string[] => {
  const set = fileSet(texts);
  const { file, position, context } = set.marked;
  return languageFeatures
    .references(file, position, context, { includeDeclaration })
    .map((one) => shownLocation(set, one));
};

const cgconfig =
  'group web { cpu { } }\ngroup "web/php" { cpu { } }\ntemplate users/%u { cpu { } }\ngroup deep/er { cpu { } }\n';

describe('definition', () => {
  test('leads from a destination to the block of the group, or of the template', () => {
    const at = (rule: string): readonly string[] => definitions({ 'cgconfig.conf': cgconfig, 'cgrules.conf': rule });
    assert.deepEqual(at('* cpu we|b\n'), ['cgconfig.conf:1:7 web']);
    assert.deepEqual(at('* cpu /web|/\n'), ['cgconfig.conf:1:7 web']);
    assert.deepEqual(at('* cpu |web/php\n'), ['cgconfig.conf:1:7 web']);
    assert.deepEqual(at('* cpu "web/p|hp"\n'), ['cgconfig.conf:2:8 web/php']);
    assert.deepEqual(at('* cpu users/|%u/%p\n'), ['cgconfig.conf:3:10 users/%u']);
    assert.deepEqual(at('* cpu nob|ody\n'), []);
    assert.deepEqual(at('* c|pu web\n'), []);
    assert.deepEqual(at('* cpu ./|\n'), []);
  });

  test('leads from a group to its parent, and to the first group below one that has no block', () => {
    assert.deepEqual(definitions({ 'cgconfig.conf': 'group a { cpu { } }\ngroup |a/b { cpu { } }\n' }), [
      'cgconfig.conf:1:7 a',
    ]);
    assert.deepEqual(definitions({ 'cgconfig.conf': cgconfig, 'cgrules.conf': '* cpu de|ep\n' }), [
      'cgconfig.conf:4:7 deep',
    ]);
  });

  test('finds every file that defines the group, in the order of libcgroup', () => {
    assert.deepEqual(
      definitions({
        'cgrules.d/any': '* cpu w|eb\n',
        'cgconfig.d/b.conf': 'group web { cpu { } }\n',
        'cgconfig.d/a.conf': 'group ./web { memory { } }\n',
        'cgconfig.conf': 'group web { pids { } }\n',
      }),
      ['cgconfig.conf:1:7 web', 'cgconfig.d/a.conf:1:7 ./web', 'cgconfig.d/b.conf:1:7 web'],
    );
  });

  test('reads a backslash and quotes as the version does', () => {
    const texts = { 'cgconfig.conf': 'group a%u { cpu { } }\ngroup "\\"\n', 'cgrules.conf': '* cpu a\\%|u\n' };
    assert.deepEqual(definitions(texts), ['cgconfig.conf:1:7 a%u']);
    const quoted = { 'cgconfig.conf': 'group web { cpu { } }\n', 'cgrules.conf': '* cpu "w|eb"\n' };
    assert.deepEqual(definitions(quoted), ['cgconfig.conf:1:7 web']);
    assert.deepEqual(definitions(quoted, { libcgroupVersion: '3.1' }), []);
  });
});

describe('references', () => {
  const texts = {
    'cgconfig.conf': cgconfig.replace('group web {', 'group w|eb {'),
    'cgrules.conf': 'root cpu web\n* cpu web/php\n@web cpu users/%u\n',
  };

  test('are all places that name the group or one below it', () => {
    assert.deepEqual(references(texts, true), [
      'cgconfig.conf:1:7 web',
      'cgconfig.conf:2:8 web',
      'cgrules.conf:1:10 web',
      'cgrules.conf:2:7 web',
    ]);
  });

  test('leave out the block itself where it is not asked for', () => {
    assert.deepEqual(references(texts, false), [
      'cgconfig.conf:2:8 web',
      'cgrules.conf:1:10 web',
      'cgrules.conf:2:7 web',
    ]);
  });
});

test('highlights are those of the file alone, and tell the block from the rest', () => {
  const { file, position, context } = fileSet({
    'cgconfig.conf': 'group a { cpu { } }\ngroup |a/b { cpu { } }\n',
    'cgrules.conf': '* cpu a\n',
  }).marked;
  const highlights = languageFeatures.documentHighlights(file, position, context);
  assert.deepEqual(
    highlights.map(({ range, kind }) => [range.start.line, range.start.character, range.end.character, kind]),
    [
      [0, 6, 7, 3],
      [1, 6, 7, 2],
    ],
  );
});

test('symbols of the workspace are the groups and templates whose names fit what is typed', () => {
  const { file, context } = fileSet({ 'cgconfig.conf': cgconfig, 'cgrules.conf': '* cpu web\n' }).file('cgrules.conf');
  const names = (query: string): readonly string[] =>
    languageFeatures
      .workspaceSymbols(groupFilesWith(file, context), query)
      .map(({ name, containerName }) => `${name} (${containerName ?? ''})`);
  assert.deepEqual(names('WP'), ['group web/php (cgconfig.conf)']);
  assert.equal(names('').length, 4);
  assert.deepEqual(names('tempu'), ['template users/%u (cgconfig.conf)']);
  assert.deepEqual(names('zzz'), []);
});
