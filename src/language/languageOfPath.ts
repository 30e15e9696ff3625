import type { LanguageId } from './fileType.ts';

const forms: readonly (readonly [RegExp, LanguageId])[] = [
  [/\.nspawn$/u, 'nspawn'],
  [/(?:^|\/)(?:cgconfig\.conf|cgconfig\.d\/[^/]+\.conf)$/u, 'cgconfig'],
  [/(?:^|\/)(?:cgrules\.conf|cgrules\.d\/[^/]+)$/u, 'cgrules'],
];

/** The language of a file by its name, for editors that have none of our identifiers and for the command line. */
export const languageOfPath = (path: string): LanguageId | undefined => forms.find(([form]) => form.test(path))?.[1];

const languageIds: readonly LanguageId[] = ['nspawn', 'cgconfig', 'cgrules'];

/** The language that an editor names, or else that of the file's name; some editors call all of these `conf` or `dosini`. */
export const languageOf = (languageId: string, path: string): LanguageId | undefined =>
  languageIds.find((id) => id === languageId) ?? languageOfPath(path);
