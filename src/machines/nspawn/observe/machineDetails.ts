import type { Image } from '../../image.ts';
import type { Machine, MachineDetails, MachineState, OsRelease } from '../../machine.ts';
import { osReleaseFromFields, osReleaseInTree } from '../../host/osRelease.ts';
import { addressText, sortAddresses } from '../../host/addresses.ts';
import type { MachinedPaths } from '../machinedPaths.ts';
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

const byBus = async (sources: DetailsSources, machine: Machine): Promise<MachineDetails> => {
  const { link } = sources;
  const [properties, os, addresses] = await Promise.all([
    link.call(askProperties('Machine', machine.name), timeoutMs),
    link.call(askManager('GetMachineOSRelease', machine.name), timeoutMs).catch(() => undefined),
    // One without a network of its own is refused as such.
    link.call(askManager('GetMachineAddresses', machine.name), timeoutMs).catch(() => []),
  ]);
  const word = isFields(properties) ? properties['State'] : undefined;
  return {
    state: states.find((state) => state === word) ?? 'unknown',
    os: isFields(os) ? osReleaseFromFields(os) : await osOfTree(sources, machine),
    addresses: addressesFromBus(addresses),
  };
};

const byVarlink = async (paths: MachinedPaths, machine: Machine): Promise<MachineDetails> => {
  const [reply] = await callVarlink({
    socket: paths.machineVarlink,
    method: 'io.systemd.Machine.List',
    // `yes` fails as a whole for a machine without a network of its own.
    parameters: { name: machine.name, acquireMetadata: 'graceful' },
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
      if (os === undefined) throw error;
      return { state: 'unknown', os, addresses: [] };
    }
  }
};
