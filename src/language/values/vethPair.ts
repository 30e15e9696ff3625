import type { ValueKind } from './valueKind.ts';
import type { ValueType } from '../../schema/types.ts';

type Type = Extract<ValueType, { readonly kind: 'vethPair' }>;

export const vethPairKind: ValueKind<Type> = {
  rules: [],
  problems: () => [],
  suggestions: () => [],
  form: () => '',
  snippet: () => '$1',
};
