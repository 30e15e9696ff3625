import type { Command } from '../../command.ts';
import { type AtBootAct, type AtBootGroup, type StartsAtBoot } from '../../startSettings.ts';
import { reasonIn } from '../commands/lxcTool.ts';
import { isEntryName } from '../containerName.ts';
import { idOf } from '../places.ts';

/** Of the tool's words on groups: an empty name between commas stands for what is in no group. */
const groupsOption = (group: AtBootGroup): string => {
  if (group === 'all') return '--all';
  return group === 'boot' ? '--groups=onboot,' : `--groups=${group.name}`;
};

/**
 * Which containers lxc-autostart would start, in its order, or shut down, by that tool itself: with `--list` it only names them. Of those
 * that it would start it says how long it waits behind each.
 */
export const listAtBoot = (lxcpath: string, group: AtBootGroup, act: AtBootAct): Command<readonly StartsAtBoot[]> => ({
  file: 'lxc-autostart',
  args: [`--lxcpath=${lxcpath}`, '--list', groupsOption(group), ...(act === 'start' ? [] : ['--shutdown'])],
  parse: ({ stdout }) =>
    stdout.split('\n').flatMap((line) => {
      const [, name = '', delay = '0'] = (act === 'start' ? /^(.*) (\d+)$/u : /^(.*)$/u).exec(line) ?? [];
      return isEntryName(name) ? [{ id: idOf({ lxcpath, name }), delay: Number(delay) }] : [];
    }),
  reason: reasonIn,
  timeoutMs: 60_000,
});
