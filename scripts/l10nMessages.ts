import ts from 'typescript';
import { visit } from './parseSources.ts';

const isTranslation = (callee: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(callee) && callee.name.text === 't' && callee.expression.getText().endsWith('l10n');

export interface Messages {
  /** Each once, in the order of the files. */
  readonly messages: readonly string[];
  /** Calls whose text no tool can find, as `file: call`. */
  readonly unreadable: readonly string[];
}

/**
 * What is given to `vscode.l10n.t`, or to a `l10n.t` that was handed in. Our own twenty lines, because @vscode/l10n-dev
 * looks for the first only, and brings tree-sitter with it.
 */
export const l10nMessages = (sources: readonly ts.SourceFile[]): Messages => {
  const messages = new Set<string>();
  const unreadable: string[] = [];
  for (const source of sources) {
    if (/^src[/](?:language|schema|hostFacts)[/]/u.test(source.fileName)) continue;
    visit(source, (node) => {
      if (!ts.isCallExpression(node) || !isTranslation(node.expression)) return;
      const [text] = node.arguments;
      if (text !== undefined && ts.isStringLiteralLike(text)) messages.add(text.text);
      else unreadable.push(`${source.fileName}: ${node.getText()}`);
    });
  }
  return { messages: [...messages], unreadable };
};
