import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import type { IGrammar } from 'vscode-textmate';
import { root } from '../../../scripts/parseSources.ts';

const loadGrammar = async (scope: string, path: string): Promise<IGrammar> => {
  const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(join(root, path), 'utf8'), path)),
  });
  const grammar = await registry.loadGrammar(scope);
  if (grammar === null) throw new Error(`There is no grammar for ${scope}`);
  return grammar;
};

const grammars = {
  nspawn: loadGrammar('source.nspawn', 'syntaxes/nspawn.tmLanguage.json'),
  cgconfig: loadGrammar('source.cgconfig', 'syntaxes/cgconfig.tmLanguage.json'),
  cgrules: loadGrammar('source.cgrules', 'syntaxes/cgrules.tmLanguage.json'),
  lxc: loadGrammar('source.lxc', 'syntaxes/lxc.tmLanguage.json'),
};

/**
 * What VS Code's own engine makes of each line: the pieces that have a scope, as `text|scope`, with the innermost scope
 * without the language at its end. Pieces of blanks are left out.
 */
export const tokenize = async (
  text: string,
  language: keyof typeof grammars = 'nspawn',
): Promise<readonly (readonly string[])[]> => {
  const grammar = await grammars[language];
  let state = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes }) => {
      const piece = line.slice(startIndex, endIndex);
      const scope = scopes.at(-1) ?? '';
      return scopes.length === 1 || piece.trim() === '' ? [] : [`${piece}|${scope.slice(0, -language.length - 1)}`];
    });
  });
};
