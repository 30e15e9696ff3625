/** What came of the tests, over all tiers. */
export interface Tally {
  passed: number;
  readonly failures: { readonly name: string; readonly detail: string }[];
  readonly skips: { readonly name: string; readonly reason: string }[];
}

export const newTally = (): Tally => ({ passed: 0, failures: [], skips: [] });

/** The line that `npm test` ends with. */
export const verdict = (tally: Tally): string =>
  `${tally.passed} passed, ${tally.failures.length} failed, ${tally.skips.length} skipped`;

/** A run in which no test said yes proves nothing. */
export const exitCodeOf = (tally: Tally): 0 | 1 => (tally.failures.length > 0 || tally.passed === 0 ? 1 : 0);

const indented = (text: string): string => text.replaceAll(/^/gm, '    ');

/** Failures with their details and skips with their reasons, to be read at the end of a long log. */
export const retell = (tally: Tally): string => {
  const reasons = new Map<string, number>();
  for (const { reason } of tally.skips) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const skips = [...reasons].map(([reason, count]) => `  ${count} skipped: ${reason}`);
  const failures = tally.failures.map(({ name, detail }) => `\n✖ ${name}\n${indented(detail.trim())}`);
  return [...skips, ...failures].join('\n');
};
