import ts from 'typescript';
import { parseSource, readText, visit } from '../../../scripts/parseSources.ts';

export const readJson = (path: string): unknown => JSON.parse(readText(path));

/** Every text in quotes of a file. */
export const stringsIn = (source: ts.SourceFile): readonly string[] => {
  const strings: string[] = [];
  visit(source, (node) => {
    if (ts.isStringLiteralLike(node)) strings.push(node.text);
  });
  return strings;
};

/** The `kind`s of a union of object types. */
export const unionKinds = (path: string, type: string): readonly string[] => {
  const kinds: string[] = [];
  visit(parseSource(path), (node) => {
    if (!ts.isTypeAliasDeclaration(node) || node.name.text !== type) return;
    visit(node, (inner) => {
      if (!ts.isPropertySignature(inner) || inner.name.getText() !== 'kind' || inner.type === undefined) return;
      visit(inner.type, (word) => {
        if (ts.isStringLiteral(word)) kinds.push(word.text);
      });
    });
  });
  return kinds;
};
