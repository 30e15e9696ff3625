import { constants } from 'node:fs';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import type { ControlGroup } from '../controlGroup.ts';
import { groupDirectory, groupFile } from '../groupDirectory.ts';

/** A parameter file of a group, as it is now. */
export interface Knob {
  /** The name of the file. */
  readonly name: string;
  /** What stands in it, without the line end; undefined where it can only be written, or not be read now. Untrusted text. */
  readonly value: string | undefined;
  /** Whether the kernel lets it be written at all, by whoever may. */
  readonly writable: boolean;
}

/** Statistics of a large host are longer, and nobody reads them in a list. */
const longestValue = 4096;

const readStart = async (file: FileHandle): Promise<string> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(longestValue), 0, longestValue, 0);
  return buffer.toString('utf8', 0, bytesRead).trimEnd();
};

/** What stands in a parameter file; undefined where it cannot be read. */
export const readKnobValue = async (group: ControlGroup, name: string): Promise<string | undefined> => {
  try {
    const file = await open(groupFile(group, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return await readStart(file);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
};

const anyoneReads = 0o444;
const anyoneWrites = 0o222;

const readKnob = async (group: ControlGroup, name: string): Promise<Knob | undefined> => {
  try {
    const { mode } = await stat(groupFile(group, name));
    const value = (mode & anyoneReads) === 0 ? undefined : await readKnobValue(group, name);
    return { name, value, writable: (mode & anyoneWrites) !== 0 };
  } catch {
    // Gone meanwhile: with its group, or with the controller.
    return undefined;
  }
};

/** Every parameter of a group, by name; none where the group is gone. */
export const readKnobs = async (group: ControlGroup): Promise<readonly Knob[]> => {
  const entries = await readdir(groupDirectory(group), { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const knobs = await Promise.all(names.map((name) => readKnob(group, name)));
  return knobs.filter((knob) => knob !== undefined).sort((one, other) => (one.name < other.name ? -1 : 1));
};
