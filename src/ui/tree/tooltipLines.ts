import { plainText } from '../plainText.ts';

/** The parts that are known and not empty. */
export const present = (parts: readonly (string | undefined)[]): readonly string[] =>
  parts.flatMap((part) => (part === undefined || part === '' ? [] : [part]));

/** `Label: value`, cleaned and cut; undefined where there is no value. */
export const labelled = (label: string, value: string | number | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : `${label}: ${plainText(String(value), 200)}`;
