import type { Command } from '../../command.ts';
import type { ContainerRef } from '../places.ts';

/** What every tool of LXC is told first. A name that begins with a dash is a name there. */
export const addressed = ({ lxcpath, name }: ContainerRef): readonly string[] => [
  `--lxcpath=${lxcpath}`,
  `--name=${name}`,
];

const place = /^lxc-[a-z]+: (?:.*?: )?\S+\.c: (\w+): (\d+) (?:error: )?/u;

/** Advice goes over several lines, which stand in one place of the source: lxc-snapshot gives some for every tree that is a directory. */
const isAdvice = (line: string, beside: readonly (string | undefined)[]): boolean => {
  const [, own, number] = place.exec(line) ?? [];
  return beside.some((other) => {
    const [, theirs, next] = place.exec(other ?? '') ?? [];
    return own !== undefined && own === theirs && Math.abs(Number(number) - Number(next)) === 1;
  });
};

/**
 * The words of a tool of LXC without the places in its source that stand before each line, as in
 * `lxc-copy: web: ../src/lxc/lxccontainer.c: do_lxcapi_clone: 3762 error: …`.
 */
export const reasonIn = (stderr: string): string =>
  stderr
    .split('\n')
    .filter((line, index, all) => !isAdvice(line, [all[index - 1], all[index + 1]]))
    .map((line) => line.replace(place, '').trim())
    .filter((line) => line !== '')
    .join(' · ');

/** What LXC says of a container, for a person to read. */
export const containerInfo = (ref: ContainerRef): Command<string> => ({
  file: 'lxc-info',
  args: addressed(ref),
  parse: ({ stdout }) => stdout,
  reason: reasonIn,
});
