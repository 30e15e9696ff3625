import type { LanguageId } from './fileType.ts';

const forms: readonly (readonly [RegExp, LanguageId])[] = [
  [/\.nspawn$/u, 'nspawn'],
  [/(?:^|\/)(?:cgconfig\.conf|cgconfig\.d\/[^/]+\.conf)$/u, 'cgconfig'],
  [/(?:^|\/)(?:cgrules\.conf|cgrules\.d\/[^/]+)$/u, 'cgrules'],
  [/(?:^|\/)lxc\/(?!\.)[^/]+\/config$/u, 'lxc'],
  [/(?:^|\/)(?:etc|\.config)\/lxc\/(?!lxc\.conf$)(?:[^/]+\/)*[^/]+\.conf$/u, 'lxc'],
  [/(?:^|\/)(?:etc|\.config)\/lxc\/lxc\.conf$/u, 'lxcsystem'],
  [/(?:^|\/)lxc\/lxc-usernet$/u, 'lxcusernet'],
  [/(?:^|\/)default\/lxc-net$/u, 'lxcnet'],
  [/(?:^|\/)share\/lxc\/config\/(?:[^/]+\/)*[^/]+\.conf$/u, 'lxc'],
];

/** The language of a file by its name, for editors that have none of our identifiers and for the command line. */
export const languageOfPath = (path: string): LanguageId | undefined => forms.find(([form]) => form.test(path))?.[1];

export const languageIds: readonly LanguageId[] = [
  'nspawn',
  'cgconfig',
  'cgrules',
  'lxc',
  'lxcsystem',
  'lxcusernet',
  'lxcnet',
];

/** Whether a configuration of LXC by its name is neither that of a container nor the one that new containers begin with. */
export const isLxcFragment = (path: string): boolean =>
  languageOfPath(path) === 'lxc' && !/\/(?:config|default\.conf)$/u.test(path);

/** The first line that is no comment, with a key of a container and none of the tools, which have a language of their own. */
const lxcForm =
  /^(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*[ \t]*lxc\.(?!(?:lxcpath|default_config|bdev\.[a-z0-9_.]+|cgroup\.(?:pattern|use))[ \t]*=)[a-z0-9_.]+[ \t]*=/iu;

/** The language of a file whose name does not tell, by its text. */
export const languageOfText = (text: string, path = ''): LanguageId | undefined =>
  !/(?:^|\/)lxc\/lxc\.conf$/u.test(path) && lxcForm.test(text.slice(0, 10_000)) ? 'lxc' : undefined;

/** The language that an editor names, or else that of the file's name; some editors call all of these `conf` or `dosini`. */
export const languageOf = (languageId: string, path: string): LanguageId | undefined =>
  languageIds.find((id) => id === languageId) ?? languageOfPath(path);
