import * as l10n from '@vscode/l10n';
import { valueSets } from '../../schema/valueSets.ts';
import type { Entry } from '../document.ts';
import { namedCapabilities } from '../nspawn/crossRules/capabilitySets.ts';
import type { StartUp } from '../nspawn/crossRules/startUp.ts';
import { extractWords } from '../nspawn/values/extractWord.ts';
import { callsOf } from '../nspawn/values/syscallSets.ts';
import { lxcSchema } from '../../schema/lxcSchema.ts';
import { warning } from '../cgconfig/migrate/migrationNote.ts';
import { quoteForShell } from '../shellWords.ts';
import type { LxcDraft } from './lxcDraft.ts';

const wordsOfLxc = (): readonly string[] => {
  const value = lxcSchema.keys.find(({ name }) => name === 'lxc.cap.keep')?.value;
  return value?.kind === 'capabilities' ? value.words : [];
};

/** All that the machine keeps, by name: LXC would leave what is not named away only where it is told to. */
export const addCapabilitiesOf = (
  to: LxcDraft,
  { settings, systemdVersion, privateNetwork, capabilities }: StartUp,
): void => {
  const { plus, minus } = namedCapabilities(settings, systemdVersion);
  const usual = new Set([...valueSets.defaultCapabilities, ...(privateNetwork ? ['CAP_NET_ADMIN'] : [])]);
  const isKept = (name: string): boolean =>
    !(minus.has('all') || minus.has(name) || (capabilities.losesBindService && name === 'CAP_NET_BIND_SERVICE')) &&
    (plus.has('all') || plus.has(name) || usual.has(name));
  const known = new Set(wordsOfLxc());
  const kept = valueSets.capabilities
    .filter(({ name }) => isKept(name))
    .map(({ name }) => name.slice('CAP_'.length).toLowerCase())
    .filter((word) => known.has(word));
  to.set(
    'lxc.cap.keep',
    kept.length === 0 ? 'none' : kept.join(' '),
    settings.last('Capability') ?? settings.last('DropCapability'),
  );
};

const ofLxc = '/usr/share/lxc/config/common.seccomp';
/** What LXC's own policy denies. */
const denied = ['kexec_load', 'open_by_handle_at', 'init_module', 'finit_module', 'delete_module'];

/** Calls that are denied, as a policy of LXC; what is allowed besides needs none. */
export const addFilterOf = (to: LxcDraft, lines: readonly Entry[]): void => {
  const denials = lines.filter(({ value }) => value.startsWith('~'));
  const last = denials.at(-1);
  for (const entry of lines)
    if (!entry.value.startsWith('~'))
      to.notes.tell(entry, l10n.t('LXC denies no more than the calls of its policy, so there is nothing to allow.'));
  to.notes.add(
    last ?? { key: 'SystemCallFilter', line: 1 },
    warning(
      l10n.t(
        'systemd-nspawn allows only the system calls that it lists, while LXC allows all that its policy does not deny.',
      ),
    ),
  );
  if (last === undefined) {
    to.set('lxc.seccomp.profile', ofLxc);
    return;
  }
  const calls = new Set(denied);
  for (const value of new Set(denials.map((entry) => entry.value)))
    for (const { text } of extractWords(value.slice(1), {}).words)
      for (const call of text.startsWith('@') ? callsOf(text) : [text]) if (/^\w+$/u.test(call)) calls.add(call);
  const path = `/var/lib/lxc/${to.container}/seccomp`;
  to.files.push({ path, text: `2\ndenylist\n[all]\n${[...calls].map((call) => `${call} errno 1\n`).join('')}` });
  to.set('lxc.seccomp.profile', path, last);
};

/** Numbers of users and groups; true where the mount of the root file system is to shift its owners. */
export const addUsersOf = (to: LxcDraft, { settings, users, shift, ownership }: StartUp): boolean => {
  if (users === 'no') return false;
  const entry = settings.last('PrivateUsers');
  const [, base = '524288', count = '65536'] = /^(\d+)(?::(\d+))?$/u.exec(entry?.value ?? '') ?? [];
  const first = shift === 'identity' ? '0' : shift === 'known' ? base : '524288';
  const many = shift === 'known' || (shift === 'identity' && entry?.value !== 'identity') ? count : '65536';
  to.set('lxc.idmap', `u 0 ${first} ${many}`, entry);
  to.set('lxc.idmap', `g 0 ${first} ${many}`, entry);
  const isMapped = ownership === 'map' || (ownership === 'auto' && users !== 'fixed');
  const from = entry ?? { key: 'PrivateUsers', line: 1 };
  if (shift === 'image' || ownership === 'chown' || ownership === 'foreign')
    to.notes.add(from, {
      level: 'warning',
      text: l10n.t`The owner of the image is the first number of its map: write it in place of ${first} where it is another.`,
    });
  if (first === '0') return false;
  const range = `${first}-${BigInt(first) + BigInt(many) - 1n}`;
  to.commands.push({
    why: l10n.t('LXC asks for these numbers in /etc/subuid and /etc/subgid'),
    line: ['usermod', '--add-subuids', range, '--add-subgids', range, 'root'].map(quoteForShell).join(' '),
  });
  if (!isMapped)
    to.commands.push({
      why: l10n.t('The root of the container has to reach its files, and nobody else'),
      line: `setfacl -m u:${first}:x -- /var/lib/machines`,
    });
  return isMapped;
};

/** What the unit allows: null, zero, full, random, urandom, tty and ptmx, terminals, and what networks and file systems in it need. */
const unitDevices = [
  ...['c 1:3 rwm', 'c 1:5 rwm', 'c 1:7 rwm', 'c 1:8 rwm', 'c 1:9 rwm', 'c 5:0 rwm', 'c 5:2 rwm', 'c 136:* rw'],
  ...['c 10:200 rwm', 'c 10:229 rwm'],
];

/** Without a rule LXC would open every device. */
export const addDevicesOf = (to: LxcDraft): void => {
  to.set('lxc.cgroup2.devices.deny', 'a');
  for (const rule of unitDevices) to.set('lxc.cgroup2.devices.allow', rule);
};
