import type { WriteOutcome } from '../../protocol/parameterMeanings.ts';
import { readBytes } from './parameterValue.ts';

/** Those that Linux is built with, in bytes, the usual one first. */
const pageSizes = [4096n, 16_384n, 65_536n];

/** Holds what was written against what is read back. */
export const outcomeOf = (written: string, read: string): WriteOutcome => {
  const wanted = written.trim();
  if (wanted === read) return { kind: 'asWritten' };
  const [before, after] = [readBytes(wanted), readBytes(read)];
  if (before === undefined || after === undefined) return { kind: 'other' };
  if (before === after) return { kind: 'sameNumber' };
  const page = pageSizes.find((size) => before - (before % size) === after);
  return page === undefined ? { kind: 'other' } : { kind: 'roundedDown', page: Number(page) };
};
