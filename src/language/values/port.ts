import type { ValueKind } from './valueKind.ts';
import type { ValueType } from '../../schema/types.ts';

type Type = Extract<ValueType, { readonly kind: 'port' }>;

export const portKind: ValueKind<Type> = {
  rules: [],
  problems: () => [],
  suggestions: () => [],
  form: () => '',
  snippet: () => '$1',
};
