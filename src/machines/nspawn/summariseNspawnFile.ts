import { parse } from 'ini';
import { cleanText } from '../host/readInside.ts';

/** What a glance should tell, in this order; everything else is only counted by those who open the file. */
const told: readonly (readonly [section: string, key: string])[] = [
  ['Exec', 'Boot'],
  ['Exec', 'ProcessTwo'],
  ['Exec', 'Ephemeral'],
  ['Exec', 'User'],
  ['Exec', 'PrivateUsers'],
  ['Exec', 'KillSignal'],
  ['Exec', 'Capability'],
  ['Exec', 'DropCapability'],
  ['Network', 'Private'],
  ['Network', 'VirtualEthernet'],
  ['Network', 'Bridge'],
  ['Network', 'Zone'],
  ['Network', 'Interface'],
  ['Network', 'MACVLAN'],
  ['Network', 'IPVLAN'],
  ['Network', 'Port'],
  ['Files', 'ReadOnly'],
  ['Files', 'Volatile'],
  ['Files', 'Bind'],
  ['Files', 'BindReadOnly'],
  ['Files', 'BindUser'],
  ['Files', 'TemporaryFileSystem'],
  ['Files', 'Overlay'],
  ['Files', 'OverlayReadOnly'],
];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All values of a setting, as they stand there. */
const valuesOf = (section: unknown, key: string): readonly string[] => {
  if (!isRecord(section) || !Object.hasOwn(section, key)) return [];
  const value = section[key];
  return (Array.isArray(value) ? (value as unknown[]) : [value]).map((one) => String(one).trim());
};

const maxLength = 60;

/**
 * The settings of a `.nspawn` file that matter most, as they are written: `Boot=no`, and `Bind ×3` for what stands there more
 * than once. For a row and its tooltip only: which of the lines count is not judged here, nor may anything be decided by it; that
 * is what the language server is asked for (`nspawn/settingsInForce`).
 */
export const summariseNspawnFile = (text: string): readonly string[] => {
  const file: unknown = parse(text.replace(/\\\r?\n/gu, ' '), { bracketedArray: false });
  if (!isRecord(file)) return [];
  return told.flatMap(([section, key]) => {
    const values = valuesOf(Object.hasOwn(file, section) ? file[section] : undefined, key);
    if (values.length > 1) return [`${key} ×${values.length}`];
    const [value] = values;
    return value === undefined ? [] : [cleanText(`${key}=${value}`, maxLength)];
  });
};
