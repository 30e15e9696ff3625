import * as l10n from '@vscode/l10n';
import type { ValueType } from '../../../schema/types.ts';
import { codeSpan } from '../../markdown.ts';
import type { ValueContext } from '../values/valueKind.ts';
import type { Description } from '../describeValue.ts';
import { parsedWordAt } from '../values/extractWord.ts';

/** IFNAMSIZ without its NUL byte. */
const longestName = 15;

const whole = (value: string, markdown: string): Description => ({ start: 0, end: value.length, markdown });

/** `[tcp:|udp:]HOST[:MACHINE]` */
export const describePort = (value: string): Description | undefined => {
  const parts = /^(?:(tcp|udp):)?(\d{1,5})(?::(\d{1,5}))?$/u.exec(value);
  if (parts === null) return undefined;
  const [, protocol = 'tcp', hostPort = '', machinePort = hostPort] = parts;
  if (![hostPort, machinePort].every((port) => Number(port) >= 1 && Number(port) <= 65_535)) return undefined;
  return whole(
    value,
    l10n.t`${protocol.toUpperCase()} port ${Number(hostPort)} of the host leads to port ${Number(machinePort)} of the machine; not from the host itself over its loopback address.`,
  );
};

interface Joining {
  readonly says: (host: string) => string;
  readonly saysAs: (host: string, machine: string) => string;
  readonly prefix: string;
}

const joinings: Readonly<Record<string, Joining>> = {
  Interface: {
    says: (host) => l10n.t`${host} of the host moves into the machine.`,
    saysAs: (host, machine) => l10n.t`${host} of the host moves into the machine, which is called ${machine} there.`,
    prefix: '',
  },
  MACVLAN: {
    says: (host) => l10n.t`${host} of the host gets a macvlan interface for the machine.`,
    saysAs: (host, machine) =>
      l10n.t`${host} of the host gets a macvlan interface for the machine, which is called ${machine} there.`,
    prefix: 'mv-',
  },
  IPVLAN: {
    says: (host) => l10n.t`${host} of the host gets an ipvlan interface for the machine.`,
    saysAs: (host, machine) =>
      l10n.t`${host} of the host gets an ipvlan interface for the machine, which is called ${machine} there.`,
    prefix: 'iv-',
  },
};

/** One `HOST[:MACHINE]` of a list. */
export const describeInterfaces = (
  value: string,
  offset: number,
  _type: Extract<ValueType, { readonly kind: 'interfacePairs' }>,
  { directive: { name } }: ValueContext,
): Description | undefined => {
  const word = parsedWordAt(value, offset, {});
  const joining = joinings[name];
  if (word === undefined || joining === undefined) return undefined;
  const [host = '', machine = joining.prefix + host] = word.text.split(':');
  const known = host !== '' && machine.length <= longestName && machine !== '';
  return {
    start: word.start,
    end: word.end,
    markdown: known ? joining.saysAs(codeSpan(host), codeSpan(machine)) : joining.says(codeSpan(host)),
  };
};

/** `HOST[:MACHINE]` */
export const describeVethPair = (value: string): Description | undefined => {
  const [host = '', machine = host] = value.split(':');
  if (host === '') return undefined;
  return whole(
    value,
    l10n.t`A pair of virtual interfaces: ${codeSpan(host)} on the host and ${codeSpan(machine === '' ? host : machine)} in the machine.`,
  );
};

export const describeZone = (value: string): Description =>
  whole(value, l10n.t`The bridge ${codeSpan(`vz-${value}`)}.`);
