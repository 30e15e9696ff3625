import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as l10n from '@vscode/l10n';
import ts from 'typescript';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseSources, readText, visit } from '../../../scripts/parseSources.ts';
import type { Context } from '../../../src/language/context.ts';
import type { LanguageId } from '../../../src/language/fileType.ts';

/** What is no sentence although it has words: commands, what is written into files, names that programs read, and the log. */
const isNoSentence = (text: string): boolean =>
  /^(?:systemctl |systemd-run |default |devices: |\s*= yes|Control group \{|\[\{0\}\] Section|\{0\} \{1\}us|machinectl start$|left out$|ln -s |man info which|systemd \{0\}$|# nspawn-lint|lxc\.[a-z.{}0-9]+ = |(?:machinectl (?:start|disable)|lxc-start -n|mkdir -p --|ip link add|setfacl -m|exec) |(?:tmpfs|overlay|\{0\}) \{\d\} (?:tmpfs|overlay|none) |(?:\{0\}|c [\d:*]+) rwm?$|\{0\} errno 1\n$|2\ndenylist\n)/u.test(
    text,
  ) ||
  /\$\{?\d|\{\n|^\s*pids \{|\$@|mount \{ /u.test(text) ||
  // Names of files and lines of the kernel, of units and of groups, and keys of what is known already.
  /^(?:standard input$|nspawn-lint:? \{0\}|--[a-z-]+(?:,? (?:[A-Zv-][^ ]*|nspawn\|lxc))$|Max [a-z]|--description=|group \{0\}$|\(function |directory \{0\}$|block devices$|image (?:users|directory) \{0\})/u.test(
    text,
  ) ||
  // The log of the extension, which is in English.
  /^(?:did not run|\{0\} ms|closed (?:meanwhile|by us))$/u.test(text);

/** Whether a literal has a word of a language next to a blank or a placeholder. */
const isSentence = (text: string): boolean => {
  if (isNoSentence(text)) return false;
  const plain = text.replaceAll(/\{\d+\}|`[^`]*`/gu, '□');
  return (
    /\s/u.test(plain) && plain.split(/[\s□]+/u).some((word) => /^[("“*'-]*[A-Za-z][a-z’'-]+[)"”'*.,:;?-]*$/u.test(word))
  );
};

const textOf = (node: ts.Node): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join('');
};

/** What of the failures of `machines` is for the report of a fault: what a tool answered instead, and what was waited for. */
const isForProgrammers = ({ name }: ts.PropertyAssignment | ts.VariableDeclaration): boolean =>
  name.getSourceFile().fileName.startsWith('src/machines/') && /^(?:detail|expected|found)$/u.test(name.getText());

/** Literals that are not shown: types, imports, comparisons, keys, patterns, and the words of errors that are bugs. */
const isSilent = (node: ts.Node): boolean => {
  const { parent } = node;
  if (ts.isTaggedTemplateExpression(parent) || ts.isCaseClause(parent) || ts.isElementAccessExpression(parent))
    return true;
  if (ts.isBinaryExpression(parent)) return ['===', '!=='].includes(parent.operatorToken.getText());
  if (ts.isPropertyAssignment(parent)) return parent.name === node || isForProgrammers(parent);
  if (ts.isVariableDeclaration(parent)) return isForProgrammers(parent);
  if (ts.isNewExpression(parent)) return /Set|Map|^(?:Range|Type)?Error$|^NoAnswer$/u.test(parent.expression.getText());
  return (
    ts.isCallExpression(parent) &&
    /\.(?:t|includes|startsWith|endsWith|has|get|replace|replaceAll|split|join)$/u.test(parent.expression.getText())
  );
};

describe('every sentence of the language service, the linter and what knows the host', () => {
  test('is said by l10n.t, or by ui where it is about the host', () => {
    const rooms = ['language', 'schema', 'hostFacts', 'lint', 'machines'];
    const sources = rooms
      .flatMap((room) => parseSources(`src/${room}`))
      .filter(({ fileName }) => !fileName.includes('/generate/'));
    const unspoken: string[] = [];
    const look = (source: ts.SourceFile, node: ts.Node): void => {
      if (ts.isTypeNode(node) || ts.isImportDeclaration(node)) return;
      const text = textOf(node);
      if (text !== undefined && !isSilent(node) && isSentence(text))
        unspoken.push(
          `${source.fileName}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${JSON.stringify(text)}`,
        );
      ts.forEachChild(node, (child) => look(source, child));
    };
    for (const source of sources) look(source, source);
    assert.deepEqual(unspoken, [], 'put l10n.t in front, run `npm run l10n`, and translate it');
  });

  test('is in no script either: what a script says, it gets from ui', () => {
    const spoken: string[] = [];
    for (const source of ['machines', 'ui'].flatMap((room) => parseSources(`src/${room}`)))
      visit(source, (node) => {
        const text = textOf(node);
        if (text === undefined || !/\n.*\n/u.test(text) || !/"\$[@#1-9]"/u.test(text)) return;
        for (const [said] of text.matchAll(/(?:echo|printf|refuse)[^\n]*["' ][A-Za-z]+ [a-z]+ [a-z]+[^\n]*/gu))
          spoken.push(`${source.fileName}: ${said}`);
      });
    assert.deepEqual(spoken, []);
  });

  test('has no brace of its own beside a placeholder, because l10n.t would take it for one', () => {
    const bundle = JSON.parse(readText('l10n/bundle.l10n.json')) as Readonly<Record<string, string>>;
    const odd = Object.keys(bundle).filter((text) => /\{\d+\}/u.test(text) && /\{(?!\d+\})/u.test(text));
    assert.deepEqual(odd, []);
  });

  test('gets no identifier of the code into it for a field of a rule', () => {
    const bare = parseSources('src/language').flatMap((source) =>
      /l10n\.t`[^`]*\$\{fault\.field\}/u.test(source.text) ? source.fileName : [],
    );
    assert.deepEqual(bare, []);
  });

  test('gets words into it that are translated, too', () => {
    const bare: string[] = [];
    for (const source of parseSources('src/language'))
      visit(source, (node) => {
        if (!ts.isTaggedTemplateExpression(node) || node.tag.getText() !== 'l10n.t') return;
        if (!ts.isTemplateExpression(node.template)) return;
        for (const { expression } of node.template.templateSpans)
          visit(expression, (inner) => {
            if (!ts.isConditionalExpression(inner)) return;
            for (const word of [inner.whenTrue, inner.whenFalse])
              if (ts.isStringLiteral(word) && /^[A-Z]?[a-z]{2,}$/u.test(word.text))
                bare.push(`${source.fileName}: ${word.text} in ${node.getText().slice(0, 80)}`);
          });
      });
    assert.deepEqual(bare, []);
  });
});

describe('in another language', () => {
  const bundle = JSON.parse(readText('l10n/bundle.l10n.json')) as Readonly<Record<string, string>>;
  // Before the language service is loaded, as the server and the linter do it.
  l10n.config({ contents: Object.fromEntries(Object.keys(bundle).map((text) => [text, `⟦${text}⟧`])) });

  const samples: readonly (readonly [LanguageId, string])[] = [
    [
      'nspawn',
      '[Exec]\nBot=yes\nPort=80\nBoot=maybe\nCapability=CAP_X\nPrivateUsers=0\n[Network]\nPort=x\n[Nope]\nA=b\n',
    ],
    ['nspawn', '[Files]\nBind=a:b:c\nOverlay=/a\nTemporaryFileSystem=/t:sice=1\nVolatile=yes\nReadOnly=yes\n'],
    ['cgconfig', 'group a {\n  memory {\n    memory.max = 1\n    cpu.sharez = 2;\n  }\n}\n'],
    ['cgrules', 'alice cpu\n@1000 nosuch d\n*  cpu a\nbob cpu b\n'],
  ];

  for (const [languageId, text] of samples)
    test(`findings, fixes and hovers of ${languageId} have nothing of English outside of their sentences`, async () => {
      const { languageFeatures, openFile } = await import('../../../src/language/languageService.ts');
      const { defaultContext } = await import('../../../src/language/context.ts');
      const context: Context = defaultContext;
      const file = openFile(TextDocument.create('file:///t', languageId, 1, text), languageId);
      assert.ok(file !== undefined);
      const findings = languageFeatures.diagnose(file, context);
      assert.ok(findings.length > 0);
      for (const { message, fixes = [] } of findings)
        for (const said of [message, ...fixes.map(({ title }) => title)]) assert.match(said, /^⟦.*⟧$/su);
      const hovers = Array.from(text, (_, offset) =>
        languageFeatures.hover(file, file.textDocument.positionAt(offset), context),
      );
      const spoken = hovers.filter((hover) => JSON.stringify(hover ?? '').includes('⟦'));
      assert.ok(spoken.length > 0, 'a hover speaks');
    });

  test('the bundles that are shipped are read as they lie there', () => {
    for (const locale of ['fr', 'zh-cn']) {
      const path = new URL(`../../../l10n/bundle.l10n.${locale}.json`, import.meta.url);
      const texts = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, string>>;
      assert.notEqual(texts['The whole file is refused.'], 'The whole file is refused.');
    }
  });
});
