import type { FileType } from '../fileType.ts';
import { once } from '../once.ts';
import { valueRules } from './values/valueKinds.ts';
import { cancelledRules } from './crossRules/cancelled.ts';
import { mappedBindRules } from './crossRules/mappedBinds.ts';
import { notThereYetRules } from './crossRules/notThereYet.ts';
import { refusalRules } from './crossRules/refusals.ts';
import { surpriseRules } from './crossRules/surprises.ts';
import { namesOnHost } from './crossRules/hostNeeds.ts';
import { onHostRules } from './crossRules/onHost.ts';
import { keyRules } from './keyRules.ts';
import { placeRules } from './placeRules.ts';
import { repeatRules } from './repeatRules.ts';
import { sectionRules } from './sectionRules.ts';
import { syntaxRules } from './syntaxRules.ts';
import { checkNspawn } from './check.ts';
import { namesOutside } from './directives.ts';
import { parseNspawn } from './parse.ts';

const rulesInOrder = once(() =>
  [
    ...syntaxRules,
    ...sectionRules,
    ...keyRules,
    ...valueRules,
    ...repeatRules,
    ...refusalRules,
    ...cancelledRules,
    ...mappedBindRules,
    ...notThereYetRules,
    ...surpriseRules,
    ...placeRules,
    ...onHostRules,
  ].sort((a, b) => (a.id < b.id ? -1 : 1)),
);

/** What judges a file of that type, without what only an editor asks for: the linter loads no more than it needs. */
export const judgedNspawn: FileType = {
  languageId: 'nspawn',
  parse: parseNspawn,
  get rules() {
    return rulesInOrder();
  },
  check: checkNspawn,
  namesOutside,
  namesOnHost,
};
