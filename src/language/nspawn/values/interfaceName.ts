import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { commentAfterValue, withCommonMistakes } from './commonMistakes.ts';
import { interfaceNameFault, invalidInterfaceName } from './interfaceNameFault.ts';
import { ruleProblem } from './ruleProblem.ts';
import { shown } from '../../shown.ts';
import type { ValueKind } from './valueKind.ts';

type Type = Extract<ValueType, { readonly kind: 'interfaceName' }>;

/** config_parse_ifname() of systemd (shared/conf-parser.c); Bridge= alone is read so. */
export const interfaceNameKind: ValueKind<Type> = {
  rules: [invalidInterfaceName, commentAfterValue],
  problems: (value, _type, at) =>
    value === ''
      ? []
      : withCommonMistakes(value, (name) => {
          const fault = interfaceNameFault(name, at.context.systemdVersion);
          const message = `${l10n.t`${shown(name)} is no name of an interface.`} ${fault ?? ''}`;
          return fault === undefined
            ? []
            : [ruleProblem(invalidInterfaceName, { start: 0, end: name.length }, message)];
        }),
  suggestions: () => [],
  wishes: (value) => [{ object: 'bridge', start: 0, end: value.length }],
  form: () => l10n.t('`INTERFACE`, at most 15 characters'),
  snippet: () => '${1:br0}',
};
