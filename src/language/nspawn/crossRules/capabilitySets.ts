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
  for (const value of new Set(entries.map((entry) => entry.value)))
    for (const { text } of extractWords(value, {}).words) {
      const name = text === everything ? everything : capabilityOf(text, systemdVersion);
      if (name !== undefined) names.add(name);
    }
  return names;
};

/** What the three directives name. */
export interface NamedCapabilities {
  readonly plus: ReadonlySet<string>;
  readonly minus: ReadonlySet<string>;
  readonly ambient: ReadonlySet<string>;
}

export const namedCapabilities = (settings: FileSettings, systemdVersion: number): NamedCapabilities => ({
  plus: namesIn(settings.all('Capability'), systemdVersion),
  minus: namesIn(settings.all('DropCapability'), systemdVersion),
  ambient: namesIn(settings.all('AmbientCapability'), systemdVersion),
});

const byDefault: ReadonlySet<string> = new Set(valueSets.defaultCapabilities);
const netAdmin = 'CAP_NET_ADMIN';

/** What a machine keeps, and what of AmbientCapability= is not among it. */
export const capabilitySets = (
  { plus, minus, ambient }: NamedCapabilities,
  privateNetwork: boolean,
): CapabilitySets => {
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
