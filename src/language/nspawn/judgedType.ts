import type { FileType } from '../fileType.ts';
import { valueRules } from './values/valueKinds.ts';
import { cancelledRules } from './crossRules/cancelled.ts';
import { mappedBindRules } from './crossRules/mappedBinds.ts';
import { refusalRules } from './crossRules/refusals.ts';
import { surpriseRules } from './crossRules/surprises.ts';
import { namesOnHost, onHostRules } from './crossRules/onHost.ts';
import { keyRules } from './keyRules.ts';
import { placeRules } from './placeRules.ts';
import { repeatRules } from './repeatRules.ts';
import { sectionRules } from './sectionRules.ts';
import { syntaxRules } from './syntaxRules.ts';
import { checkNspawn } from './check.ts';
import { namesOutside } from './directives.ts';
import { parseNspawn } from './parse.ts';

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedNspawn: FileType = {
  languageId: 'nspawn',
  parse: parseNspawn,
  rules: [
    ...syntaxRules,
    ...sectionRules,
    ...keyRules,
    ...valueRules,
    ...repeatRules,
    ...refusalRules,
    ...cancelledRules,
    ...mappedBindRules,
    ...surpriseRules,
    ...placeRules,
    ...onHostRules,
  ],
  check: checkNspawn,
  namesOutside,
  namesOnHost,
};
