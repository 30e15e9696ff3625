import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { type Backend, offeredByAny, operationOn } from '../../machines/backend.ts';
import { nameOf, readRef } from '../../machines/reference.ts';
import type { AtBootAct, AtBootGroup, StartsAtBoot } from '../../machines/startSettings.ts';
import { askModal, showDone, showInformation } from '../notifications.ts';
import { plainText, shownName } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { pickOne } from '../questions.ts';
import { answered, cancelled, confirm } from './answers.ts';
import { listApart } from './describeLoss.ts';
import type { CommandServices, Handler } from './handler.ts';
import { offerToKill } from './killNow.ts';
import { operate } from './operate.ts';
import { cancellable, runAsRoot } from './runAsRoot.ts';

const { l10n } = vscode;

type AtBoot = NonNullable<Backend['atBoot']>;

const titles = (): Readonly<Record<AtBootAct, string>> => ({
  start: l10n.t('Start all that start at boot'),
  powerOff: l10n.t('Power off all that start at boot'),
  reboot: l10n.t('Reboot all that start at boot'),
});

const askAct = async (): Promise<AtBootAct> => {
  const items = [
    {
      act: 'start',
      label: l10n.t('Start'),
      description: l10n.t('those that do not run, in their order, with their delays'),
    },
    { act: 'powerOff', label: l10n.t('Power Off'), description: l10n.t('those that run, one after the other') },
    { act: 'reboot', label: l10n.t('Reboot'), description: l10n.t('those that run, one after the other') },
  ] as const;
  const title = l10n.t('Containers that start at boot');
  return answered(await pickOne(items, { title, placeHolder: l10n.t('What to do with them now') })).act;
};

/** This user's own containers, or those of the system, where there are both. */
const askScope = async (services: CommandServices, { scopes }: AtBoot, title: string): Promise<string> => {
  const all = scopes();
  const known = [...services.inventory.images.keys()].map((id) => readRef(id).scope);
  const used = all.filter((scope) => known.includes(scope));
  const [only = all[0], ...others] = used;
  if (others.length === 0) return answered(only);
  const items = used.map((scope) => ({ scope, label: plainText(scope, 120) }));
  return answered(await pickOne(items, { title, placeHolder: l10n.t('Whose containers') })).scope;
};

/** The groups of what starts at boot, and whether some of them this user cannot know. */
const groupsOf = async (
  { backends, inventory }: CommandServices,
  scope: string,
): Promise<{ readonly groups: readonly string[]; readonly isPart: boolean }> => {
  const found = new Set<string>();
  const state = { isPart: false };
  for (const ref of [...inventory.images.keys()].map(readRef)) {
    const settings = backends.find(({ id }) => id === ref.backend)?.startSettings;
    if (settings === undefined || ref.scope !== scope) continue;
    // One that is gone meanwhile, or holds no text, is in no group.
    const read = await settings.read(ref).catch(() => ({ atBoot: false, groups: [] }));
    if (read === undefined) state.isPart = true;
    else if (read.atBoot !== false) for (const group of read.groups) found.add(group);
  }
  return { groups: [...found].sort(), isPart: state.isPart };
};

const askGroup = async (services: CommandServices, scope: string, title: string): Promise<AtBootGroup> => {
  const { groups, isPart } = await groupsOf(services, scope);
  if (groups.length === 0 && !isPart) return 'all';
  const items: readonly (vscode.QuickPickItem & { readonly group: AtBootGroup })[] = [
    { group: 'all', label: l10n.t('All'), description: l10n.t('whatever group they are in') },
    {
      group: 'boot',
      label: l10n.t('As at Boot'),
      description: l10n.t('the group onboot, then what is in no group, as most systems do it'),
    },
    ...groups.map((name) => ({ group: { name }, label: plainText(name, 80), description: l10n.t('only this group') })),
  ];
  return answered(await pickOne(items, { title, placeHolder: l10n.t('Which of them') })).group;
};

/** By the tool itself, with the rights that it needs. @throws MachineError */
const listOf = async (
  services: CommandServices,
  { list, isOwn }: AtBoot,
  { scope, group, act }: { readonly scope: string; readonly group: AtBootGroup; readonly act: AtBootAct },
  title: string,
): Promise<readonly StartsAtBoot[]> => {
  const reach = isOwn(scope) ? 'direct' : await reachForTerminal(services, title, []);
  const command = await list(scope, group, act);
  return cancellable(title, (signal) => runAsRoot(services, { title, reach, signal }, command));
};

const sayNone = (act: AtBootAct): void => {
  void showInformation(
    act === 'start'
      ? l10n.t(
          'None of them is left to start: what starts at boot runs already, or nothing does. Enable at Boot adds one.',
        )
      : l10n.t('None of the containers that start at boot is running.'),
  );
};

/** Says which are meant, and asks. @throws MachineError cancelled */
const ask = async (services: CommandServices, act: AtBootAct, found: readonly StartsAtBoot[]): Promise<void> => {
  const names = listApart(
    services,
    found.map(({ id }) => id),
  );
  if (act === 'powerOff')
    return confirm(
      l10n.t('Power off these containers?'),
      l10n.t('What runs in them ends, one after the other:\n{0}', names),
      l10n.t('Power Off'),
    );
  if (act === 'reboot')
    return confirm(
      l10n.t('Reboot these containers?'),
      l10n.t('What runs in them ends and begins anew, one after the other:\n{0}', names),
      l10n.t('Reboot'),
    );
  const start = l10n.t('Start');
  const question = l10n.t('Start these containers, one after the other?');
  if ((await askModal('information', question, names, start)) !== start) throw cancelled();
};

/** The longest that a timer of Node takes. */
const longestPause = Math.floor((2 ** 31 - 1) / 1_000);

/** @throws MachineError cancelled */
const wait = async (seconds: number, signal: AbortSignal): Promise<void> => {
  await sleep(seconds * 1_000, undefined, { signal }).catch(() => {
    throw cancelled();
  });
};

export const allAtBoot: Handler = async (services) => {
  const atBoot = offeredByAny(services.backends, (backend) => backend.atBoot);
  await services.inventory.refresh();
  const act = await askAct();
  const title = titles()[act];
  const scope = await askScope(services, atBoot, title);
  const group = await askGroup(services, scope, title);
  const found = await listOf(services, atBoot, { scope, group, act }, title);
  if (found.length === 0) {
    sayNone(act);
    throw cancelled();
  }
  await ask(services, act, found);
  const ids = found.map(({ id }) => id);
  /** What was done last, and what is to be waited behind it. Whoever tries again what stands before it waits for nothing. */
  const last = { place: -1, pause: 0 };
  const words = { start: l10n.t('starting…'), powerOff: l10n.t('powering off…'), reboot: l10n.t('rebooting…') };
  const done = await operate(services, {
    title,
    what: words[act],
    names: ids,
    // In their order, which is what one of them may rely on.
    atOnce: 1,
    ...(act === 'powerOff' ? { slow: offerToKill(services) } : {}),
    operation: async (name, tell, signal) => {
      const place = ids.indexOf(name);
      const pause = place > last.place ? last.pause : 0;
      last.pause = 0;
      if (pause > 0) tell(l10n.t('{0} in {1} seconds', shownName(name, 40), pause));
      await wait(pause, signal);
      const operation = await operationOn(services, name, (operations) => operations[act]);
      return {
        ...operation,
        settle: async (...given) => {
          await operation.settle(...given);
          Object.assign(last, { place, pause: Math.min(found[place]?.delay ?? 0, longestPause) });
        },
      };
    },
  });
  if (done.length === 0) return;
  const names = plainText(done.map((name) => plainText(nameOf(name), 40)).join(', '), 200);
  const sentences = {
    start: l10n.t('Started: {0}', names),
    powerOff: l10n.t('Powered off: {0}', names),
    reboot: l10n.t('Rebooted: {0}', names),
  };
  showDone(sentences[act]);
};
