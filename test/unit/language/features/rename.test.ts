import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Context } from '../../../../src/language/context.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { edited, fileSet } from '../cgroups/fileSet.ts';

const renamed = (
  texts: Readonly<Record<string, string>>,
  newName: string,
  change: Partial<Context> = {},
): string | Readonly<Record<string, string>> => {
  const set = fileSet(texts, change);
  const { file, position, context } = set.marked;
  const answer = languageFeatures.rename(file, position, newName, context);
  return 'refusal' in answer ? answer.refusal : edited(set, answer);
};

const refused = (texts: Readonly<Record<string, string>>, name: string, change?: Partial<Context>): string => {
  const answer = renamed(texts, name, change);
  assert.ok(typeof answer === 'string', `${name} is refused`);
  return answer;
};

const prepared = (texts: Readonly<Record<string, string>>): string | undefined => {
  const { file, position, context } = fileSet(texts).marked;
  const answer = languageFeatures.prepareRename(file, position, context);
  return answer === undefined ? undefined : `${answer.placeholder}=${file.textDocument.getText(answer.range)}`;
};

describe('rename', () => {
  test('changes a group in all files, with the groups below it and the destinations of rules', () => {
    assert.deepEqual(
      renamed(
        {
          'cgconfig.conf': 'group w|eb { cpu { } }\ngroup web/php { cpu { } }\ngroup webs { cpu { } }\n',
          'cgconfig.d/a.conf': 'group "web/a b" { memory { } }\ntemplate web/%u { cpu { } }\n',
          'cgrules.conf': '# web\nweb cpu web\nroot cpu web/php\n@web cpu /web/%u/\n* cpu other/web\n',
          'cgrules.d/x': '* memory "web/a b"\n',
        },
        'site',
      ),
      {
        'cgconfig.conf': 'group site { cpu { } }\ngroup site/php { cpu { } }\ngroup webs { cpu { } }\n',
        'cgconfig.d/a.conf': 'group "site/a b" { memory { } }\ntemplate site/%u { cpu { } }\n',
        'cgrules.conf': '# web\nweb cpu site\nroot cpu site/php\n@web cpu /site/%u/\n* cpu other/web\n',
        'cgrules.d/x': '* memory "site/a b"\n',
      },
    );
  });

  test('takes the part of the path that the cursor is on, from either kind of file', () => {
    const texts = { 'cgconfig.conf': 'group a/b { cpu { } }\ngroup a { cpu { } }\n', 'cgrules.conf': '* cpu a/|b\n' };
    assert.deepEqual(renamed(texts, 'c'), {
      'cgconfig.conf': 'group a/c { cpu { } }\ngroup a { cpu { } }\n',
      'cgrules.conf': '* cpu a/c\n',
    });
    assert.equal(prepared(texts), 'b=b');
    assert.equal(prepared({ 'cgrules.conf': '* cpu a|/b\n' }), 'a=a');
    assert.equal(prepared({ 'cgrules.conf': '* cpu |a/b\n' }), 'a=a');
  });

  test('puts quotes where the new name needs them, and keeps those that are there', () => {
    const texts = { 'cgconfig.conf': 'group |a/b { cpu { } }\ngroup a { cpu { } }\n', 'cgrules.conf': '* cpu a/b\n' };
    assert.deepEqual(renamed(texts, 'my group'), {
      'cgconfig.conf': 'group "my group/b" { cpu { } }\ngroup "my group" { cpu { } }\n',
      'cgrules.conf': '* cpu "my group/b"\n',
    });
    assert.deepEqual(renamed(texts, 'default'), {
      'cgconfig.conf': 'group default/b { cpu { } }\ngroup "default" { cpu { } }\n',
      'cgrules.conf': '* cpu default/b\n',
    });
    assert.deepEqual(renamed({ 'cgconfig.conf': 'group "a+|b" { cpu { } }\n' }, 'ab'), {
      'cgconfig.conf': 'group "ab" { cpu { } }\n',
    });
    assert.deepEqual(renamed({ 'cgconfig.conf': 'group a| { cpu { } }\n' }, 'straße'), {
      'cgconfig.conf': 'group "straße" { cpu { } }\n',
    });
  });

  test('refuses what libcgroup or the kernel cannot take, and says why', () => {
    const lone = { 'cgconfig.conf': 'group a| { cpu { } }\n' };
    const ruled = { ...lone, 'cgrules.conf': '* cpu a\n' };
    for (const name of [
      '',
      '/',
      'a/',
      '/a',
      'a//b',
      '.',
      '..',
      'x/..',
      'a"b',
      'a\nb',
      'tasks',
      'x/cgroup.procs',
      'é'.repeat(128),
    ])
      refused(lone, name);
    for (const name of ['a#b', 'a\\b', 'user-%u']) {
      refused(ruled, name);
      assert.notEqual(typeof renamed(lone, name), 'string', name);
    }
    assert.match(refused(ruled, 'a b', { libcgroupVersion: '3.1' }), /3\.1 takes no blanks/u);
    assert.notEqual(typeof renamed(ruled, 'a b', { libcgroupVersion: '3.2' }), 'string');
    assert.notEqual(typeof renamed(lone, 'a b', { libcgroupVersion: '2.0.2' }), 'string');
  });

  test('refuses a name that is taken in any of the files', () => {
    const texts = {
      'cgconfig.conf': 'group a| { cpu { } }\n',
      'cgconfig.d/b.conf': '\ngroup /x/y { cpu { } }\ntemplate a2 { cpu { } }\n',
    };
    assert.match(refused(texts, 'x'), /a group \/x\/y in cgconfig\.d\/b\.conf already, on line 2/u);
    assert.match(refused(texts, 'x/y'), /already/u);
    assert.match(refused(texts, 'a2'), /a template a2/u);
    assert.deepEqual(renamed(texts, 'a'), { 'cgconfig.conf': 'group a { cpu { } }\n' });
    assert.deepEqual(renamed(texts, 'x/z'), { 'cgconfig.conf': 'group x/z { cpu { } }\n' });
    assert.deepEqual(renamed(texts, 'a/b'), { 'cgconfig.conf': 'group a/b { cpu { } }\n' });
  });

  test('keeps variables of templates together with those of destinations', () => {
    assert.deepEqual(
      renamed(
        { 'cgconfig.conf': 'template users/|%u { cpu { } }\n', 'cgrules.conf': '* cpu users/%u\n@a cpu users/%g\n' },
        '%u-%p',
      ),
      { 'cgconfig.conf': 'template users/%u-%p { cpu { } }\n', 'cgrules.conf': '* cpu users/%u-%p\n@a cpu users/%g\n' },
    );
  });

  test('names nothing anywhere else', () => {
    for (const text of [
      '|group a { cpu { } }\n',
      'group a { c|pu { } }\n',
      'group a { cpu { a = |a; } }\n',
      'group .| { cpu { } }\n',
    ]) {
      assert.equal(prepared({ 'cgconfig.conf': text }), undefined, text);
      assert.equal(typeof renamed({ 'cgconfig.conf': text }, 'x'), 'string');
    }
    for (const text of ['a| cpu a\n', 'a c|pu a\n', 'a cpu /|\n', 'a cpu a # a|\n', 'a cpu a| "b\n'])
      assert.equal(prepared({ 'cgrules.conf': text }), undefined, text);
  });
});
