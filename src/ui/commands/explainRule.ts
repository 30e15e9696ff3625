import * as vscode from 'vscode';
import { pickOne } from '../questions.ts';
import { cancelled } from './answers.ts';
import type { Handler } from './handler.ts';

/** Also what a page may be called: nothing leads out of the folder. */
const ruleName = /^[a-z][a-z0-9-]*$/u;

const pickRule = async (pages: vscode.Uri): Promise<string> => {
  const files = await vscode.workspace.fs.readDirectory(pages);
  const rules = files.map(([name]) => name.replace(/\.md$/u, '')).filter((name) => ruleName.test(name));
  const items = rules.sort().map((label) => ({ label }));
  const rule = await pickOne(items, {
    title: vscode.l10n.t('Explain a Rule'),
    placeHolder: vscode.l10n.t('Which rule?'),
  });
  if (rule === undefined) throw cancelled();
  return rule.label;
};

/** Shows the page of a rule, which tells what systemd does, with a bad and a good example. */
export const explainRule: Handler = async ({ context }, [given]) => {
  const pages = vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules');
  const rule = typeof given === 'string' && ruleName.test(given) ? given : await pickRule(pages);
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(pages, `${rule}.md`));
};
