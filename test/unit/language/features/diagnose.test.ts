import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import { defaultContext } from '../../../../src/language/context.ts';
import { diagnose } from '../../../../src/language/features/diagnose.ts';
import { diagnosticsOf } from '../../../../src/language/features/diagnostics.ts';
import { opened } from './opened.ts';

const context = { ...defaultContext, systemdVersion: 252 };

test('A diagnostic has the rule as its code, and says what will happen', () => {
  const file = opened('[Exec]\n  foo = 1\n');
  const [diagnostic, ...others] = diagnosticsOf(file, diagnose(file, context));
  assert.deepEqual(others, []);
  assert.deepEqual(diagnostic?.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } });
  assert.equal(diagnostic.severity, DiagnosticSeverity.Warning);
  assert.equal(diagnostic.code, 'unknown-key');
  assert.equal(diagnostic.source, 'nspawn-lint');
  assert.deepEqual(diagnostic.data, { effect: 'ignored' });
});

test('What does not count is faded, and leads to what does', () => {
  const file = opened('[Exec]\nHostname=a\nHostname=b\n');
  const [diagnostic] = diagnosticsOf(file, diagnose(file, context));
  assert.equal(diagnostic?.severity, DiagnosticSeverity.Information);
  assert.deepEqual(diagnostic.tags, [DiagnosticTag.Unnecessary]);
  assert.deepEqual(diagnostic.relatedInformation?.[0]?.location, {
    uri: 'file:///m.nspawn',
    range: { start: { line: 2, character: 0 }, end: { line: 2, character: 10 } },
  });
});

test('A user sets the severity of a rule, or turns it off', () => {
  const file = opened('[Exec]\nfoo=1\n=1\n');
  const severities = { 'unknown-key': 'error', 'missing-key': 'off' } as const;
  assert.deepEqual(
    diagnose(file, { ...context, severities }).map(({ rule, severity, effect }) => `${rule} ${severity} ${effect}`),
    ['unknown-key error ignored'],
  );
});
