import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import { defaultContext, libcgroupVersions } from '../../src/language/context.ts';
import type { Context } from '../../src/language/context.ts';
import type { ConfigDocument } from '../../src/language/document.ts';
import type { Finding } from '../../src/language/finding.ts';
import type { LanguageId, SourceFile } from '../../src/language/fileType.ts';
import { noHostObjects } from '../../src/language/hostObjects.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';

/** What a text means, without where it stands. The value of a rule of cgrules.conf is the rest of its line, with any blanks. */
const meaningOf = (document: ConfigDocument, text: string, languageId: LanguageId): unknown => ({
  sections: document.sections.map((section) => meaningOfSection(section)),
  loose: document.loose.map(({ key, value }) => [
    key,
    ...(languageId === 'cgrules' ? value.split(/[ \t]+/u) : [value]),
  ]),
  mistakes: document.mistakes.map(({ rule }) => rule),
  comments: document.comments.map(({ start, end }) => text.slice(start, end).trim()),
});

const meaningOfSection = (section: ConfigDocument['sections'][number]): unknown => ({
  keyword: section.keyword,
  name: section.name,
  entries: section.entries.map(({ key, value }) => [key, value]),
  sections: section.sections.map((inner) => meaningOfSection(inner)),
});

/** Which rules a text breaks, as each libcgroup reads it. */
const verdictsOf = (file: SourceFile, context: Context): readonly string[] =>
  libcgroupVersions.map((libcgroupVersion) =>
    languageFeatures
      .diagnose(file, { ...context, libcgroupVersion })
      .map(({ rule }) => rule)
      .join(' '),
  );

const open = (text: string, languageId: LanguageId): SourceFile => {
  const file = openFile(TextDocument.create('file:///etc/systemd/nspawn/m.nspawn', languageId, 1, text), languageId);
  assert.ok(file !== undefined);
  return file;
};

const isInside = (text: string, start: number, end: number): boolean =>
  start >= 0 && start <= end && end <= text.length;

/** Asks for everything that concerns the whole file. @throws AssertionError when an answer makes no sense */
export const askAboutFile = (text: string, languageId: LanguageId, context: Context = defaultContext): void => {
  const file = open(text, languageId);
  const whole = { start: file.textDocument.positionAt(0), end: file.textDocument.positionAt(text.length) };
  const findings = languageFeatures.diagnose(file, context);
  for (const { start, end, rule, line } of findings)
    assert.ok(isInside(text, start, end) && line >= 0, `${rule} stands at ${start} to ${end}, line ${line}`);
  languageFeatures.diagnosticsOf(file, findings);
  languageFeatures.codeActions(file, whole, context, findings);
  languageFeatures.foldingRanges(file);
  languageFeatures.inlayHints(file, whole, context);
  languageFeatures.links(file, context);
  languageFeatures.semanticTokens(file, context);
  languageFeatures.symbols(file);

  const formatted = TextDocument.applyEdits(file.textDocument, languageFeatures.format(file));
  const after = open(formatted, languageId);
  assert.deepEqual(
    meaningOf(after.document, formatted, languageId),
    meaningOf(file.document, text, languageId),
    'formatting keeps the meaning',
  );
  if (languageId === 'cgrules')
    assert.deepEqual(verdictsOf(after, context), verdictsOf(file, context), 'formatting keeps what is taken');
  const again = TextDocument.applyEdits(after.textDocument, languageFeatures.format(after));
  assert.equal(again, formatted, 'formatting twice changes nothing more');
};

/** Asks for everything that concerns one place. */
const askAt = async (
  file: SourceFile,
  position: Position,
  context: Context,
  findings: readonly Finding[],
): Promise<void> => {
  languageFeatures.hover(file, position, context);
  languageFeatures.selectionRanges(file, [position]);
  await languageFeatures.complete(file, position, context, noHostObjects);
  const range = { start: position, end: position };
  languageFeatures.codeActions(file, range, context, findings);
};

/** Asks at every place of a small text. */
export const askEverywhere = async (
  text: string,
  languageId: LanguageId,
  context: Context = defaultContext,
): Promise<void> => {
  const file = open(text, languageId);
  const findings = languageFeatures.diagnose(file, context);
  for (let offset = 0; offset <= text.length; offset++)
    await askAt(file, file.textDocument.positionAt(offset), context, findings);
};
