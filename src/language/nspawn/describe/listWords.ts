import * as l10n from '@vscode/l10n';
import { valueSets } from '../../../schema/valueSets.ts';
import type { ValueType } from '../../../schema/types.ts';
import { allowedByDefault } from '../values/syscallSets.ts';
import type { ValueContext } from '../values/valueKind.ts';
import type { Description } from '../describeValue.ts';
import { parsedWordAt } from '../values/extractWord.ts';

const { capabilities, defaultCapabilities, signals, syscallGroups, syscalls } = valueSets;
const groups = new Map(syscallGroups.map(({ name, members }) => [name, members]));
const knownSyscalls = new Set(syscalls);

/** A list in a sentence, with the number of those left out. */
const listed = (items: readonly string[], most = 16): string => {
  const shown = items
    .slice(0, most)
    .map((item) => `\`${item}\``)
    .join(', ');
  return items.length > most ? l10n.t`${shown} and ${items.length - most} more` : shown;
};

export const describeCapabilities = (value: string, offset: number): Description | undefined => {
  const word = parsedWordAt(value, offset, {});
  if (word === undefined) return undefined;
  const { start, end, text } = word;
  if (text === 'all') return { start, end, markdown: l10n.t('**all**: every capability that the host’s kernel has.') };
  const lower = text.toUpperCase();
  const known = capabilities.find(({ name, number }) => name === lower || `${number}` === text);
  if (known === undefined) return undefined;
  const usual = defaultCapabilities.includes(known.name)
    ? l10n.t('A machine has it unless it is dropped.')
    : l10n.t('A machine does not have it unless it is added.');
  return { start, end, markdown: `**${known.name}** (${known.number}): ${l10n.t(known.summary)}. ${usual}` };
};

/** Of Linux; the C library keeps the first two of the kernel's for itself. */
const realTime = { first: 34, last: 64 };

const signalOf = (text: string): { readonly name: string; readonly number: number } | undefined => {
  const name = text.startsWith('SIG') ? text.slice(3) : text;
  const known = signals.find((one) => one.name === `SIG${name}` || `${one.number}` === text);
  if (known !== undefined) return known;
  const relative = /^RT(MIN|MAX)(?:([+-])(\d{1,2}))?$/u.exec(name);
  const distance = Number(`${relative?.[2] ?? ''}${relative?.[3] ?? '0'}`);
  const number = relative === null ? Number(text) : (relative[1] === 'MIN' ? realTime.first : realTime.last) + distance;
  if (!(number >= realTime.first && number <= realTime.last)) return undefined;
  return { name: number === realTime.first ? 'SIGRTMIN' : `SIGRTMIN+${number - realTime.first}`, number };
};

/** What programs that are run as PID 1 take the signal for, as far as it is well known. */
const initMeanings: Readonly<Record<string, string>> = {
  'SIGRTMIN+3': l10n.t('systemd as PID 1 halts the machine.'),
  'SIGRTMIN+4': l10n.t('systemd as PID 1 powers the machine off.'),
  'SIGRTMIN+5': l10n.t('systemd as PID 1 reboots the machine.'),
  SIGTERM: l10n.t('systemd as PID 1 only executes itself anew; BusyBox reboots.'),
  SIGINT: l10n.t('systemd as PID 1 reboots the machine, as for Ctrl+Alt+Del.'),
  SIGPWR: l10n.t('sysvinit takes it for a power failure; systemd starts sigpwr.target.'),
  SIGKILL: l10n.t('ends everything at once, without a shutdown.'),
  SIGUSR2: l10n.t('BusyBox as PID 1 powers the machine off.'),
  SIGUSR1: l10n.t('BusyBox as PID 1 halts the machine.'),
};

export const describeSignal = (value: string): Description | undefined => {
  const signal = signalOf(value);
  if (signal === undefined) return undefined;
  const meaning = initMeanings[signal.name];
  const text = l10n.t`**${signal.name}** is signal ${signal.number}.`;
  return { start: 0, end: value.length, markdown: meaning === undefined ? text : `${text} ${meaning}` };
};

/** All system calls of a group, also those of the groups in it. */
const membersOf = (group: string): readonly string[] =>
  (groups.get(group) ?? []).flatMap((member) => (member.startsWith('@') ? membersOf(member) : [member]));

const allowance = (name: string, systemdVersion: number): string => {
  const capability = allowedByDefault(systemdVersion).get(name);
  if (capability === undefined) return l10n.t('A machine may not use it unless it is added.');
  return capability === null
    ? l10n.t('A machine may use it unless it is taken away.')
    : l10n.t`A machine may use it if it has ${capability}.`;
};

export const describeSyscalls = (
  value: string,
  offset: number,
  _type: Extract<ValueType, { readonly kind: 'syscallFilter' }>,
  { context }: ValueContext,
): Description | undefined => {
  const denies = value.startsWith('~');
  const word = parsedWordAt(value, offset, {});
  if (word === undefined) return undefined;
  const own = denies && word.start === 0 ? 1 : 0;
  const text = word.text.slice(own);
  const span = { start: word.start + own, end: word.end };
  if (denies && offset === 0 && own === 1)
    return { start: 0, end: 1, markdown: l10n.t('`~`: what is listed on this line is taken away.') };
  const group = groups.get(text);
  if (group !== undefined) {
    const count = membersOf(text).length;
    const markdown = denies
      ? l10n.t`**${text}** is taken away, ${count} system calls: ${listed(group)}.`
      : l10n.t`**${text}** is allowed, ${count} system calls: ${listed(group)}.`;
    return { ...span, markdown };
  }
  if (!knownSyscalls.has(text)) return undefined;
  const what = denies ? l10n.t`System call **${text}** is taken away.` : l10n.t`System call **${text}** is allowed.`;
  return { ...span, markdown: `${what} ${l10n.t`By default: ${allowance(text, context.systemdVersion)}`}` };
};

const families: Readonly<Record<string, string>> = {
  AF_UNIX: l10n.t('sockets on the same machine'),
  AF_LOCAL: l10n.t('sockets on the same machine, the same as AF_UNIX'),
  AF_INET: 'IPv4',
  AF_INET6: 'IPv6',
  AF_NETLINK: l10n.t('talk with the kernel, which networkd, udev and ip need'),
  AF_PACKET: l10n.t('raw frames, which DHCP clients and tcpdump need'),
  AF_VSOCK: l10n.t('talk between a virtual machine and its host'),
  AF_BLUETOOTH: 'Bluetooth',
  AF_CAN: l10n.t('controller area networks, as in cars'),
  AF_ALG: l10n.t('the kernel’s cryptography'),
  AF_XDP: l10n.t('frames that bypass the network stack'),
  AF_TIPC: l10n.t('talk between the nodes of a cluster'),
};

export const describeFamilies = (value: string, offset: number): Description | undefined => {
  const word = parsedWordAt(value, offset, { unquote: true });
  const text = word?.text.replace(/^~/u, '');
  if (word === undefined || text === undefined) return undefined;
  if (text === 'none') return { ...word, markdown: l10n.t('**none**: no address family at all is allowed.') };
  const known = families[text];
  return known === undefined ? undefined : { start: word.start, end: word.end, markdown: `**${text}**: ${known}.` };
};
