import type { FileType } from '../fileType.ts';
import { checkNspawn } from './check.ts';
import { namesOutside } from './directives.ts';
import { parseNspawn } from './parse.ts';
import { nspawnRules } from './rules.ts';

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedNspawn: FileType = {
  languageId: 'nspawn',
  parse: parseNspawn,
  rules: nspawnRules,
  check: checkNspawn,
  namesOutside,
};
