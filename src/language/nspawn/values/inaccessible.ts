import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import type { RuleInfo } from '../../finding.ts';
import { isBelowProc, mountBelowProc, neverBelowProc } from './belowProc.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { emptyValue, emptyValueProblem } from './emptyValue.ts';
import { hidesNeededPath, inaccessibleNeeded } from './neededPaths.ts';
import { absoluteProblem, pathAdvice, wholeValue } from './pathField.ts';
import { pathRules } from './pathRules.ts';
import { ruleProblem } from './ruleProblem.ts';
import type { ValueKind, ValueProblem } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'inaccessible' }>;

const colonInPath: RuleInfo = {
  id: 'colon-in-path',
  severity: 'info',
  effect: 'none',
  title: l10n.t('A colon is part of the path of Inaccessible='),
};

const check = (value: string): readonly ValueProblem[] => {
  const field = wholeValue(value);
  const relative = absoluteProblem(field);
  if (relative !== undefined) return [relative];
  if (isBelowProc(value))
    return [
      neverBelowProc(
        field,
        l10n.t(
          'Nothing below /proc can be made inaccessible: it is done from inside of the machine, which lacks what is mounted there, and the machine does not start.',
        ),
      ),
    ];
  const hidden = inaccessibleNeeded(value, field);
  if (hidden.length > 0) return hidden;
  const at = value.indexOf(':/');
  if (at < 0) return pathAdvice(field);
  const message = l10n.t(
    'A colon does not end the path: this is one path with a colon in it. Give every path a line of its own.',
  );
  return [...pathAdvice(field), ruleProblem(colonInPath, { start: at, end: at + 1 }, message)];
};

/** inaccessible_mount_parse() of systemd (nspawn/nspawn-mount.c). */
export const inaccessibleKind: ValueKind<Type> = {
  rules: [emptyValue, colonInPath, mountBelowProc, hidesNeededPath, commentAfterValue, ...pathRules],
  problems: (value, _type, at) =>
    value === '' ? [emptyValueProblem(at, l10n.t('an absolute path'))] : withCommonMistakes(value, check),
  suggestions: () => [],
  wishes: (value) => [{ object: 'imagePath', start: 0, end: value.length }],
  form: () => l10n.t('`/PATH` in the machine'),
  snippet: () => '${1:/path}',
};
