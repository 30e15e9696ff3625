import type { Command } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import type { Image } from '../../image.ts';
import type { Machine, MachineDetails, MachineState, OsRelease } from '../../machine.ts';
import { osReleaseFromFields, osReleaseInTree } from '../../host/osRelease.ts';
import { addressText, sortAddresses } from '../../host/addresses.ts';
import { type MachinedPaths, machinedPaths } from '../machinedPaths.ts';
import { askManager, askProperties } from './machinedCalls.ts';
import type { MachinedLink } from './machinedLink.ts';
import { BusError, closedByUs } from '../../host/systemBus.ts';
import { callVarlink } from '../../host/varlink.ts';

/** Milliseconds: machined enters the machine to look, and one that boots or hangs can keep it waiting. */
const timeoutMs = 5000;

const states: readonly MachineState[] = ['opening', 'running', 'closing'];

const isBytes = (value: unknown): value is Uint8Array | readonly number[] =>
  value instanceof Uint8Array || (Array.isArray(value) && value.every((byte) => typeof byte === 'number'));

/** `a(iay)` of GetMachineAddresses. */
export const addressesFromBus = (answer: unknown): readonly string[] => {
  const rows: readonly unknown[] = Array.isArray(answer) ? answer : [];
  return sortAddresses(
    rows.flatMap((row) => (Array.isArray(row) && isBytes(row[1]) ? (addressText([...row[1]]) ?? []) : [])),
  );
};

/** What io.systemd.Machine.List tells with metadata: addresses as objects, os-release as `KEY=value` strings. */
export const detailsFromVarlink = (reply: Readonly<Record<string, unknown>>): MachineDetails => {
  const addresses: readonly unknown[] = Array.isArray(reply['addresses']) ? reply['addresses'] : [];
  const fields: readonly unknown[] = Array.isArray(reply['OSRelease']) ? reply['OSRelease'] : [];
  const lines = fields.filter((line) => typeof line === 'string');
  return {
    state: 'running',
    os: lines.length === 0 ? undefined : parseOsReleaseFields(lines),
    addresses: sortAddresses(
      addresses.flatMap((entry) =>
        typeof entry === 'object' && entry !== null && 'address' in entry && isBytes(entry.address)
          ? (addressText([...entry.address]) ?? [])
          : [],
      ),
    ),
  };
};

/** Here nothing is quoted any more, so a value may hold quotes of its own. */
const parseOsReleaseFields = (lines: readonly string[]): OsRelease =>
  osReleaseFromFields(
    Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
  );

export interface DetailsSources {
  readonly paths: MachinedPaths;
  readonly link: MachinedLink;
  readonly images: () => ReadonlyMap<string, Image>;
  readonly imageOs: (image: Image) => Promise<OsRelease | undefined>;
}

const isFields = (answer: unknown): answer is Readonly<Record<string, unknown>> =>
  typeof answer === 'object' && answer !== null && !Array.isArray(answer);

/**
 * What the tree holds that a machine was started from: for where the machine itself is refused, as on 262 without
 * privileges. There machined does not look into an image that runs either, so it helps if it was asked before.
 */
const osOfTree = (sources: DetailsSources, machine: Machine): Promise<OsRelease | undefined> => {
  const { rootDirectory } = machine;
  if (rootDirectory === undefined) return Promise.resolve(undefined);
  const image = [...sources.images().values()].find(({ path }) => path === rootDirectory);
  return image === undefined ? osReleaseInTree(rootDirectory) : sources.imageOs(image);
};

const refusals: ReadonlySet<string> = new Set([
  'org.freedesktop.DBus.Error.AccessDenied',
  'org.freedesktop.DBus.Error.InteractiveAuthorizationRequired',
]);

/** Whether root would have been answered. */
const isRefusal = (error: unknown): boolean => error instanceof BusError && refusals.has(error.reason);

const refused = Symbol('refused');
const orRefused = (error: unknown): unknown => (isRefusal(error) ? refused : undefined);

const byBus = async (sources: DetailsSources, machine: Machine): Promise<MachineDetails> => {
  const { link } = sources;
  const [properties, os, addresses] = await Promise.all([
    link.call(askProperties('Machine', machine.name), timeoutMs),
    link.call(askManager('GetMachineOSRelease', machine.name), timeoutMs).catch(orRefused),
    // One without a network of its own fails, too.
    link.call(askManager('GetMachineAddresses', machine.name), timeoutMs).catch(orRefused),
  ]);
  const word = isFields(properties) ? properties['State'] : undefined;
  const known = isFields(os) ? osReleaseFromFields(os) : await osOfTree(sources, machine);
  return {
    state: states.find((state) => state === word) ?? 'unknown',
    os: known,
    addresses: addressesFromBus(addresses),
    withheld: (os === refused && known === undefined) || addresses === refused,
  };
};

const listMachines = 'io.systemd.Machine.List';

/** `yes` fails as a whole for a machine without a network of its own. */
const aboutMachine = (name: string): Readonly<Record<string, unknown>> => ({ name, acquireMetadata: 'graceful' });

const byVarlink = async (paths: MachinedPaths, machine: Machine): Promise<MachineDetails> => {
  const [reply] = await callVarlink({
    socket: paths.machineVarlink,
    method: listMachines,
    parameters: aboutMachine(machine.name),
    more: false,
    timeoutMs,
  });
  return detailsFromVarlink(reply ?? {});
};

/**
 * Asks for what the state file does not tell: machined on the bus, which tells most; on its varlink socket, where the bus
 * refuses; or, where neither answers, the machine's tree.
 * @throws BusError where nothing at all could be learnt
 */
export const askDetails = async (sources: DetailsSources, machine: Machine): Promise<MachineDetails> => {
  try {
    return await byBus(sources, machine);
  } catch (error) {
    if (error instanceof BusError && error.reason === closedByUs) throw error;
    try {
      return await byVarlink(sources.paths, machine);
    } catch {
      const os = await osOfTree(sources, machine);
      if (os === undefined && !isRefusal(error)) throw error;
      return { state: 'unknown', os, addresses: [], withheld: isRefusal(error) };
    }
  }
};

/** What is withheld from this user is what somebody with more rights has read. */
export const withLearnt = (details: MachineDetails, learnt: MachineDetails | undefined): MachineDetails =>
  details.withheld !== true || learnt === undefined
    ? details
    : {
        state: details.state,
        os: details.os ?? learnt.os,
        addresses: details.addresses.length > 0 ? details.addresses : learnt.addresses,
      };

/** For whoever may see what 260.2 and later keep from others: `inspect-machines` of polkit. */
export const detailsByTool = (name: string): Command<MachineDetails> => ({
  file: 'varlinkctl',
  args: ['--json=short', 'call', machinedPaths.machineVarlink, listMachines, JSON.stringify(aboutMachine(name))],
  parse: ({ stdout }) => {
    try {
      const reply: unknown = JSON.parse(stdout);
      if (isFields(reply)) return detailsFromVarlink(reply);
    } catch {
      // It is no JSON.
    }
    throw new MachineError({ kind: 'unexpectedOutput', source: 'varlinkctl', detail: stdout });
  },
  timeoutMs: 20_000,
});
