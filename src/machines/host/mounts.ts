import { unescapeOctal } from '../../hostFiles/paths.ts';

/** A line of /proc/PID/mountinfo, with its escapes undone but in the options. */
export interface Mount {
  /** `major:minor` of the file system. */
  readonly device: string;
  /** What of the file system is mounted. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
  /** The options of the file system, as the kernel writes them. */
  readonly options: string;
}

/**
 * What the text of a `mountinfo` names, in its order; of two mounts at one place the later one lies above.
 * https://www.kernel.org/doc/html/latest/filesystems/proc.html
 */
export const mountsIn = (mountinfo: string): readonly Mount[] =>
  mountinfo.split('\n').flatMap((line) => {
    // Optional fields stand before the dash, as many as the kernel likes.
    const [left = '', right = ''] = line.split(' - ', 2);
    const [, , device, root, point] = left.split(' ');
    if (device === undefined || root === undefined || point === undefined) return [];
    const [type = '', , ...options] = right.split(' ');
    return [{ device, root: unescapeOctal(root), point: unescapeOctal(point), type, options: options.join(' ') }];
  });
