import { constants } from 'node:fs';
import { access, mkdir, open, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from '../../command.ts';
import { ignoreOutput } from '../../command.ts';
import { MachineError } from '../../errors.ts';

/** One thing that the kernel is told by its files. */
export type KernelStep =
  | { readonly kind: 'make'; readonly path: string }
  | { readonly kind: 'remove'; readonly path: string }
  | { readonly kind: 'write'; readonly path: string; readonly text: string };

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';

const take = async (step: KernelStep): Promise<void> => {
  switch (step.kind) {
    case 'make':
      await mkdir(step.path);
      return;
    case 'remove':
      await rmdir(step.path);
      return;
    case 'write': {
      // Never makes a file: where the hierarchy has been unmounted meanwhile, there is none.
      const file = await open(step.path, constants.O_WRONLY | constants.O_NOFOLLOW);
      try {
        await file.write(`${step.text}\n`);
      } finally {
        await file.close();
      }
    }
  }
};

/**
 * Tells the kernel, one after the other. The first that is refused ends it; those before it have happened.
 * @throws MachineError kernelRefused
 */
export const takeSteps = async (steps: readonly KernelStep[]): Promise<void> => {
  for (const step of steps) {
    try {
      await take(step);
    } catch (error) {
      const text = step.kind === 'write' ? { text: step.text } : {};
      throw new MachineError(
        { kind: 'kernelRefused', path: step.path, ...text, code: codeOf(error) },
        { cause: error },
      );
    }
  }
};

const mayTake = async (step: KernelStep): Promise<boolean> => {
  try {
    await access(step.kind === 'write' ? step.path : dirname(step.path), constants.W_OK);
    return true;
  } catch (error) {
    // What one of the steps makes is not there yet, and will belong to this user.
    return codeOf(error) === 'ENOENT';
  }
};

/** Whether this user may do all of it without more privileges. */
export const mayTakeSteps = async (steps: readonly KernelStep[]): Promise<boolean> =>
  process.getuid?.() === 0 || (await Promise.all(steps.map(mayTake))).every(Boolean);

/**
 * Constant text for `sh -c`. Parameters: the steps, each as `make PATH`, `remove PATH` or `write PATH TEXT`. tee says why the
 * kernel refuses, which a redirection of the shell's does not.
 */
const stepsScript = `
set -u
while [ "$#" -gt 0 ]; do
  case "$1" in
    make) mkdir -- "$2" || exit 1; shift 2 ;;
    remove) rmdir -- "$2" || exit 1; shift 2 ;;
    write)
      if [ ! -f "$2" ]; then printf '%s: no such file\\n' "$2" >&2; exit 1; fi
      printf '%s\\n' "$3" | tee -- "$2" >/dev/null || exit 1
      shift 3 ;;
    *) exit 2 ;;
  esac
done
`;

/** The same as one run of an outside tool, for whoever needs sudo or the like: one password for all of it. */
export const stepsCommand = (steps: readonly KernelStep[]): Command<void> => ({
  file: 'sh',
  args: [
    '-c',
    stepsScript,
    'sh',
    ...steps.flatMap((step) => (step.kind === 'write' ? [step.kind, step.path, step.text] : [step.kind, step.path])),
  ],
  parse: ignoreOutput,
  acts: true,
});
