import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { migrateToSystemd, migrateToV2 } from '../../../src/language/cgconfig/migrate/migrate.ts';
import { groupFileOf } from '../../../src/language/cgroups/groupFile.ts';
import { defaultContext } from '../../../src/language/context.ts';
import type { LanguageId, SourceFile } from '../../../src/language/fileType.ts';
import type { Finding, Severity } from '../../../src/language/finding.ts';
import { noHostObjects } from '../../../src/language/hostObjects.ts';
import { languageFeatures, openFile } from '../../../src/language/languageService.ts';
import { findingsToTell, longestText, mostFindings } from '../../../src/language/limits.ts';

/** Each has something to repair, to lay out and to convert, and is as long as is wanted. */
const units: Readonly<Record<LanguageId, string>> = {
  nspawn: '[Exec]\nboot  =  yes\nBind=/a\n',
  cgconfig: 'group g { cpu { cpu.shares = 1; } }\n',
  cgrules: 'u    cpu    g\n',
  lxc: 'lxc.tty.max=x\n',
  lxcsystem: 'lxc.nosuch=x\n',
  lxcusernet: 'anna veth br0 x\n',
  lxcnet: 'LXC_NOSUCH=x\n',
};
const types = ['nspawn', 'cgconfig', 'cgrules', 'lxc', 'lxcsystem', 'lxcusernet', 'lxcnet'] as const;

const read = (languageId: LanguageId, text: string): SourceFile => {
  const file = openFile(TextDocument.create('file:///long', languageId, 1, text), languageId);
  assert.ok(file !== undefined);
  return file;
};

const textOf = (languageId: LanguageId, length: number): string =>
  units[languageId].repeat(Math.ceil(length / units[languageId].length)).slice(0, length);

describe('a text of ten million characters', () => {
  for (const languageId of types)
    test(`is not judged as ${languageId}, which is said, and nothing is changed in it`, async () => {
      const file = read(languageId, textOf(languageId, 10_000_000));
      const findings = languageFeatures.diagnose(file, defaultContext);
      assert.deepEqual(
        findings.map(({ rule, severity, start, end, line, fixes }) => ({ rule, severity, start, end, line, fixes })),
        [{ rule: 'file-too-long', severity: 'warning', start: 0, end: 0, line: 1, fixes: undefined }],
      );
      assert.match(findings[0]?.message ?? '', /10000000 characters.*more than 2097152/u);
      const everything = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };
      assert.deepEqual(languageFeatures.format(file), []);
      assert.deepEqual(languageFeatures.codeActions(file, everything, defaultContext, findings), []);
      assert.deepEqual(languageFeatures.symbols(file), []);
      assert.deepEqual(languageFeatures.foldingRanges(file), []);
      assert.deepEqual(languageFeatures.semanticTokens(file, defaultContext).data, []);
      assert.deepEqual(languageFeatures.inlayHints(file, everything, defaultContext), []);
      assert.deepEqual(languageFeatures.links(file, defaultContext), []);
      for (const position of [everything.start, { line: 2, character: 1 }]) {
        assert.equal(languageFeatures.hover(file, position, defaultContext), undefined);
        const { items } = await languageFeatures.complete(file, position, defaultContext, noHostObjects);
        assert.deepEqual(items, []);
        assert.deepEqual(languageFeatures.definition(file, position, defaultContext), []);
      }
    });

  test('is not migrated, so that nothing of it is lost', () => {
    for (const languageId of ['cgconfig', 'cgrules'] as const) {
      const file = read(languageId, textOf(languageId, 10_000_000));
      assert.equal(migrateToV2(file, defaultContext)?.kind, 'refused');
      assert.equal(groupFileOf(file, 'here', '3.2'), undefined);
    }
    const file = read('cgconfig', textOf('cgconfig', 10_000_000));
    assert.equal(migrateToSystemd(file, defaultContext)?.kind, 'refused');
  });
});

test('a text that is as long as it may be is judged as any other', () => {
  for (const languageId of types) {
    const comment = '# a comment of a line\n'.repeat(longestText / 16).slice(0, longestText - 100);
    const text = `${comment}\n${units[languageId]}`.padEnd(longestText, '\n');
    const file = read(languageId, text);
    assert.notEqual(languageFeatures.symbols(file).length + file.document.loose.length, 0);
    assert.ok(languageFeatures.diagnose(file, defaultContext).every(({ rule }) => rule !== 'file-too-long'));
    const longer = read(languageId, `${text}\n`);
    assert.deepEqual(
      languageFeatures.diagnose(longer, defaultContext).map(({ rule }) => rule),
      ['file-too-long'],
    );
  }
});

/** A finding a line, or nearly. */
const manyFindings: Readonly<Record<LanguageId, { readonly text: string; readonly rule: string }>> = {
  nspawn: { text: `[Exec]\n${'a\n'.repeat(100_000)}`, rule: 'missing-equals' },
  cgconfig: { text: `group a { cpu {\n${';'.repeat(100_000)}\n} }\n`, rule: 'empty-setting' },
  cgrules: { text: 'a\n'.repeat(100_000), rule: 'rule-incomplete' },
  lxc: { text: 'a\n'.repeat(100_000), rule: 'lxc-not-looked-at' },
  lxcsystem: { text: 'a\n'.repeat(100_000), rule: 'lxc-system-line-unread' },
  lxcusernet: { text: 'a\n'.repeat(100_000), rule: 'lxc-usernet-line-unread' },
  lxcnet: { text: 'LXC_A=\n'.repeat(100_000), rule: 'lxc-net-line-unread' },
};

describe('of a hundred thousand findings', () => {
  for (const languageId of types)
    test(`those that are told of a ${languageId} text are cut with a word on the rest`, () => {
      const { text, rule } = manyFindings[languageId];
      const file = read(languageId, text);
      const findings = languageFeatures.diagnose(file, defaultContext);
      assert.ok(findings.length >= 100_000, `${findings.length} findings`);
      const told = languageFeatures.findingsToTell(findings, text, {});
      assert.equal(told.length, mostFindings + 1);
      assert.ok(
        told.slice(0, 10).some((finding) => finding.rule === rule),
        told[0]?.rule,
      );
      assert.equal(told.at(-1)?.rule, 'more-findings');
      assert.match(told.at(-1)?.message ?? '', new RegExp(`${findings.length - mostFindings} more`, 'u'));
      assert.equal(languageFeatures.diagnosticsOf(file, told).length, mostFindings + 1);
    });
});

describe('of very many findings', () => {
  const finding = (severity: Severity, at: number): Finding => ({
    rule: severity,
    severity,
    effect: 'none',
    message: severity,
    start: at,
    end: at,
    line: 1,
  });
  const many = (severity: Severity, from: number, count: number): readonly Finding[] =>
    Array.from({ length: count }, (_, index) => finding(severity, from + index));

  test('no more than so many are told, and what is left out is counted at the end of the text', () => {
    const findings = many('error', 0, mostFindings + 5);
    const told = findingsToTell(findings, 'a\r\nb\nc', {});
    assert.deepEqual(told.slice(0, -1), findings.slice(0, mostFindings));
    const { message, ...last } = told.at(-1) ?? finding('hint', 0);
    assert.deepEqual(last, { rule: 'more-findings', severity: 'warning', effect: 'none', start: 6, end: 6, line: 3 });
    assert.match(message, /10000 most serious .* 5 more/u);
  });

  test('the most serious are kept, in the order of the text', () => {
    const findings = [
      ...many('hint', 0, 20_000),
      finding('error', 20_000),
      ...many('info', 20_001, 3),
      finding('warning', 20_004),
    ];
    const told = findingsToTell(findings, '', {});
    assert.equal(told.length, mostFindings + 1);
    assert.deepEqual(
      told.slice(mostFindings - 5).map(({ rule, severity }) => `${rule} ${severity}`),
      ['error error', 'info info', 'info info', 'info info', 'warning warning', 'more-findings info'],
    );
  });

  test('as many as may be told are told without a word, and the word has the severity that is set', () => {
    const most = many('info', 0, mostFindings);
    assert.equal(findingsToTell(most, '', {}), most);
    const more = many('info', 0, mostFindings + 1);
    assert.equal(findingsToTell(more, '', { 'more-findings': 'error' }).at(-1)?.severity, 'error');
    assert.equal(findingsToTell(more, '', { 'more-findings': 'off' }).length, mostFindings);
  });
});
