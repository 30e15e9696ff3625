import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/**
 * Which directory it is, whatever it is called: as `stat -c %d:%i` prints it. Many file systems give inodes above 2^53, which
 * a number rounds, so that scripts see another directory, or two directories look like one.
 */
export const identityIn = ({ dev, ino }: Pick<BigIntStats, 'dev' | 'ino'>): string => `${dev}:${ino}`;

/** @throws an error of the file system where no directory can be seen there */
export const identityOf = async (directory: string): Promise<string> =>
  identityIn(await stat(directory, { bigint: true }));
