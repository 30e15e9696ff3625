import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../../../src/language/context.ts';
import type { Context } from '../../../../src/language/context.ts';
import type { Finding } from '../../../../src/language/finding.ts';
import { languageFeatures, openFile } from '../../../../src/language/languageService.ts';

/** What is found in a configuration of LXC. */
export const findingsOf = (text: string, context: Partial<Context> = {}): readonly Finding[] => {
  const file = openFile(TextDocument.create('file:///config', 'lxc', 0, text), 'lxc');
  return file === undefined ? [] : languageFeatures.diagnose(file, { ...defaultContext, ...context });
};
