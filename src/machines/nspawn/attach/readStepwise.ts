import type { Command } from '../../command.ts';

/** Milliseconds: a tree that does not answer by then does not want to be read. */
const patienceMs = 8_000;

/**
 * Constant text for `node -e`; what it works on comes as arguments: the directory, the most bytes, and the steps. A symbolic
 * link that a machine has made would be followed on the host, with this process's rights: therefore each step is taken from
 * the open directory before it, as openat(2) would, and no link is followed. Only a plain file is opened, because opening a
 * device or a fifo of the machine's could block or do something; O_NONBLOCK is for the case that it is exchanged between the two looks.
 */
const script = `const fs = require('node:fs');
const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY } = fs.constants;
const [root, maximum, ...steps] = process.argv.slice(1);
const requireFile = (stats) => {
  if (!stats.isFile()) throw new Error('not a plain file');
};
let here = fs.openSync(root, O_RDONLY | O_DIRECTORY);
const at = (name) => '/proc/self/fd/' + here + '/' + name;
for (const step of steps.slice(0, -1)) here = fs.openSync(at(step), O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
const path = at(steps.at(-1));
requireFile(fs.lstatSync(path));
const file = fs.openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
requireFile(fs.fstatSync(file));
const buffer = Buffer.alloc(Number(maximum));
let length = 0;
for (let count = 1; count > 0 && length < buffer.length; length += count)
  count = fs.readSync(file, buffer, length, buffer.length - length, null);
process.stdout.write(buffer.subarray(0, length));`;

/**
 * Reads a file below a directory whose content is not to be trusted, such as `/proc/LEADER/root`. The machine may have
 * mounted a file system of its own making there that never answers (FUSE). Whoever reads from that waits for good, and in this
 * process one of the four threads that read all files would wait. So a process of its own reads, which can be ended.
 * @param steps names, none of them with a slash
 * @param maximum bytes; what is beyond is cut off
 */
export const readStepwise = (root: string, steps: readonly string[], maximum: number): Command<string> => ({
  file: 'env',
  // The program of the extension host is VS Code's own, which is Node when it is told so.
  args: [
    ...['--unset=NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE=1', process.execPath],
    ...['-e', script, '--', root, String(maximum), ...steps],
  ],
  parse: ({ stdout }) => stdout,
  timeoutMs: patienceMs,
});
