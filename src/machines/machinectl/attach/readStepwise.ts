import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open } from 'node:fs/promises';

const openDirectory = (path: string, follow: boolean): Promise<FileHandle> =>
  open(path, constants.O_RDONLY | constants.O_DIRECTORY | (follow ? 0 : constants.O_NOFOLLOW));

/**
 * Opens the file only if it is a plain one: opening a device or a fifo of the machine's could block or do something.
 * O_NONBLOCK is for the case that it is exchanged between the two looks.
 */
const openPlain = async (path: string): Promise<FileHandle> => {
  const refuse = (): never => {
    throw new Error('not a plain file');
  };
  if (!(await lstat(path)).isFile()) refuse();
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  return refuse();
};

const readUpTo = async (file: FileHandle, maximum: number): Promise<string> => {
  const buffer = Buffer.alloc(maximum);
  const state = { length: 0 };
  for (;;) {
    const { bytesRead } = await file.read(buffer, state.length, maximum - state.length);
    state.length += bytesRead;
    if (bytesRead === 0 || state.length === maximum) return buffer.toString('utf8', 0, state.length);
  }
};

/**
 * Reads a file below a directory whose content is not to be trusted, such as `/proc/LEADER/root`. A symbolic link that a
 * machine has made would be followed on the host, with this process's rights: therefore each step is taken from the open
 * directory before it, as openat(2) would, and no link is followed.
 * @param steps names, none of them with a slash
 * @param maximum bytes; what is beyond is cut off
 * @throws NodeJS.ErrnoException ENOENT, EACCES, ELOOP or ENOTDIR for a link, …
 */
export const readStepwise = async (root: string, steps: readonly string[], maximum: number): Promise<string> => {
  const opened: FileHandle[] = [];
  const at = (parent: FileHandle, name: string): string => `/proc/self/fd/${parent.fd}/${name}`;
  try {
    let here = await openDirectory(root, true);
    opened.push(here);
    for (const step of steps.slice(0, -1)) {
      here = await openDirectory(at(here, step), false);
      opened.push(here);
    }
    const file = await openPlain(at(here, steps.at(-1) ?? ''));
    opened.push(file);
    return await readUpTo(file, maximum);
  } finally {
    await Promise.allSettled(opened.map((handle) => handle.close()));
  }
};
