import * as l10n from '@vscode/l10n';
import type { ValueKindName, ValueType } from '../../schema/types.ts';
import type { ValueContext } from './values/valueKind.ts';
import { kindOf } from './values/valueKinds.ts';

/** Kinds whose parsers take an empty value for a list without words, or for a name. */
const unusual: Partial<Readonly<Record<ValueKindName, string>>> = {
  capabilities: l10n.t('An empty value does nothing.'),
  syscallFilter: l10n.t('An empty value does nothing.'),
  interfacePairs: l10n.t('An empty value does nothing.'),
  zone: l10n.t('An empty value is a zone without a name, not none.'),
};

/** What `Key=` with nothing behind it does; the parser functions of systemd differ widely in that. */
export const emptyMeaning = (type: ValueType, at: ValueContext): string =>
  kindOf(type)
    .problems('', type, at)
    .some(({ effect }) => effect === 'ignored')
    ? l10n.t('An empty value is ignored with a warning.')
    : (unusual[type.kind] ?? l10n.t('An empty value puts it back to the default.'));
