import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';

/** What the server and the linter speak besides English, by the names of the bundles in l10n/. */
export type Locale = 'fr' | 'zh-cn';

/** `fr_FR.UTF-8`, `zh_CN`, `zh-hans`, `fr`: a locale of the C library, of VS Code or a language tag. */
const knownLocale = (name: string): Locale | undefined => {
  const [language, region] = name
    .toLowerCase()
    .replace(/[.@].*$/u, '')
    .split(/[_-]/u);
  if (language === 'fr') return 'fr';
  // Whoever reads the traditional characters of Taiwan and Hong Kong is not served with the simplified ones.
  return language === 'zh' && (region === undefined || ['cn', 'sg', 'hans'].includes(region)) ? 'zh-cn' : undefined;
};

/** What `--locale` says; undefined where it is not given. */
const localeOption = (args: readonly string[]): string | undefined => {
  const at = args.findIndex((arg) => arg === '--locale' || arg.startsWith('--locale='));
  const arg = args[at];
  return arg === '--locale' ? args[at + 1] : arg?.slice('--locale='.length);
};

/**
 * Which language to speak: that of `--locale`, else that of the environment as the C library reads it. Undefined is English.
 */
export const localeOf = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Locale | undefined => {
  const option = localeOption(args);
  if (option !== undefined) return knownLocale(option);
  const set = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  if (set === undefined || /^(?:C|POSIX)(?:\.|$)/u.test(set)) return undefined;
  // LANGUAGE is a list, the dearest first; English in it is spoken when nothing before it is.
  for (const name of [...(env['LANGUAGE'] ?? '').split(':').filter(Boolean), set]) {
    if (/^en(?:[_.@-]|$)/u.test(name)) return undefined;
    const known = knownLocale(name);
    if (known !== undefined) return known;
  }
  return undefined;
};

/**
 * Makes `l10n.t` speak that language from now on. Called before the language service is loaded, because its tables of rules
 * hold sentences.
 * @param folder where the bundles are; without a readable one it stays with English, as a linter that was copied alone does
 */
export const speak = (locale: Locale | undefined, folder: string): void => {
  if (locale === undefined) return;
  try {
    l10n.config({ contents: readFileSync(join(folder, `bundle.l10n.${locale}.json`), 'utf8') });
  } catch {
    // English says the same.
  }
};
