import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import { semanticTokens, tokenLegend } from '../../../../src/language/features/semanticTokens.ts';
import { opened } from './opened.ts';

const tokensIn = (text: string, more: Partial<Context> = {}): readonly string[] => {
  const { data } = semanticTokens(opened(text), { ...defaultContext, ...more });
  const lines = text.split('\n');
  const tokens: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lineDelta = 0, delta = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = lineDelta === 0 ? character + delta : delta;
    line += lineDelta;
    const name = tokenLegend.tokenTypes[type] ?? '';
    const modifier = modifiers === 0 ? '' : ` ${tokenLegend.tokenModifiers[modifiers - 1] ?? ''}`;
    tokens.push(`${(lines[line] ?? '').slice(character, character + length)}|${name}${modifier}`);
  }
  return tokens;
};

describe('semantic tokens', () => {
  test('fade what does not count', () => {
    assert.deepEqual(tokensIn('A=1\n[Exec]\nBoot=maybe\nFoo=a b\nPort=80\n'), [
      'A|comment',
      '1|comment',
      'Boot|comment',
      'maybe|comment',
      'Foo|comment',
      'a b|comment',
      'Port|comment',
      '80|comment',
    ]);
    assert.deepEqual(tokensIn('[Unit]\nA=b\n[X-a]\nA=b\n[Exec]\nX-A=b\n'), ['A|comment', 'b|comment']);
  });

  test('follow the version and the place of the file', () => {
    const text = '[Exec]\nSuppressSync=yes\n';
    assert.deepEqual(tokensIn(text), ['yes|enumMember']);
    assert.deepEqual(tokensIn(text, { systemdVersion: 249 }), ['SuppressSync|comment', 'yes|comment']);
    assert.deepEqual(tokensIn('[Network]\nPrivate=yes\n', { place: { trust: 'untrusted' } }), [
      'Private|comment',
      'yes|comment',
    ]);
  });

  test('go line by line over a value that goes on', () => {
    assert.deepEqual(tokensIn('[Exec]\nFoo=a \\\n# b\n   c d \\\n\n'), ['Foo|comment', 'a|comment', 'c d|comment']);
  });

  test('know the words of a directive', () => {
    assert.deepEqual(tokensIn('[Exec]\nResolvConf=copy-host\nKillSignal=SIGTERM\nPrivateUsers=pick\nHostname=on\n'), [
      'copy-host|enumMember',
      'SIGTERM|enumMember',
      'pick|enumMember',
    ]);
    assert.deepEqual(tokensIn('[Exec]\nResolvConf=copy-stub\n', { systemdVersion: 245 }), [
      'ResolvConf|comment',
      'copy-stub|comment',
    ]);
  });

  test('know the words of a list one by one', () => {
    assert.deepEqual(
      tokensIn('[Exec]\nCapability=CAP_KILL CAP_NO all\nSystemCallFilter=~@mount kexec_load nonsense\n'),
      ['CAP_KILL|enumMember', 'all|enumMember', '@mount|macro', 'kexec_load|function'],
    );
    assert.deepEqual(tokensIn('[Exec]\nRestrictAddressFamilies=~AF_INET \\\n  AF_INET6\n'), [
      'AF_INET|enumMember',
      'AF_INET6|enumMember',
    ]);
  });

  test('mark a directive that another took the place of', () => {
    assert.deepEqual(tokensIn('[Files]\nPrivateUsersChown=no\n'), [
      'PrivateUsersChown|property deprecated',
      'no|enumMember',
    ]);
  });
});
