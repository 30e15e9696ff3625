import type { FileType } from '../fileType.ts';
import { checkLxc, includesOfLxc, namesOnHost } from './check.ts';
import { parseLxc } from './parse.ts';
import { lxcRules } from './rules.ts';

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedLxc: FileType = {
  languageId: 'lxc',
  parse: parseLxc,
  rules: lxcRules,
  check: checkLxc,
  namesOnHost,
  includes: includesOfLxc,
};
