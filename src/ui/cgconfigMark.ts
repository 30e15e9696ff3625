import type { CgconfigOpinion } from '../machines/cgroups/judge/judgeCgconfigFile.ts';

/** A piece of a line; lines and characters are counted from 0. */
export interface LinePart {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Where the mistake is that cgconfigparser stopped behind. */
export interface CgconfigMark extends LinePart {
  /** Whether that is not the line that it names. */
  readonly isElsewhere: boolean;
}

/**
 * cgconfigparser reads up to where nothing fits any more, mostly the line behind the mistake, and counts no lines inside of
 * quotes. `mistakes` are those that we see; the first of them is the one that it stopped for, if it does not stand behind its
 * line.
 */
export const cgconfigMark = (
  { line: said = 1 }: CgconfigOpinion,
  lines: readonly string[],
  mistakes: readonly LinePart[],
): CgconfigMark => {
  const named = Math.max(0, Math.min(said, lines.length) - 1);
  const [first] = [...mistakes].sort((a, b) => a.line - b.line || a.start - b.start);
  if (first !== undefined && first.line <= named) return { ...first, isElsewhere: first.line !== named };
  const written = lines[named] ?? '';
  return {
    line: named,
    start: written.length - written.trimStart().length,
    end: written.trimEnd().length,
    isElsewhere: false,
  };
};
