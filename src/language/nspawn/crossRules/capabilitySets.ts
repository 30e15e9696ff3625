import { valueSets } from '../../../schema/valueSets.ts';
import type { Entry } from '../../document.ts';
import { once } from '../../once.ts';
import { extractWords } from '../values/extractWord.ts';
import { parseInt32 } from '../values/parseNumber.ts';
import type { FileSettings } from '../fileSettings.ts';

/**
 * How far the users of the machine are from those of the host: `none` without user namespaces, `identity` when they are the
 * same numbers, `known` when the file says it, `image` when the owner of the image does, `picked` when systemd does.
 */
export type Shift = 'none' | 'identity' | 'known' | 'image' | 'picked';

export interface CapabilitySets {
  readonly ambient: ReadonlySet<string>;
  /** Those of AmbientCapability= that the machine does not have; `all` is judged where it stands. */
  readonly uncovered: readonly string[];
  /** Whether CAP_NET_BIND_SERVICE is taken away whatever the lines say, because of user namespaces on the network of the host. */
  readonly losesBindService: boolean;
  readonly hasNetAdmin: boolean;
}

const byNumber = once(() => new Map(valueSets.capabilities.map(({ name, number }) => [number, name])));
const byName = once(() => new Map(valueSets.capabilities.map(({ name }) => [name.toUpperCase(), name])));

/** capability_from_name(): a name in any case, or a number, which may have no name. */
const capabilityOf = (word: string, systemdVersion: number): string | undefined => {
  const number = parseInt32(word, { systemdVersion });
  return typeof number === 'number' ? (byNumber().get(number) ?? String(number)) : byName().get(word.toUpperCase());
};

const everything = 'all';

export const namesIn = (entries: readonly Entry[], systemdVersion: number): ReadonlySet<string> => {
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
export const bindService = 'CAP_NET_BIND_SERVICE';

/** What the capabilities depend on besides the lines that name them. */
export interface CapabilityConditions {
  readonly privateNetwork: boolean;
  readonly shift: Shift;
  readonly systemdVersion: number;
}

/** run() of nspawn.c, behind load_settings(): a shift of 0 counts like any other since 258 and 257.10. */
const takesBindService = ({ privateNetwork, shift, systemdVersion }: CapabilityConditions): boolean =>
  !privateNetwork && shift !== 'none' && systemdVersion >= (shift === 'identity' ? 257 : 252);

/** What a machine keeps, and what of AmbientCapability= is not among it. */
export const capabilitySets = (
  { plus, minus, ambient }: NamedCapabilities,
  conditions: CapabilityConditions,
): CapabilitySets => {
  const { privateNetwork } = conditions;
  const losesBindService = takesBindService(conditions);
  const keeps = (name: string): boolean =>
    !(losesBindService && name === bindService) &&
    !minus.has(everything) &&
    !minus.has(name) &&
    (plus.has(everything) || plus.has(name) || byDefault.has(name) || (name === netAdmin && privateNetwork));
  return {
    ambient,
    uncovered: ambient.has(everything) ? [] : [...ambient].filter((name) => !keeps(name)),
    losesBindService,
    hasNetAdmin: keeps(netAdmin),
  };
};
