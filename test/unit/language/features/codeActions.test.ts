import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction } from 'vscode-languageserver-types';
import { defaultContext } from '../../../../src/language/context.ts';
import { codeActions } from '../../../../src/language/features/codeActions.ts';
import { diagnose } from '../../../../src/language/features/diagnose.ts';
import type { SourceFile } from '../../../../src/language/fileType.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { opened, openedAt } from './opened.ts';

const finding = (file: SourceFile, marked: string, more: Partial<Finding> = {}): Finding => {
  const start = file.textDocument.getText().indexOf(marked);
  return {
    rule: 'some-rule',
    severity: 'warning',
    effect: 'ignored',
    message: 'Wrong.',
    start,
    end: start + marked.length,
    line: 1,
    ...more,
  };
};

const actionsAt = (
  marked: string,
  findings: (file: SourceFile) => readonly Finding[] = () => [],
  systemdVersion = 262,
): { readonly file: SourceFile; readonly actions: readonly CodeAction[] } => {
  const { file, position } = openedAt(marked);
  const context = { ...defaultContext, systemdVersion };
  return { file, actions: codeActions(file, { start: position, end: position }, context, findings(file)) };
};

const after = (file: SourceFile, action: CodeAction | undefined): string => {
  assert.ok(action?.edit?.changes !== undefined);
  return TextDocument.applyEdits(file.textDocument, action.edit.changes[file.textDocument.uri] ?? []);
};

/** The titles of the rewrites and the texts that they make. */
const rewritesAt = (marked: string, systemdVersion?: number): Readonly<Record<string, string>> => {
  const { file, actions } = actionsAt(marked, () => [], systemdVersion);
  return Object.fromEntries(actions.map((action) => [action.title, after(file, action)]));
};

describe('code actions for findings', () => {
  test('hold the fixes of the findings at the cursor, with their diagnostics', () => {
    const { file, actions } = actionsAt('[Exec]\nBo|ot=ja\nUser=x\n', (one) => [
      finding(one, 'Boot', {
        fixes: [{ title: 'Change to yes', changes: [{ start: 12, end: 14, text: 'yes' }], preferred: true }],
      }),
      finding(one, 'User', { rule: 'other-rule', fixes: [{ title: 'No', changes: [] }] }),
    ]);
    const [fix] = actions;
    assert.equal(fix?.title, 'Change to yes');
    assert.equal(fix.kind, 'quickfix');
    assert.equal(fix.isPreferred, true);
    assert.equal(fix.diagnostics?.[0]?.code, 'some-rule');
    assert.equal(after(file, fix), '[Exec]\nBoot=yes\nUser=x\n');
    assert.ok(!actions.some(({ title }) => title === 'No'));
  });

  test('move a file by a command of the editor', () => {
    const { actions } = actionsAt('[Exec]\nBoot=y|es\n', (file) => [
      finding(file, 'Boot=yes', { fixes: [{ title: 'Move it', changes: [], moveTo: '/etc/systemd/nspawn/m.nspawn' }] }),
    ]);
    assert.deepEqual(actions[0]?.command, {
      title: 'Move it',
      command: 'nspawn.moveNspawnFile',
      arguments: ['file:///m.nspawn', '/etc/systemd/nspawn/m.nspawn'],
    });
    assert.equal(actions[0].edit, undefined);
  });

  test('ignore a rule above the first line of the assignment, once a rule, or in the whole file', () => {
    const { file, actions } = actionsAt('[Exec]\n  Parameters=a \\\n  |b\n', (one) => [
      finding(one, 'b'),
      finding(one, 'b', { message: 'Also.' }),
    ]);
    assert.deepEqual(
      actions
        .filter(({ title }) => title.includes('some-rule'))
        .map((action) => [action.title, action.diagnostics?.[0]?.code, after(file, action)]),
      [
        ['Ignore some-rule here', 'some-rule', '[Exec]\n# nspawn-lint: ignore some-rule\n  Parameters=a \\\n  b\n'],
        [
          'Ignore some-rule in this file',
          'some-rule',
          '# nspawn-lint: ignore-file some-rule\n[Exec]\n  Parameters=a \\\n  b\n',
        ],
      ],
    );
  });

  const ignored = (marked: string, about: string, more: Partial<Finding> = {}): readonly string[] => {
    const { file, actions } = actionsAt(marked, (one) => [finding(one, about, more)]);
    return actions.filter(({ title }) => title.startsWith('Ignore')).map((action) => after(file, action));
  };

  test('add to a comment that ignores a rule already', () => {
    assert.equal(
      ignored('[Exec]\n# nspawn-lint: ignore a -- why\nBo|ot=yes\n', 'Boot')[0],
      '[Exec]\n# nspawn-lint: ignore a, some-rule -- why\nBoot=yes\n',
    );
    assert.equal(
      ignored('# nspawn-lint: ignore-file a\n[E|xec]\n', '[Exec]')[0],
      '# nspawn-lint: ignore-file a\n# nspawn-lint: ignore some-rule\n[Exec]\n',
    );
    assert.equal(
      ignored('# nspawn-lint: ignore a\n\n[E|xec]\n', '[Exec]')[0],
      '# nspawn-lint: ignore a\n\n# nspawn-lint: ignore some-rule\n[Exec]\n',
    );
  });

  test('ignore a rule with the line ends of the file', () => {
    assert.equal(ignored('[Exe|c]\r\n', '[Exec]')[0], '# nspawn-lint: ignore some-rule\r\n[Exec]\r\n');
    assert.equal(
      ignored('# nspawn-lint: ignore a\r\n[Exe|c]\r\n', '[Exec]')[0],
      '# nspawn-lint: ignore a, some-rule\r\n[Exec]\r\n',
    );
  });

  test('ignore what speaks of no line only in the whole file, and what speaks of such comments never', () => {
    assert.deepEqual(ignored('|# a\n[Exec]\n', '# a'), ['# nspawn-lint: ignore-file some-rule\n# a\n[Exec]\n']);
    assert.deepEqual(ignored('# nspawn-lint: ignore |a\n', 'a', { rule: 'ignore-unused' }), []);
  });

  test('that ignore are obeyed', () => {
    const { file, position } = openedAt('[Exec]\nBoo|t=maybe\n[Files\n');
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const findings = diagnose(file, defaultContext);
    assert.ok(findings.length >= 2);
    for (const { rule } of findings) {
      const actions = codeActions(file, range, defaultContext, findings);
      for (const title of [`Ignore ${rule} here`, `Ignore ${rule} in this file`]) {
        const ignoring = opened(
          after(
            file,
            actions.find((action) => action.title === title),
          ),
        );
        const left = diagnose(ignoring, defaultContext).map((one) => one.rule);
        assert.ok(!left.includes(rule), `${title}: ${left.join(' ')}`);
        assert.ok(!left.includes('ignore-unused'), title);
      }
    }
    assert.equal(position.line, 1);
  });

  test('fix all that is preferred in the whole file, but of two that touch only the first', () => {
    const change = (start: number, end: number, text: string): Partial<Finding> => ({
      fixes: [
        { title: 'x', changes: [] },
        { title: text, changes: [{ start, end, text }], preferred: true },
      ],
    });
    const { file, actions } = actionsAt('abcdef|ghij', (one) => [
      finding(one, 'b', change(1, 2, 'B')),
      finding(one, 'bc', change(1, 3, '??')),
      finding(one, 'h', change(7, 8, 'H')),
      finding(one, 'e', {
        fixes: [
          {
            title: 'move',
            changes: [
              { start: 4, end: 5, text: '' },
              { start: 5, end: 5, text: 'E' },
            ],
            preferred: true,
          },
        ],
      }),
      finding(one, 'de', change(3, 4, '??')),
      finding(one, 'j', { fixes: [{ title: 'not sure', changes: [{ start: 9, end: 10, text: 'J' }] }] }),
    ]);
    const fixAll = actions.find(({ kind }) => kind === 'source.fixAll.nspawn');
    assert.equal(after(file, fixAll), 'aBcdEfgHij');
  });

  test('are none where nothing is to be done', () => {
    assert.deepEqual(actionsAt('[Exec]\nBoot=y|es\n').actions, []);
    assert.deepEqual(actionsAt('|').actions, []);
  });
});

describe('rewrites', () => {
  test('split a list and let it go on', () => {
    assert.deepEqual(rewritesAt('[Exec]\nCapability = CAP_|KILL  CAP_CHOWN\nBoot=yes\n'), {
      'Split into 2 Capability= lines': '[Exec]\nCapability = CAP_KILL\nCapability = CAP_CHOWN\nBoot=yes\n',
      'Let the list go on over several lines': '[Exec]\nCapability = CAP_KILL \\\n    CAP_CHOWN\nBoot=yes\n',
    });
  });

  test('keep the sign of a list on every line', () => {
    assert.equal(
      rewritesAt('[Exec]\nSystemCallFilter=~@mo|unt kexec_load\n')['Split into 2 SystemCallFilter= lines'],
      '[Exec]\nSystemCallFilter=~@mount\nSystemCallFilter=~kexec_load\n',
    );
    assert.equal(
      rewritesAt('[Exec]\nRestrictAddressFamilies=~AF_IN|ET AF_INET6')['Let the list go on over several lines'],
      '[Exec]\nRestrictAddressFamilies=~AF_INET \\\n    AF_INET6',
    );
  });

  test('take quoted words as they are', () => {
    assert.equal(
      rewritesAt(`[Exec]\nParameters=/bin/|sh -c "a  b" 'c'\n`)['Split into 4 Parameters= lines'],
      `[Exec]\nParameters=/bin/sh\nParameters=-c\nParameters="a  b"\nParameters='c'\n`,
    );
  });

  test('do not make a comment or a line that goes on out of a word', () => {
    assert.deepEqual(Object.keys(rewritesAt('[Exec]\nParameters=ec|ho #a\n')), ['Split into 2 Parameters= lines']);
    assert.deepEqual(rewritesAt('[Exec]\nParameters=ec|ho\\ a\n'), {});
  });

  test('join assignments right below each other, but not over a comment or an empty one', () => {
    assert.equal(
      rewritesAt('[Exec]\nCapability=CAP_KILL\n\nCapability=CAP_CH|OWN\nBoot=yes\nCapability=CAP_FOWNER\n')[
        'Join 2 Capability= lines'
      ],
      '[Exec]\nCapability=CAP_KILL CAP_CHOWN\nBoot=yes\nCapability=CAP_FOWNER\n',
    );
    assert.deepEqual(rewritesAt('[Exec]\nCapability=CAP_KI|LL\n# why\nCapability=CAP_CHOWN\n'), {});
    assert.deepEqual(rewritesAt('[Exec]\nParameters=\nParameters=|a\nParameters=\n'), {});
    assert.deepEqual(rewritesAt('[Exec]\nSystemCallFilter=~re|ad\nSystemCallFilter=write\n'), {});
    assert.deepEqual(rewritesAt('[Exec]\nCapability=CAP_KI|LL\n\v\nCapability=CAP_CHOWN\n'), {});
    assert.deepEqual(rewritesAt('[Exec]\nUser=a\nUser=|b\n'), {});
    assert.deepEqual(rewritesAt('[Files]\nBind=/|a\nBind=/b\n'), {});
  });

  test('put what goes on onto one line', () => {
    assert.equal(
      rewritesAt('[Exec]\nParameters=a \\\n   "b \\\n c" |d\n')['Put all on one line'],
      '[Exec]\nParameters=a "b   c" d\n',
    );
    assert.equal(rewritesAt('[Files]\nBind=/a \\\n  |b\n')['Put all on one line'], '[Files]\nBind=/a    b\n');
    assert.deepEqual(rewritesAt('[Files]\nBind=/a \\\n# why\n  |b\n'), {});
  });

  test('quote a variable that stops at a blank', () => {
    assert.equal(
      rewritesAt('[Exec]\nEnvironment=X=1 A=b |c d E=f\n')['Quote "A=b c d" as one variable'],
      '[Exec]\nEnvironment=X=1 "A=b c d" E=f\n',
    );
    assert.ok(!Object.keys(rewritesAt('[Exec]\nEnvironment=A=b| C=d\n')).some((title) => title.startsWith('Quote')));
  });

  test('quote what is selected, where quotes group', () => {
    const quoted = (text: string, selected: string): string | undefined => {
      const file = opened(text);
      const start = text.indexOf(selected);
      const range = {
        start: file.textDocument.positionAt(start),
        end: file.textDocument.positionAt(start + selected.length),
      };
      const action = codeActions(file, range, defaultContext, []).find(({ title }) => title.startsWith('Quote the'));
      return action === undefined ? undefined : after(file, action);
    };
    assert.equal(quoted('[Exec]\nParameters=sh -c echo hi\n', ' echo hi'), '[Exec]\nParameters=sh -c "echo hi"\n');
    assert.equal(quoted('[Exec]\nParameters=sh -c echo hi\n', 'echo'), undefined);
    assert.equal(quoted(`[Exec]\nParameters=sh -c 'echo hi'\n`, "-c 'echo"), undefined);
    assert.equal(quoted('[Files]\nBind=/a b c\n', 'b c'), undefined);
    assert.equal(quoted('[Exec]\nParameters=a b\nUser=c\n', 'b\nUser=c'), undefined);
  });

  test('give each of several things a line where only one is taken', () => {
    assert.equal(
      rewritesAt('[Files]\nBind = /a| +/b:/c\n')['Split into 2 Bind= lines'],
      '[Files]\nBind = /a\nBind = +/b:/c\n',
    );
    assert.equal(
      rewritesAt('[Network]\nPort=80|, udp:53\n')['Split into 2 Port= lines'],
      '[Network]\nPort=80\nPort=udp:53\n',
    );
    assert.equal(
      rewritesAt('[Files]\nInaccessible=/a| /b\n')['Split into 2 Inaccessible= lines'],
      '[Files]\nInaccessible=/a\nInaccessible=/b\n',
    );
    assert.deepEqual(rewritesAt('[Files]\nBind=/a| b\n'), {});
    assert.deepEqual(rewritesAt('[Files]\nBind=/a|\\ /b\n'), {});
  });

  test('name the successor of PrivateUsersChown= where it is known', () => {
    assert.equal(
      rewritesAt('[Files]\nPrivateUsersChown=y|es\n')['Change to PrivateUsersOwnership=chown'],
      '[Files]\nPrivateUsersOwnership=chown\n',
    );
    assert.deepEqual(Object.keys(rewritesAt('[Files]\nPrivateUsersChown=n|o\n', 249)), [
      'Change to PrivateUsersOwnership=off',
    ]);
    assert.deepEqual(rewritesAt('[Files]\nPrivateUsersChown=y|es\n', 248), {});
  });

  test('are only for what systemd knows', () => {
    assert.deepEqual(rewritesAt('[Exec]\nCapabilities=a| b\n'), {});
    assert.deepEqual(rewritesAt('[Files]\nCapability=CAP_KILL| CAP_CHOWN\n'), {});
    assert.deepEqual(rewritesAt('[Exec]\nRestrictAddressFamilies=AF_INET| AF_INET6\n', 260), {});
  });
});
