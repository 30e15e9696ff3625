/** Architectures, and which of them the kernel of another runs. */
import { indexedStrings, SourceProblem, tableBody } from './cText.ts';

/** Word by ARCHITECTURE_…; `text` is architecture.c without comments. */
export const parseArchitectures = (text: string): ReadonlyMap<string, string> =>
  indexedStrings(tableBody(text, 'architecture_table'));

/**
 * Personality= takes the host's own architecture, and the secondary one where architecture.h defines it. Both stand in
 * the same branch of its preprocessor conditions.
 */
export const parseNativeArchitectures = (
  header: string,
  words: ReadonlyMap<string, string>,
): Readonly<Record<string, readonly string[]>> => {
  const pairs = [...header.matchAll(/define (native_architecture\(\)|ARCHITECTURE_SECONDARY) (ARCHITECTURE_\w+)/gu)];
  const native = new Map<string, readonly string[]>();
  for (const [index, [, what, name = '']] of pairs.entries()) {
    if (what !== 'ARCHITECTURE_SECONDARY') continue;
    const [primary, secondary] = [words.get(pairs[index - 1]?.[2] ?? ''), words.get(name)];
    if (primary === undefined || secondary === undefined)
      throw new SourceProblem(`architecture.h pairs ${name} with an unknown one`);
    native.set(primary, [primary, secondary]);
  }
  return Object.fromEntries(native);
};
