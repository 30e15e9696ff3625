import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import { diagnose } from '../../../../src/language/features/diagnose.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { opened } from './opened.ts';

const context: Context = { ...defaultContext, systemdVersion: 252 };

const found = (text: string, change: Partial<Context> = {}): readonly Finding[] =>
  diagnose(opened(text), { ...context, ...change });

const rules = (text: string, change: Partial<Context> = {}): readonly string[] =>
  found(text, change).map(({ line, rule }) => `${line} ${rule}`);

test('A comment makes the next line be left alone, past other comments and empty lines', () => {
  assert.deepEqual(rules('[Exec]\n# nspawn-lint: ignore unknown-key\nfoo=1\nbar=1\n'), ['4 unknown-key']);
  assert.deepEqual(rules('[Exec]\n; nspawn-lint: ignore unknown-key\n\n# why\n  foo=1\n'), []);
  assert.deepEqual(rules('[Exec]\n#nspawn-lint:ignore missing-equals\nfoo\nBoot=1\n'), []);
  assert.deepEqual(rules('# nspawn-lint: ignore unknown-section -- it is for another tool\n[Mine]\n'), []);
});

test('Only the rules that are named are ignored', () => {
  assert.deepEqual(rules('[Exec]\n# nspawn-lint: ignore missing-key\nfoo=1\n'), ['2 ignore-unused', '3 unknown-key']);
  assert.deepEqual(
    rules('[Network]\n# nspawn-lint: ignore network-group-replace, interface-name-refused\nMACVLAN=eth0\nBoot=1\n'),
    ['2 ignore-unknown-rule', '4 key-in-wrong-section'],
  );
});

test('A comment inside a continued line speaks of that line', () => {
  assert.deepEqual(rules('[Exec]\nfoo=1 \\\n# nspawn-lint: ignore unknown-key\n  2\nbar=1\n'), ['5 unknown-key']);
});

test('A comment for the file holds everywhere', () => {
  assert.deepEqual(rules('[Exec]\nfoo=1\nbar=1\n# nspawn-lint: ignore-file unknown-key\n'), []);
});

test('A comment with nothing to ignore, no rule, or a rule that there is not, is a hint', () => {
  const hints = (text: string): readonly string[] => {
    const findings = found(text);
    assert.ok(findings.every(({ severity }) => severity === 'hint'));
    return findings.map(({ rule, start, end }) => `${rule} «${text.slice(start, end)}»`);
  };
  assert.deepEqual(hints('[Exec]\n# nspawn-lint: ignore unknown-key\nBoot=1\n'), ['ignore-unused «unknown-key»']);
  assert.deepEqual(hints('[Exec]\nBoot=1\n# nspawn-lint: ignore unknown-key\n'), ['ignore-unused «unknown-key»']);
  assert.deepEqual(hints('[Exec]\n# nspawn-lint: ignore\nBoot=1\n'), ['ignore-unused «# nspawn-lint: ignore»']);
  assert.deepEqual(hints('[Exec]\n# nspawn-lint: ignore nonsense\nBoot=1\n'), ['ignore-unknown-rule «nonsense»']);
  assert.deepEqual(hints('[Exec]\n# nspawn-lint: ignored is nothing\nBoot=1\n'), []);
});

test('What a rule that is off would say is not missed', () => {
  const text = '[Exec]\n# nspawn-lint: ignore missing-key\nBoot=1\n';
  assert.deepEqual(rules(text, { severities: { 'missing-key': 'off' } }), []);
});

test('The way out takes away the name, or the comment when there is no other name', () => {
  const after = (text: string): string => {
    const document = TextDocument.create('file:///m.nspawn', 'nspawn', 0, text);
    const changes = found(text).flatMap(({ fixes }) => fixes?.[0]?.changes ?? []);
    return TextDocument.applyEdits(
      document,
      changes.map((change) => ({
        range: { start: document.positionAt(change.start), end: document.positionAt(change.end) },
        newText: change.text,
      })),
    );
  };
  assert.equal(after('[Exec]\r\n  # nspawn-lint: ignore missing-key\r\nBoot=1\r\n'), '[Exec]\r\nBoot=1\r\n');
  assert.equal(
    after('[Exec]\n# nspawn-lint: ignore missing-key, missing-equals\nfoo\nBoot=1\n'),
    '[Exec]\n# nspawn-lint: ignore missing-equals\nfoo\nBoot=1\n',
  );
  assert.equal(
    after('[Exec]\n# nspawn-lint: ignore missing-equals, missing-key\nfoo\nBoot=1\n'),
    '[Exec]\n# nspawn-lint: ignore missing-equals\nfoo\nBoot=1\n',
  );
});
