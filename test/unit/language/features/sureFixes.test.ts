import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import { codeActions } from '../../../../src/language/features/codeActions.ts';
import { diagnose } from '../../../../src/language/features/diagnose.ts';
import { sureChanges } from '../../../../src/language/features/sureFixes.ts';
import type { LanguageId } from '../../../../src/language/fileType.ts';
import { fileTypes } from '../../../../src/language/fileTypes.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { openFile } from '../../../../src/language/languageService.ts';
import { applyFixes } from '../../../../src/lint/applyFixes.ts';
import { opened } from './opened.ts';

/** The titles of all quick fixes of a text, and those of them that are preferred. */
const offered = (
  text: string,
  languageId: LanguageId = 'nspawn',
  change: Partial<Context> = {},
): { readonly all: readonly string[]; readonly sure: readonly string[]; readonly fixesAll: boolean } => {
  const file = opened(text, languageId);
  const context = { ...defaultContext, ...change };
  const range = { start: { line: 0, character: 0 }, end: file.textDocument.positionAt(text.length) };
  const actions = codeActions(file, range, context, diagnose(file, context));
  const fixes = actions.filter(({ kind, title }) => kind === 'quickfix' && !title.startsWith('Ignore '));
  return {
    all: fixes.map(({ title }) => title),
    sure: fixes.filter(({ isPreferred }) => isPreferred === true).map(({ title }) => title),
    fixesAll: actions.some(({ kind }) => kind === 'source.fixAll.nspawn'),
  };
};

describe('a repair is sure only when the text with it is', () => {
  const fatal: readonly (readonly [string, number])[] = [
    ['[Exec]\nInterface=a:b:c\n', 262],
    ['[Exec]\nCPUAFFINITY=1.5\n', 252],
    ['[EXEC]\nCPUAffinity=1.5\n', 252],
    ['[Files]\nPort=53\n', 257],
    ['[Files]\nPort=Udp:1:1\n', 262],
    ['[Files]\nVolatile=State\nPrivateUsersChown=yes\n[Exec]\nPrivateUsers=pick\n', 252],
    ['[Files]\nBindUserShell="/bin/sh"\n', 262],
  ];
  for (const [text, systemdVersion] of fatal)
    test(`${JSON.stringify(text)} starts with ${systemdVersion}, and would not with the repair`, () => {
      const { all, sure, fixesAll } = offered(text, 'nspawn', { systemdVersion });
      assert.ok(all.length > 0, 'the repair is still offered');
      assert.deepEqual(sure, []);
      assert.ok(!fixesAll);
      assert.equal(applyFixes(text, 'nspawn', { ...defaultContext, systemdVersion }, fileTypes), text);
    });

  test('a repair that keeps the machine from starting is not made up for by another that no longer does', () => {
    const text = '[Exec]\nAmbientCapability=All\n[Files]\nTemporaryFileSystem=/srv: #\n';
    const { sure } = offered(text, 'nspawn', { systemdVersion: 257 });
    assert.ok(!sure.includes('Write all'), sure.join(', '));
    const fixed = applyFixes(text, 'nspawn', { ...defaultContext, systemdVersion: 257 }, fileTypes);
    assert.equal(fixed, '[Exec]\nAmbientCapability=All\n[Files]\n#\nTemporaryFileSystem=/srv:\n');
  });

  test('what makes a line count that names what may not be there is not sure', () => {
    for (const text of [
      '[ Files]\nBindUser=daemon\n',
      '[Exec]\nBind=/srv\n',
      '[Exec]\nUSER=web\n',
      '[exec]\nUser=web\n',
    ])
      assert.deepEqual(offered(text).sure, [], text);
    assert.deepEqual(offered('[ Files]\nReadOnly=yes\n').sure, ['Change to [Files]']);
  });

  test('a name that is mended so that the machine lacks a path that another line needs is not sure', () => {
    const slip = '[Files]\nvolatile=y\n';
    assert.deepEqual(offered(slip).sure, ['Change to Volatile=']);
    const { all, sure } = offered(`${slip}Inaccessible=/mnt\n`);
    assert.ok(all.includes('Change to Volatile='), all.join(', '));
    assert.deepEqual(sure, []);
  });

  test('one that lets another line count no more is not sure', () => {
    assert.deepEqual(offered('[Files]\nReadOnly=yes\nREADONLY=no\n').sure, []);
    assert.deepEqual(offered('[exec]\nBoto=yes\nBoot=maybe\n').sure, ['Change to [Exec]']);
  });

  test('one that leaves what it is for is not sure', () => {
    assert.deepEqual(offered('[Exec]\nCapability=foo;\n').sure, []);
    assert.deepEqual(offered('[Exec]\nCapability=CAP_KILL;\n').sure, ['Write blanks between the capabilities']);
  });

  test('a file that is not read to its end is not brought to be refused', () => {
    assert.deepEqual(offered('\ufeffgroup a { cpu { }\n', 'cgconfig').sure, []);
    assert.deepEqual(offered('\ufeffgroup a { cpu { } }\n', 'cgconfig').sure, ['Remove the byte order mark']);
    assert.deepEqual(offered('*"": cpu d\n', 'cgrules').sure, []);
    assert.deepEqual(offered('a:"b"c cpu d\n', 'cgrules').sure, []);
  });

  test('what stands behind a mistake that refuses the file is not touched', () => {
    const text = 'group a { cpu { } }/* c */ memory { }';
    assert.equal(applyFixes(text, 'cgconfig', defaultContext, fileTypes), text);
  });

  test('a line that a backslash and a lone CR leave open does not swallow what is put below it', () => {
    for (const [text, fixed] of [
      ['[Exec]\nVirtualEthernet=yes\nUser=a\\\r', '[Exec]\nUser=a\\\r\n\n[Network]\nVirtualEthernet=yes\n'],
      ['[Exec]\nReadOnly=no\n[Files]\nVolatile=no\\\0', '[Exec]\n[Files]\nVolatile=no\\\0\n\nReadOnly=no\n'],
    ] as const)
      assert.equal(applyFixes(text, 'nspawn', defaultContext, fileTypes), fixed);
  });

  test('all others are made, however many there are', () => {
    const good = (count: number): string => 'noNewPrivileges=yes\nBoot = "yes"\n'.repeat(count);
    const text = `[Exec]\n${good(1)}[Files]\nPort=53\n[exec]\nProcessTwo="no"\n`;
    const fixed = applyFixes(text, 'nspawn', defaultContext, fileTypes);
    assert.match(fixed, /^NoNewPrivileges=yes$/mu);
    assert.match(fixed, /^\[Files\]\nPort=53$/mu);
    const many = `[Exec]\n${'tIMEZONE=off\n'.repeat(500)}Port=53\n`;
    assert.equal(applyFixes(many, 'nspawn', defaultContext, fileTypes).includes('tIMEZONE'), false);
  });

  /** How often a text with so many wrong repairs is judged for all that is asked of it. */
  const checksOf = (repairs: number): number => {
    let checks = 0;
    const [nspawn] = fileTypes;
    assert.ok(nspawn !== undefined);
    const type = {
      ...nspawn,
      check: (...args: Parameters<typeof nspawn.check>) => {
        checks++;
        return nspawn.check(...args);
      },
    };
    const text = '[Files]\nPort=53\n'.repeat(repairs);
    const file = openFile(TextDocument.create('file:///m.nspawn', 'nspawn', 1, text), 'nspawn', [type]);
    assert.ok(file !== undefined);
    const findings: readonly Finding[] = diagnose(file, defaultContext);
    assert.deepEqual(sureChanges(file, findings, defaultContext), []);
    sureChanges(file, findings, defaultContext);
    const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    codeActions(file, whole, defaultContext, findings);
    return checks;
  };

  test('a text is judged so many times at most, however many repairs of it are wrong', () => {
    const checks = checksOf(400);
    assert.ok(checks <= 60, `${checks} times`);
  });

  test('a text that takes long to judge is judged a few times only', () => {
    const checks = checksOf(4_000);
    assert.ok(checks <= 8, `${checks} times`);
  });
});
