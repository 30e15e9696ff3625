import { valueSets } from '../../../schema/valueSets.ts';
import type { Entry } from '../../document.ts';
import { extractWords } from '../../values/extractWord.ts';
import { parseInt32 } from '../../values/parseNumber.ts';
import type { FileSettings } from '../fileSettings.ts';

export interface CapabilitySets {
  readonly ambient: ReadonlySet<string>;
  /** Those of AmbientCapability= that the machine does not have; `all` is judged where it stands. */
  readonly uncovered: readonly string[];
  readonly hasNetAdmin: boolean;
}

const byNumber = new Map(valueSets.capabilities.map(({ name, number }) => [number, name]));
const byName = new Map(valueSets.capabilities.map(({ name }) => [name.toUpperCase(), name]));

/** capability_from_name(): a name in any case, or a number, which may have no name. */
const capabilityOf = (word: string, systemdVersion: number): string | undefined => {
  const number = parseInt32(word, { systemdVersion });
  return typeof number === 'number' ? (byNumber.get(number) ?? String(number)) : byName.get(word.toUpperCase());
};

const everything = 'all';

const namesIn = (entries: readonly Entry[], systemdVersion: number): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { value } of entries)
    for (const { text } of extractWords(value, {}).words) {
      const name = text === everything ? everything : capabilityOf(text, systemdVersion);
      if (name !== undefined) names.add(name);
    }
  return names;
};

const byDefault: ReadonlySet<string> = new Set(valueSets.defaultCapabilities);
const netAdmin = 'CAP_NET_ADMIN';

/** What a machine keeps, and what of AmbientCapability= is not among it. */
export const readCapabilities = (
  settings: FileSettings,
  privateNetwork: boolean,
  systemdVersion: number,
): CapabilitySets => {
  const plus = namesIn(settings.all('Capability'), systemdVersion);
  const minus = namesIn(settings.all('DropCapability'), systemdVersion);
  const ambient = namesIn(settings.all('AmbientCapability'), systemdVersion);
  const keeps = (name: string): boolean =>
    !minus.has(everything) &&
    !minus.has(name) &&
    (plus.has(everything) || plus.has(name) || byDefault.has(name) || (name === netAdmin && privateNetwork));
  return {
    ambient,
    uncovered: ambient.has(everything) ? [] : [...ambient].filter((name) => !keeps(name)),
    hasNetAdmin: keeps(netAdmin),
  };
};
