/** One measured figure, ready to be printed. */
export interface Figure {
  readonly title: string;
  /** What was measured, with its unit. */
  readonly value: string;
  /** What it should be; undefined where there is no goal. */
  readonly goal?: { readonly text: string; readonly met: boolean };
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
};

/** Milliseconds, or bytes, or times: three digits that say something. */
export const short = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

export const figureLine = ({ title, value, goal }: Figure): string => {
  const verdict = goal === undefined ? '      ' : goal.met ? 'met   ' : 'MISSED';
  return `${verdict}  ${title}: ${value}${goal === undefined ? '' : ` (goal: ${goal.text})`}`;
};
