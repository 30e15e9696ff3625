import { cleanText } from '../../host/readInside.ts';
import type { Machine } from '../../machine.ts';
import { checkMachineName } from '../../names.ts';

/** False for `.#x` and `#x` (files being written) and `unit:x` (symbolic links from units to machines). */
export const isMachineFileName = (name: string): boolean => checkMachineName(name) === undefined;

/** systemd writes paths with C escapes. */
const unescape = (value: string): string =>
  value.replace(/\\(?:x([0-9a-fA-F]{2})|([abfnrtv\\"' s]))/gu, (whole, hex: string | undefined, letter: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return letter === '\\' || letter === '"' || letter === "'" ? letter : letter === 's' ? ' ' : whole;
  });

/** 262 quotes what holds blanks: `NETIF=" 2"`. */
const unquote = (value: string): string => /^"(.*)"$/su.exec(value)?.[1] ?? value;

const decodeUtf8 = (value: string): string => Buffer.from(value, 'latin1').toString('utf8');

const numberOf = (value: string | undefined): number | undefined =>
  value !== undefined && /^[0-9]{1,20}$/u.test(value) ? Number(value) : undefined;

const textOf = (value: string | undefined, maxLength?: number): string | undefined => {
  const text = value === undefined ? '' : cleanText(value, maxLength);
  return text === '' ? undefined : text;
};

/**
 * Reads a file of /run/systemd/machines, which is private to systemd but has held the same lines from 252 to 262.
 * @param fileName the machine that the file must be about
 * @param text the content, each byte as one character (`latin1`)
 * @returns undefined for anything half written or foreign; the next event on the file then reads it again
 */
export const parseStateFile = (fileName: string, text: string): Machine | undefined => {
  if (!text.endsWith('\n')) return undefined;
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const parts = /^([A-Z][A-Z0-9_]*)=(.*)$/u.exec(line);
    if (parts?.[1] !== undefined && parts[2] !== undefined)
      values.set(parts[1], decodeUtf8(unescape(unquote(parts[2]))));
  }
  const className = textOf(values.get('CLASS'), 32);
  if (values.get('NAME') !== fileName || className === undefined) return undefined;
  const realtime = numberOf(values.get('REALTIME'));
  return {
    id: fileName,
    name: fileName,
    className,
    service: textOf(values.get('SERVICE')),
    unit: textOf(values.get('SCOPE')),
    leader: numberOf(values.get('LEADER')),
    rootDirectory: textOf(values.get('ROOT'), 4096),
    since: realtime === undefined ? undefined : Math.floor(realtime / 1000),
    networkInterfaces: (values.get('NETIF') ?? '').split(/\s+/u).flatMap((index) => numberOf(index) ?? []),
  };
};
