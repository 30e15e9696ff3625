import type { ValueKind } from './valueKind.ts';
import type { ValueType } from '../../schema/types.ts';

type Type = Extract<ValueType, { readonly kind: 'interfacePairs' }>;

export const interfacePairsKind: ValueKind<Type> = {
  rules: [],
  problems: () => [],
  suggestions: () => [],
  form: () => '',
  snippet: () => '$1',
};
