import type { Account } from './context.ts';
import { comparable, nearestAmong, type ComparableName } from './nearestName.ts';

/** The names of the users or the groups of a host, to be asked for again and again. */
export interface AccountNames {
  readonly has: (name: string) => boolean;
  /** The one that was probably meant. */
  readonly nearest: (written: string) => string | undefined;
}

const known = new WeakMap<readonly Account[], AccountNames>();

/** Both a host with many users and a file that names many are common, so the names are put in order once for all. */
export const accountNames = (accounts: readonly Account[]): AccountNames => {
  const before = known.get(accounts);
  if (before !== undefined) return before;
  const names = new Set(accounts.map(({ name }) => name));
  let ready: readonly ComparableName[] | undefined;
  const nearest = (written: string): string | undefined => {
    ready ??= comparable(names);
    return nearestAmong(written, ready);
  };
  const result: AccountNames = { has: (name) => names.has(name), nearest };
  known.set(accounts, result);
  return result;
};
