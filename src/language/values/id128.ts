import type { ValueKind } from './valueKind.ts';
import type { ValueType } from '../../schema/types.ts';

type Type = Extract<ValueType, { readonly kind: 'id128' }>;

export const id128Kind: ValueKind<Type> = {
  rules: [],
  problems: () => [],
  suggestions: () => [],
  form: () => '',
  snippet: () => '$1',
};
