import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../../scripts/parseSources.ts';
import { nspawnSchema } from '../../../src/schema/nspawnSchema.ts';
import { tokenize } from './tokenize.ts';

/** What stands behind a key and its sign in a line. */
const value = async (line: string): Promise<readonly string[]> => (await tokenize(line))[0]?.slice(2) ?? [];

describe('lines', () => {
  test('are comments from their first character on, and nowhere else', async () => {
    assert.deepEqual(await tokenize('# a = b\n\t;c'), [
      ['#|punctuation.definition.comment', ' a = b|comment.line.number-sign'],
      [';|punctuation.definition.comment', 'c|comment.line.semicolon'],
    ]);
    assert.deepEqual(await value('Hostname=a # b'), ['a # b|string.unquoted.name']);
  });

  test('are headers of known sections, of others, or for others to read', async () => {
    const header = (name: string, scope: string): readonly string[] => [
      '[|punctuation.definition.section.begin',
      `${name}|${scope}`,
      ']|punctuation.definition.section.end',
    ];
    for (const name of [...nspawnSchema.sections, 'X-a', 'X-a]b'])
      assert.deepEqual(await tokenize(` [${name}]\t`), [header(name, 'entity.name.section')]);
    for (const name of ['exec', ' Exec ', 'Unit', 'Execs'])
      assert.deepEqual(await tokenize(`[${name}]`), [header(name, 'invalid.illegal.section')]);
  });

  test('with something behind a header are marked as a whole, as the whole file is refused', async () => {
    assert.deepEqual(await tokenize('[Exec] # no\n[Files'), [
      ['[Exec] # no|invalid.illegal.header'],
      ['[Files|invalid.illegal.header'],
    ]);
  });

  test('without a key or a sign have no colour', async () => {
    assert.deepEqual(await tokenize('Boot\n=yes\n\n  \n[Exec]'), [[], [], [], [], (await tokenize('[Exec]'))[0]]);
  });

  test('go on behind a backslash, over comments, up to an empty line', async () => {
    assert.deepEqual(await tokenize('Parameters=a \\\n# b \\\n[Exec] \\\n\n[Exec]'), [
      [
        'Parameters|keyword.other.key',
        '=|keyword.operator.assignment',
        'a|string.unquoted.word',
        '\\|constant.character.escape.line-continuation',
      ],
      ['#|punctuation.definition.comment', ' b \\|comment.line.number-sign'],
      ['[Exec]|string.unquoted.word', '\\|constant.character.escape.line-continuation'],
      [],
      (await tokenize('[Exec]'))[0],
    ]);
  });

  test('do not go on behind two backslashes, behind a blank or in a comment', async () => {
    const boot = (await tokenize('Boot=yes'))[0];
    for (const line of ['User=a\\\\', 'User=a\\ ', '# a \\', 'Bind=/a\\\\', 'a\\\\', 'Parameters="a\\\\'])
      assert.deepEqual((await tokenize(`${line}\nBoot=yes`))[1], boot, line);
    for (const line of ['User=a\\', 'User=a\\\\\\', 'Bind=/a\\', 'Bind=/a:/b:c\\', 'a\\', 'Unknown=\\', '[Exec] \\'])
      assert.notDeepEqual((await tokenize(`${line}\nBoot=yes`))[1], boot, line);
  });
});

describe('keys', () => {
  test('are those of the schema', async () => {
    for (const { name } of nspawnSchema.directives)
      assert.deepEqual(
        (await tokenize(`\t${name} \t= x`))[0]?.slice(0, 2),
        [`${name}|keyword.other.key`, '=|keyword.operator.assignment'],
        name,
      );
  });

  test('are others, or for others to read', async () => {
    for (const name of ['boot', 'Boots', 'LimitNofile', 'Foo Bar'])
      assert.equal((await tokenize(`${name} = 1`))[0]?.[0], `${name}|variable.other.key`);
    assert.equal((await tokenize('X-Boot=1'))[0]?.[0], 'X-Boot|variable.other.extension');
  });

  test('have no specifiers in their values, as systemd expands none', async () => {
    for (const { name } of nspawnSchema.directives)
      assert.ok(!(await value(`${name}=%i`)).some((piece) => piece.startsWith('%i|constant')), name);
  });
});

describe('values', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'Boot=yes': ['yes|constant.language.boolean'],
    'Private= OFF ': ['OFF|constant.language.boolean'],
    'Boot=yes no': [],
    'Boot=maybe': [],
    'Hostname=on': ['on|string.unquoted.name'],
    'ResolvConf=copy-host': ['copy-host|support.constant.mode'],
    'KillSignal=SIGRTMIN+3': ['SIGRTMIN+3|support.constant.mode'],
    'Volatile=yes': ['yes|constant.language.boolean'],
    'PrivateUsers=pick': ['pick|support.constant.mode'],
    'PrivateUsers=65536:4096': ['65536|constant.numeric', ':|punctuation.separator.field', '4096|constant.numeric'],
    'OOMScoreAdjust=-500': ['-500|constant.numeric'],
    'LimitNOFILE=1024:infinity': [
      '1024|constant.numeric',
      ':|punctuation.separator.field',
      'infinity|constant.language.infinity',
    ],
    'LimitAS=1.5G': ['1.5|constant.numeric', 'G|keyword.other.unit'],
    'LimitCPU=1h 30min': [
      '1|constant.numeric',
      'h|keyword.other.unit',
      '30|constant.numeric',
      'min|keyword.other.unit',
    ],
    'Port=udp:53': ['udp|support.constant.protocol', ':|punctuation.separator.field', '53|constant.numeric'],
    'CPUAffinity=0-3,5': [
      '0|constant.numeric',
      '-|keyword.operator.range',
      '3|constant.numeric',
      ',|punctuation.separator.list',
      '5|constant.numeric',
    ],
    'Capability=CAP_KILL x 5': ['CAP_KILL|support.constant.capability', '5|constant.numeric'],
    'DropCapability=all': ['all|support.constant.capability'],
    'SystemCallFilter=~@mount read': [
      '~|keyword.operator.negation',
      '@mount|support.constant.group',
      'read|support.function.syscall',
    ],
    'SystemCallFilter=read ~write': ['read|support.function.syscall', 'write|support.function.syscall'],
    'RestrictAddressFamilies=~AF_INET "AF_X"': [
      '~|keyword.operator.negation',
      'AF_INET|support.constant.family',
      '"|string.quoted.double',
      'AF_X|string.quoted.double',
      '"|string.quoted.double',
    ],
    'Parameters=/bin/sh -c "a\\" b\'c d\'': [
      '/bin/sh|string.unquoted.word',
      '-c|string.unquoted.word',
      '"|string.quoted.double',
      'a\\|string.quoted.double',
      '"|string.quoted.double',
      'b|string.unquoted.word',
      "'|string.quoted.single",
      'c d|string.quoted.single',
      "'|string.quoted.single",
    ],
    'Environment=A=b=c "D=e f"': [
      'A|variable.other.environment',
      '=|keyword.operator.environment',
      'b=c|string.unquoted.word',
      '"|string.quoted.double',
      'D|variable.other.environment',
      '=|keyword.operator.environment',
      'e f|string.quoted.double',
      '"|string.quoted.double',
    ],
    'Bind=+/a\\:b:/c d:idmap,norbind': [
      '+|keyword.operator.image',
      '/a|string.unquoted.path',
      '\\:|constant.character.escape',
      'b|string.unquoted.path',
      ':|punctuation.separator.field',
      '/c d|string.unquoted.path',
      ':|punctuation.separator.field',
      'idmap|support.constant.option',
      ',|punctuation.separator.option',
      'norbind|support.constant.option',
    ],
    'Bind=/a "b"': ['/a "b"|string.unquoted.path'],
    'Overlay=+/a:+/b::/c': [
      '+|keyword.operator.image',
      '/a|string.unquoted.path',
      ':|punctuation.separator.field',
      '+|keyword.operator.image',
      '/b|string.unquoted.path',
      ':|punctuation.separator.field',
      ':|punctuation.separator.field',
      '/c|string.unquoted.path',
    ],
    'TemporaryFileSystem=/tmp:mode=0755,ro': [
      '/tmp|string.unquoted.path',
      ':|punctuation.separator.field',
      'mode|support.constant.option',
      '=|keyword.operator.option',
      '0755|constant.numeric',
      ',|punctuation.separator.option',
      'ro|support.constant.option',
    ],
    'Inaccessible=/a:b\\c': ['/a:b|string.unquoted.path', '\\|string.unquoted.path', 'c|string.unquoted.path'],
    'BindUserShell=/bin/sh': ['/bin/sh|string.unquoted.path'],
    'BindUserShell=no': ['no|constant.language.boolean'],
    'Interface=a:b c': [
      'a|string.unquoted.name',
      ':|punctuation.separator.field',
      'b|string.unquoted.name',
      'c|string.unquoted.name',
    ],
  };
  for (const [line, pieces] of Object.entries(cases))
    test(`of ${line} have their colours`, async () => assert.deepEqual(await value(line), pieces));

  test('keep their colours where they go on', async () => {
    assert.deepEqual(await tokenize('Bind=/a:\\\n  /b\\\n  :ro'), [
      [
        'Bind|keyword.other.key',
        '=|keyword.operator.assignment',
        '/a|string.unquoted.path',
        ':|punctuation.separator.field',
        '\\|constant.character.escape.line-continuation',
      ],
      ['  /b|string.unquoted.path', '\\|constant.character.escape.line-continuation'],
      [':|punctuation.separator.field', 'ro|support.constant.option'],
    ]);
  });

  test('do not leave a quote open in the next line', async () => {
    assert.deepEqual((await tokenize('Parameters="a\nBoot=yes'))[1], (await tokenize('Boot=yes'))[0]);
  });

  test('that are no quoted words are no strings for the editor, which else would not complete them', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly contributes: {
        readonly grammars: readonly { readonly tokenTypes?: Readonly<Record<string, string>> }[];
      };
    };
    assert.deepEqual(manifest.contributes.grammars[0]?.tokenTypes, { 'string.unquoted': 'other' });
  });
});
