import { lxcSchema } from '../../schema/lxcSchema.ts';
import type { LxcKey, LxcRelease } from '../../schema/lxcTypes.ts';
import { once } from '../once.ts';

const byName = once(() => new Map(lxcSchema.keys.map((key) => [key.name, key])));

/** Those that go on with a name of the user, such as `lxc.sysctl.`. */
const families = once(() => lxcSchema.keys.filter(({ name }) => name.endsWith('.')));

/** What a written key stands for. */
export interface NamedKey {
  readonly key: LxcKey;
  /** Of a network device. */
  readonly index?: number;
  /** Behind the name of a family; undefined where the family itself is written, as in `lxc.sysctl =`. */
  readonly rest?: string;
}

const networkForm = /^lxc\.net\.(\d+)(?:\.(.*))?$/su;
const mostDevices = 2_147_483_646;

/** One network device as a whole, as in `lxc.net.0 =`. */
const wholeDevice: LxcKey = {
  name: 'lxc.net.N',
  parser: 'set_config_net_nic',
  value: { kind: 'clearOnly' },
  first: '2.1',
  repeat: 'last',
  empty: 'clears',
};

/** Names are looked up exactly, as LXC does since 3.0. */
export const keyNamed = (written: string): NamedKey | undefined => {
  const network = networkForm.exec(written);
  if (network !== null) {
    const index = Number(network[1]);
    const subkey = network[2];
    const key = subkey === undefined ? wholeDevice : byName().get(`lxc.net.N.${subkey}`);
    return key === undefined || index > mostDevices ? undefined : { key, index };
  }
  if (written.startsWith('lxc.net.')) return undefined;
  const exact = byName().get(written);
  if (exact !== undefined && !written.endsWith('.')) return { key: exact };
  for (const key of families()) {
    if (written === key.name.slice(0, -1)) return key.name === 'lxc.namespace.share.' ? undefined : { key };
    if (written.startsWith(key.name)) return { key, rest: written.slice(key.name.length) };
  }
  return undefined;
};

const releaseOrder: readonly LxcRelease[] = ['5.0', '6.0', '7.0'];
const isBefore = (one: LxcRelease, other: LxcRelease): boolean =>
  releaseOrder.indexOf(one) < releaseOrder.indexOf(other);

export const isKnownIn = ({ since, until }: Pick<LxcKey, 'since' | 'until'>, release: LxcRelease): boolean =>
  (since === undefined || !isBefore(release, since)) && (until === undefined || !isBefore(until, release));

/** What a key of LXC 1 and 2 is called now; null where there is nothing that takes its place. */
export const newNameOf = (written: string): string | null | undefined => {
  const exact = lxcSchema.renamed[written];
  if (exact !== undefined) return exact;
  if (written.startsWith('lxc.limit.')) return written.replace('lxc.limit.', 'lxc.prlimit.');
  const subkey = /^lxc\.network\.(?!\d)(.+)$/su.exec(written)?.[1];
  if (subkey === undefined || !byName().has(`lxc.net.N.${subkey}`)) return undefined;
  return `lxc.net.N.${subkey}`;
};

/** All names, for the question which one was meant. */
export const keyNames = once(() => lxcSchema.keys.map(({ name }) => name));
