import * as l10n from '@vscode/l10n';
import type { Entry } from '../document.ts';
import type { NspawnDraft } from './draft.ts';
import { cannotHold } from './reasons.ts';

type UnitKey = 'ExecStartPre' | 'ExecStartPost' | 'ExecStopPost';

/** Hooks that run on the host, and what of the unit runs at that time. Those of the stop may fail in LXC, too. */
export const hooksOfUnit: Readonly<Record<string, readonly [key: UnitKey, first: string]>> = {
  'lxc.hook.pre-start': ['ExecStartPre', 'env'],
  'lxc.hook.start-host': ['ExecStartPost', 'env'],
  'lxc.hook.stop': ['ExecStopPost', '-env'],
  'lxc.hook.post-stop': ['ExecStopPost', '-env'],
};

/** As LXC calls it: by a shell, with the name and the kind of the hook in the environment, and before version 1 as arguments. */
export const addHook = (
  to: NspawnDraft,
  entry: Entry,
  container: string,
  rootfs: string | undefined,
  hasArguments: boolean,
): void => {
  const [key, first] = hooksOfUnit[entry.key] ?? ['ExecStartPre', 'env'];
  const kind = entry.key.slice('lxc.hook.'.length);
  const known = ['NAME', 'HOOK_TYPE', ...(rootfs === undefined ? [] : ['ROOTFS_PATH'])];
  if ([...entry.value.matchAll(/LXC_(\w*)/gu)].some(([, name = '']) => !known.includes(name))) {
    to.notes.lost(entry, l10n.t('It is left out, because LXC alone sets the variable that it reads.'));
    return;
  }
  const words = [
    `LXC_NAME=${container}`,
    `LXC_HOOK_TYPE=${kind}`,
    ...(rootfs === undefined ? [] : [`LXC_ROOTFS_PATH=${rootfs}`]),
    'sh',
    '-c',
    `exec ${entry.value}${hasArguments ? ' "$@"' : ''}`,
    ...(hasArguments ? ['sh', container, 'lxc', kind] : []),
  ];
  to.notes.lost(
    entry,
    to.run(key, first, words)
      ? l10n.t`Root runs it at each start or stop of the unit, and of the variables of LXC there are only ${known.map((name) => `LXC_${name}`).join(', ')}.`
      : cannotHold(),
  );
};
