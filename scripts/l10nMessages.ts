import ts from 'typescript';
import { parseSources, readText, visit } from './parseSources.ts';

const isTranslation = (callee: ts.Expression): boolean =>
  ts.isPropertyAccessExpression(callee) && callee.name.text === 't' && callee.expression.getText().endsWith('l10n');

/** Sentences that stand in the generated JSON of the schema, and are translated where they are used. */
const ofSchema = /(?:^|\.)(?:summary|text)$/u;

/** As `l10n.t` makes its key of a template. */
const keyOf = (template: ts.TemplateLiteral): string =>
  ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : template.head.text + template.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join('');

export interface Messages {
  /** Each once, in the order of the files. */
  readonly messages: readonly string[];
  /** Calls whose text no tool can find, as `file: call`. */
  readonly unreadable: readonly string[];
}

/**
 * What is given to `vscode.l10n.t`, to a `l10n.t` that was handed in, or as text or template to that of @vscode/l10n. Our own
 * lines, because @vscode/l10n-dev looks for the first only, and brings tree-sitter with it.
 */
const l10nMessages = (sources: readonly ts.SourceFile[]): Messages => {
  const messages = new Set<string>();
  const unreadable: string[] = [];
  for (const source of sources) {
    visit(source, (node) => {
      if (ts.isTaggedTemplateExpression(node) && isTranslation(node.tag)) messages.add(keyOf(node.template));
      if (!ts.isCallExpression(node) || !isTranslation(node.expression)) return;
      const [text] = node.arguments;
      if (text !== undefined && ts.isStringLiteralLike(text)) messages.add(text.text);
      else if (text === undefined || !ofSchema.test(text.getText()) || source.fileName.startsWith('src/ui/'))
        unreadable.push(`${source.fileName}: ${node.getText()}`);
    });
  }
  return { messages: [...messages], unreadable };
};

/** The sentences of the schema's JSON. */
const schemaMessages = (json: readonly unknown[]): readonly string[] => {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value) as [string, unknown][])
      if (typeof member === 'string' && ofSchema.test(key)) found.add(member);
      else look(member);
  };
  json.forEach(look);
  return [...found];
};

const schemas = ['valueSets', 'cgroupParameters'];

/** Every sentence that is translated. */
export const allMessages = (): Messages => {
  const { messages, unreadable } = l10nMessages(parseSources('src'));
  const json = schemas.map((name): unknown => JSON.parse(readText(`src/schema/${name}.json`)));
  return { messages: [...new Set([...messages, ...schemaMessages(json)])].sort(), unreadable };
};
