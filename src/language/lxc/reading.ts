import type { Entry } from '../document.ts';
import type { NamedKey } from './keys.ts';

export interface Device {
  readonly type?: Entry;
  /** What is set and not cleared since, but for the type; by the name of the key with its `N`. */
  readonly settings: ReadonlyMap<string, readonly Entry[]>;
  /** The lines that cleared one last, which is not always its default then; the type counts as one. */
  readonly cleared: ReadonlyMap<string, Entry>;
}

interface OpenDevice {
  readonly type?: Entry;
  readonly settings: Map<string, Entry[]>;
  readonly cleared: Map<string, Entry>;
}

const newDevice = (type?: Entry): OpenDevice => ({
  ...(type === undefined ? {} : { type }),
  settings: new Map(),
  cleared: new Map(),
});

const opposites: Readonly<Record<string, string>> = {
  'lxc.cap.drop': 'lxc.cap.keep',
  'lxc.cap.keep': 'lxc.cap.drop',
  'lxc.namespace.clone': 'lxc.namespace.keep',
  'lxc.namespace.keep': 'lxc.namespace.clone',
};

/** What an empty value clears together. */
const familyOf = (name: string): string =>
  name.startsWith('lxc.hook.') && name !== 'lxc.hook.version' ? 'lxc.hook' : name;

const isOfModes = /^(?:veth|macvlan)$/u;

/** What the lines of a file have set up to a place, as LXC keeps it. */
export class Reading {
  /** Whether another file was read in between of which nothing is known, or one that is not known may read this one in. */
  isUnsure = false;
  /** Whether one of the other files is not one of LXC's own. */
  readsForeign = false;
  hasReadNumber = false;
  /** The line that last gave the root file system a kind of storage: not even an empty path takes that back. */
  storage: Entry | undefined;
  /** Which line took back what another one had set. */
  readonly clearedBy = new Map<Entry, Entry>();
  /** Keys that an empty value has cleared since they were set last, with that line. */
  readonly emptied = new Map<string, Entry>();
  private readonly devices = new Map<number, OpenDevice>();
  /** What is set, in its order: by the name of what is cleared together, and by the key. */
  private readonly set = new Map<string, Map<string, Entry[]>>();
  /** Whether all devices were cleared behind the last other file. */
  private knowsDevices = true;
  private readonly unsureOf = new Set<string>();
  private oldDevices = -1;

  constructor(isFragment: boolean) {
    this.readsForeign = isFragment;
    if (isFragment) this.beUnsure();
  }

  /** The device that a key of LXC 2 is about: each type begins the next, behind those that are renamed already. */
  indexOfOld(key: string): number {
    if (key === 'lxc.network.type') this.oldDevices++;
    return Math.max(0, this.oldDevices);
  }

  hasDevice(index: number): boolean | undefined {
    return this.devices.has(index) || (this.knowsDevices ? false : undefined);
  }

  typeOf(index: number): string | undefined {
    const device = this.devices.get(index);
    if (device?.type !== undefined) return device.type.value;
    return this.knowsDevices ? undefined : 'unknown';
  }

  /** The line that excludes a key. */
  excludes(key: string): Entry | undefined {
    const opposite = opposites[key];
    return opposite === undefined || this.unsureOf.has(opposite) ? undefined : this.entriesOf(opposite).at(-1);
  }

  /** Takes a line in; the answer is what it wipes by the way. */
  read(entry: Entry, { key, index, rest }: NamedKey, isRefused: boolean): readonly Entry[] {
    const { kind } = key.value;
    this.hasReadNumber ||= index !== undefined;
    if (['unsigned', 'laxUnsigned', 'signed', 'idmap', 'vlan'].includes(kind) && !entry.value.startsWith('-'))
      this.hasReadNumber ||= entry.value !== '';
    // What looks for the mode of a new device leaves a mistake behind.
    if (key.name === 'lxc.net.N.type' && isOfModes.test(entry.value)) this.hasReadNumber = false;
    if (key.name === 'lxc.net' && !isRefused) {
      for (const device of this.devices.values()) this.clear(device, entry);
      this.devices.clear();
      this.knowsDevices = true;
    } else if (index !== undefined) return this.readDevice(index, entry, key.name, isRefused);
    else if (kind !== 'include' && !isRefused) this.readPlain(entry, key.name, rest);
    return [];
  }

  /** Takes in that something is read at this place of which nothing is known. */
  readUnknownFile(path: string): void {
    this.readsForeign ||= !/^\/usr\/share\/lxc\/config\/[\w.-]+$/u.test(path);
    this.beUnsure();
  }

  /** Takes in a line with a key that LXC does not know: it makes the device that it reads a number of, as in `lxc.net.0a = b` or `lxc.net.0.x = b`. */
  readUnknown({ key, value }: Entry): void {
    const index = /^lxc\.net\.(\d+)/u.exec(key)?.[1];
    if (index === undefined || value === '' || this.devices.has(Number(index))) return;
    this.devices.set(Number(index), newDevice());
  }

  private readDevice(index: number, entry: Entry, name: string, isRefused: boolean): readonly Entry[] {
    if (entry.value === '') {
      if (isRefused) return [];
      const before = this.devices.get(index);
      const isWhole = name === 'lxc.net.N' || name === 'lxc.net.N.type';
      if (isWhole && before !== undefined) this.clear(before, entry);
      if (name === 'lxc.net.N') this.devices.delete(index);
      else {
        if (isWhole && before !== undefined) this.devices.set(index, newDevice());
        const device = this.devices.get(index);
        this.clearAll(device?.settings.get(name), entry);
        device?.settings.delete(name);
        device?.cleared.set(name, entry);
      }
      return [];
    }
    const device = this.devices.get(index) ?? newDevice();
    this.devices.set(index, device);
    if (name === 'lxc.net.N.type') this.oldDevices = Math.max(this.oldDevices, index);
    if (name === 'lxc.net.N.type' && isRefused) {
      // LXC wipes first, and then looks at the type.
      this.clear(device, entry);
      this.devices.set(index, newDevice());
      return [];
    }
    if (isRefused || name === 'lxc.net.N') return [];
    if (name !== 'lxc.net.N.type') {
      device.cleared.delete(name);
      const before = device.settings.get(name);
      if (before === undefined) device.settings.set(name, [entry]);
      else before.push(entry);
      return [];
    }
    this.clear(device, entry);
    this.devices.set(index, newDevice(entry));
    // A second type may well be meant to begin anew.
    return device.type === undefined ? [...device.settings.values()].flat() : [];
  }

  private clearAll(entries: readonly Entry[] = [], by: Entry): void {
    for (const entry of entries) this.clearedBy.set(entry, by);
  }

  private clear({ type, settings }: OpenDevice, by: Entry): void {
    if (type !== undefined) this.clearedBy.set(type, by);
    for (const entries of settings.values()) this.clearAll(entries, by);
  }

  private beUnsure(): void {
    this.isUnsure = true;
    this.knowsDevices = false;
    this.devices.clear();
    for (const name of Object.keys(opposites)) this.unsureOf.add(name);
  }

  private readPlain(entry: Entry, name: string, rest: string | undefined): void {
    const family = familyOf(name);
    const key = rest === undefined ? name : `${name}${rest}`;
    const opposite = opposites[name];
    if (entry.value === '') {
      this.emptied.set(key, entry);
      const inFamily = this.set.get(family);
      if (name === family && rest === undefined) {
        for (const entries of inFamily?.values() ?? []) this.clearAll(entries, entry);
        this.set.delete(family);
      } else {
        this.clearAll(inFamily?.get(key), entry);
        inFamily?.delete(key);
      }
      this.unsureOf.delete(name);
      if (name.startsWith('lxc.cap.') && opposite !== undefined) {
        this.clearAll(this.entriesOf(opposite), entry);
        this.set.delete(opposite);
        this.unsureOf.delete(opposite);
      }
      return;
    }
    this.emptied.delete(key);
    if (name === 'lxc.rootfs.path' && /^[^:]*:/u.test(entry.value)) this.storage = entry;
    const inFamily = this.set.get(family) ?? new Map<string, Entry[]>();
    this.set.set(family, inFamily);
    const before = inFamily.get(key);
    if (before === undefined) inFamily.set(key, [entry]);
    else before.push(entry);
  }

  /** All that is set for a key. */
  entriesOf(name: string): readonly Entry[] {
    return this.set.get(familyOf(name))?.get(name) ?? [];
  }

  /** What counts of a key that is written so, behind the last line. */
  kept({ key: { name }, index, rest }: NamedKey): readonly Entry[] {
    if (index === undefined)
      return this.set.get(familyOf(name))?.get(rest === undefined ? name : `${name}${rest}`) ?? [];
    const device = this.devices.get(index);
    if (name === 'lxc.net.N.type') return device?.type === undefined ? [] : [device.type];
    return device?.settings.get(name) ?? [];
  }

  /** All that is set for the keys of a family. */
  inFamily(name: string): ReadonlyMap<string, readonly Entry[]> {
    return this.set.get(name) ?? new Map<string, readonly Entry[]>();
  }

  allDevices(): ReadonlyMap<number, Device> {
    return this.devices;
  }
}
