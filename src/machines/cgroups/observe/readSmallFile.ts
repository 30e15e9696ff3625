import { closeSync, openSync, readSync } from 'node:fs';

// One buffer for all: files of the kernel are read within one turn of the event loop, and what they say is copied out at once.
const shared = Buffer.allocUnsafe(64 * 1024);

/** The shared buffer up to what was read. It is overwritten by the next read: take out what is needed at once. */
export const readDescriptor = (descriptor: number): Buffer => {
  // From the start each time: the kernel writes the text anew for whoever reads there.
  const length = readSync(descriptor, shared, 0, shared.length, 0);
  return shared.subarray(0, length);
};

/** Calls `take` with one piece after the other, of however long a text: lists are given a page at a time. */
export const readPieces = (descriptor: number, take: (piece: Buffer) => void): void => {
  for (let position = 0; ;) {
    const length = readSync(descriptor, shared, 0, shared.length, position);
    if (length === 0) return;
    take(shared.subarray(0, length));
    position += length;
  }
};

/** Opens a file for `read`, and closes it whatever happens. @throws what `openSync` and `read` throw */
export const withFile = <Result>(path: string, read: (descriptor: number) => Result): Result => {
  const descriptor = openSync(path, 'r');
  try {
    return read(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * A file of the kernel as text, at most 64 KiB of it; undefined where there is none or it cannot be read. Bytes become the
 * characters of the same number, so that nothing is lost. A third of the time that readFileSync takes.
 */
export const readSmallFile = (path: string): string | undefined => {
  try {
    return withFile(path, (descriptor) => readDescriptor(descriptor).toString('latin1'));
  } catch {
    return undefined;
  }
};
