import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../../src/language/finding.ts';
import { reportFindings } from '../../../src/lint/report.ts';

const findingAt = (start: number, end: number): Finding => ({
  rule: 'x',
  severity: 'error',
  effect: 'none',
  message: '',
  start,
  end,
  line: 1,
});

test('positions are those of an editor, whatever ends the lines', () => {
  for (const text of ['', 'a', '\n', 'ab\ncd\n', '\n\na😀b\n\n', 'a\r\nb\rc\n\r', 'é\u2028x\ny']) {
    const document = TextDocument.create('file:///x', 'nspawn', 0, text);
    for (let start = 0; start <= text.length; start++) {
      const [told] = reportFindings('x', document, [findingAt(start, text.length)]);
      const [first, last] = [document.positionAt(start), document.positionAt(text.length)];
      assert.deepEqual(
        [told?.line, told?.column, told?.endLine, told?.endColumn],
        [first.line + 1, first.character + 1, last.line + 1, last.character + 1],
        JSON.stringify([text, start]),
      );
    }
  }
});
