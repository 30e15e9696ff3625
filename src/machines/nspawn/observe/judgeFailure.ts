import { existsSync } from 'node:fs';
import type { Availability } from '../../inventory.ts';
import { BusError, disconnected } from '../../host/systemBus.ts';

/** A bus that does not let in, or throws out: by the code of the failed connection or the name of the daemon's error. */
const busFailures = new Set([
  disconnected,
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ENOTSOCK',
  'EPIPE',
  // Root beyond 256 connections; says the daemon, not machined.
  'org.freedesktop.DBus.Error.LimitsExceeded',
]);

const refusals = new Set([
  'EACCES',
  'EPERM',
  'org.freedesktop.DBus.Error.AccessDenied',
  'org.freedesktop.DBus.Error.InteractiveAuthorizationRequired',
]);

const unknownNames = new Set([
  'org.freedesktop.DBus.Error.ServiceUnknown',
  'org.freedesktop.DBus.Error.NameHasNoOwner',
]);

/**
 * What a failed question to machined says about the host, from error names only: a masked unit is
 * `org.freedesktop.systemd1.UnitMasked` on 252 and 257, and `org.freedesktop.DBus.Error.FileExists` on 262.
 * @param stage what was tried: to get onto the bus, or to get an answer from machined on it
 */
export const judgeFailure = (error: unknown, stage: 'connect' | 'ask', machined: readonly string[]): Availability => {
  const reason = error instanceof BusError ? error.reason : disconnected;
  if (refusals.has(reason)) return { kind: 'noPermission', detail: reason };
  const installed = machined.some((file) => existsSync(file));
  if (!installed && (stage === 'connect' || unknownNames.has(reason))) return { kind: 'notInstalled' };
  if (stage === 'connect' || busFailures.has(reason)) return { kind: 'busDown', detail: reason };
  return { kind: 'machinedDown', detail: reason };
};
