import { basename } from 'node:path';
import { machineNameOfImage } from './names.ts';

/** A machine or an image, told from every other one on this host: machines of two backends, or of two scopes, may share a name. */
export interface MachineRef {
  /** `id` of its backend. */
  readonly backend: string;
  /** Whose it is within the backend: `system`, `user`, or the directory in which its kind is kept. */
  readonly scope: string;
  readonly name: string;
}

/** Machines of the system's machined are written by their name alone, so that settings and ids that hold such names stay what they are. */
const plain = { backend: 'nspawn', scope: 'system' } as const;

const isPlain = ({ backend, scope }: MachineRef): boolean => backend === plain.backend && scope === plain.scope;

const written = /^([a-z][a-z0-9]*)\/([^/]+)\/([^/]+)$/u;

const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\u{fffd}'));

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** From its written form. What is none is the name of a machine of the system. */
export const readRef = (text: string): MachineRef => {
  const [, backend, scope, name] = written.exec(text) ?? [];
  const parts = { scope: decode(scope ?? ''), name: decode(name ?? '') };
  return backend === undefined || parts.scope === undefined || parts.name === undefined
    ? { ...plain, name: text }
    : { backend, scope: parts.scope, name: parts.name };
};

/**
 * The written form, which is the key of whatever is kept of a machine: the name, or `BACKEND/SCOPE/NAME` with scope and name as a URI has
 * them. No name of an image holds a `/` but a path, which begins with one, so the two forms never meet.
 */
export const writeRef = (ref: MachineRef): string => {
  if (isPlain(ref) && !written.test(ref.name)) return ref.name;
  return `${ref.backend}/${encode(ref.scope)}/${encode(ref.name)}`;
};

/** What a machine or an image is called after it was given another name. */
export const renamedId = (id: string, name: string): string => writeRef({ ...readRef(id), name });

/**
 * The machine that is run from an image, both by their reference: systemd-nspawn leaves out of the image's name what no name of a machine
 * can hold, and an image that is known by its path runs by its file name.
 */
export const machineIdOfImage = (id: string): string => {
  const ref = readRef(id);
  return ref.backend === plain.backend ? writeRef({ ...ref, name: machineNameOfImage(basename(ref.name)) }) : id;
};

/** The name that a person reads, of a written reference. */
export const nameOf = (text: string): string => readRef(text).name;
