import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { symbols } from '../../../../src/language/features/symbols.ts';
import { opened } from './opened.ts';

const outline = (all: readonly DocumentSymbol[] | undefined, text: string, depth = 0): string =>
  (all ?? [])
    .map(({ name, detail, range, children }) => {
      const lines = `${range.start.line}-${range.end.line}`;
      return `${'  '.repeat(depth)}${name}${detail === undefined ? '' : `: ${detail}`} ${lines}\n${outline(children, text, depth + 1)}`;
    })
    .join('');

const outlineOf = (text: string): string => outline(symbols(opened(text)), text);

test('An outline shows sections with their assignments and the values of these', () => {
  assert.equal(
    outlineOf('[Exec]\nBoot=yes\nParameters=a \\\n  b\n\n[Network]\nPort=80\n\n'),
    '[Exec] 0-3\n'.replaceAll(/[[\]]/gu, '') + '  Boot: yes 1-1\n  Parameters: a b 2-3\nNetwork 5-6\n  Port: 80 6-6\n',
  );
});

test('An outline shows what stands in no section, and the same section twice', () => {
  assert.equal(outlineOf('A=1\n[Exec]\n[Exec]\nB=2'), 'A: 1 0-0\nExec 1-1\nExec 2-3\n  B: 2 3-3\n');
});

test('No name in an outline is empty, and what is selected lies within the whole', () => {
  const text = '[]\nKey=\n[Files]\nBind=/a \\\n';
  const check = (all: readonly DocumentSymbol[] | undefined): void => {
    for (const { name, range, selectionRange, children } of all ?? []) {
      assert.notEqual(name, '');
      assert.ok(selectionRange.start.line >= range.start.line && selectionRange.end.line <= range.end.line);
      check(children);
    }
  };
  check(symbols(opened(text)));
});

test('A long value is cut in an outline', () => {
  const detail = symbols(opened(`[Exec]\nParameters=${'x'.repeat(500)}`))[0]?.children?.[0]?.detail;
  assert.equal(detail, `${'x'.repeat(79)}…`);
});
