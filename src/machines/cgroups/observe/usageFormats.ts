/** How the kernel writes the counters of a group. All read bytes of a buffer, because making strings of them costs more than reading them. */

const zero = 0x30;
const nine = 0x39;
const lineEnd = 0x0a;

/** The decimal number at `from`; undefined where there is none, as in `max`. */
export const numberAt = (text: Buffer, from = 0): number | undefined => {
  let value = 0;
  let index = from;
  for (; index < text.length; index += 1) {
    const byte = text[index] ?? 0;
    if (byte < zero || byte > nine) break;
    value = value * 10 + (byte - zero);
  }
  return index === from ? undefined : value;
};

/** The number behind a word at the beginning of a line: `usage_usec 4711`. */
export const numberAfter = (text: Buffer, word: string): number | undefined => {
  const at = text.indexOf(word, 0, 'latin1');
  return at === 0 || (at > 0 && text[at - 1] === lineEnd) ? numberAt(text, at + word.length) : undefined;
};

export interface Transferred {
  readonly read: number;
  readonly written: number;
}

const ioField = /(?<kind>[rw])bytes=(?<bytes>\d+)/gu;

/** `8:0 rbytes=1 wbytes=2 rios=3 …`, a line a device: the sum of all devices. Empty where nothing has been read or written yet. */
export const transferredV2 = (text: Buffer): Transferred => {
  if (text.length === 0) return { read: 0, written: 0 };
  const sum = { r: 0, w: 0 };
  for (const { groups } of text.toString('latin1').matchAll(ioField))
    sum[groups?.['kind'] === 'r' ? 'r' : 'w'] += Number(groups?.['bytes']);
  return { read: sum.r, written: sum.w };
};

const blkioLine = /^\d+:\d+ (?<kind>Read|Write) (?<bytes>\d+)$/gmu;

/** `8:0 Read 4096`, several lines a device, and a line `Total 0` at the end. */
export const transferredV1 = (text: Buffer): Transferred => {
  const sum = { Read: 0, Write: 0 };
  for (const { groups } of text.toString('latin1').matchAll(blkioLine))
    sum[groups?.['kind'] === 'Read' ? 'Read' : 'Write'] += Number(groups?.['bytes']);
  return { read: sum.Read, written: sum.Write };
};

const numberIn = (text: Buffer, pattern: RegExp): number | undefined => {
  const found = pattern.exec(text.toString('latin1'))?.[1];
  return found === undefined ? undefined : Number(found);
};

/** /proc/meminfo: bytes in use on the whole host, as systemd counts them. */
export const usedMemory = (text: Buffer): number | undefined => {
  const total = numberIn(text, /^MemTotal:\s+(\d+) kB$/mu);
  const available = numberIn(text, /^MemAvailable:\s+(\d+) kB$/mu);
  return total === undefined || available === undefined ? undefined : (total - available) * 1024;
};

/** /proc/loadavg: `0.20 0.18 0.12 1/80 11206`, of which 80 are all tasks of the host. */
export const allTasks = (text: Buffer): number | undefined => numberIn(text, /^(?:\S+ ){3}\d+\/(\d+) /u);

export const linesIn = (text: Buffer): number => {
  let lines = 0;
  for (const byte of text) if (byte === lineEnd) lines += 1;
  return lines;
};
