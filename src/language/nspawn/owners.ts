import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import type { ConfigDocument } from '../document.ts';
import { countingEntry } from './countingEntry.ts';
import { codeSpan } from '../markdown.ts';
import { parseBoolean } from './values/boolean.ts';

/** The users of a machine, whose user 0 is user `first` of the host; `isExample` where systemd finds the number. */
export interface MachineUsers {
  readonly first: number;
  readonly count: number;
  readonly isExample: boolean;
}

/** Whom the kernel shows where it has no number of the machine for an owner. */
const nobody = 65_534;

const usualCount = 65_536;
const exampleFirst = 524_288;

export const machineUsersOf = (value: string): MachineUsers | undefined => {
  const [, first, count] = /^(\d{1,10})(?::(\d{1,10}))?$/u.exec(value) ?? [];
  if (value !== '0' && value !== '1' && first !== undefined)
    return { first: Number(first), count: count === undefined ? usualCount : Number(count), isExample: false };
  if (value === 'identity') return { first: 0, count: usualCount, isExample: false };
  return parseBoolean(value) === false ? undefined : { first: exampleFirst, count: usualCount, isExample: true };
};

/** The users of the machine by what a file says; undefined where they are those of the host. */
export const machineUsersIn = (document: ConfigDocument, context: Context): MachineUsers | undefined => {
  const counting = document.sections
    .filter(({ name }) => name === 'Exec')
    .flatMap((section) =>
      section.entries
        .filter(({ key }) => key === 'PrivateUsers')
        .flatMap((entry) => countingEntry(section, entry, context) ?? []),
    );
  const value = counting.at(-1)?.entry.value;
  return value === undefined ? undefined : machineUsersOf(value);
};

export type OwnerOption = 'noidmap' | 'idmap' | 'rootidmap' | 'owneridmap';

/** Who owns a file of the host as seen inside; `source` and `target` are the owners of the two ends of the mount. */
export const ownerInside = (
  option: OwnerOption,
  users: MachineUsers | undefined,
  owner: number,
  { source, target }: { readonly source: number; readonly target: number },
): number => {
  switch (option) {
    case 'noidmap': {
      if (users === undefined) return owner;
      const inside = owner - users.first;
      return inside >= 0 && inside < users.count ? inside : nobody;
    }
    case 'idmap':
      return owner < (users?.count ?? usualCount) ? owner : nobody;
    case 'rootidmap':
      return owner === source ? 0 : nobody;
    case 'owneridmap':
      return owner === source ? target : nobody;
  }
};

/** Somebody whom nearly every host has. */
const someone = 1000;

const seen = (owner: number): string => (owner === nobody ? l10n.t`nobody (${nobody})` : l10n.t`user ${owner}`);

/** An example of who owns a bound file on either side, as a sentence. */
export const ownersExample = (option: OwnerOption, users: MachineUsers | undefined): string => {
  const first = users?.first ?? 0;
  const supposed = users?.isExample === true ? `${l10n.t`If the users of the machine begin with ${first}:`} ` : '';
  const inside = seen(ownerInside(option, users, someone, { source: 0, target: 0 }));
  switch (option) {
    case 'noidmap':
      return `${supposed}${l10n.t`A file of user ${someone} of the host belongs to ${inside} inside, and what root makes inside belongs to user ${first} of the host.`}`;
    case 'idmap':
      return l10n.t`A file of user ${someone} of the host belongs to ${inside} inside, and what root makes inside belongs to root of the host.`;
    case 'rootidmap':
      return l10n.t`If user ${someone} of the host owns the source, files of that user belong to root inside, and what root makes there belongs to user ${someone} of the host. All other files belong to nobody (${nobody}), and other users of the machine can make none.`;
    case 'owneridmap':
      return l10n.t`If user ${someone} of the host owns the source and user 33 of the machine the destination, files of ${someone} belong to 33 inside, and what 33 makes there belongs to ${someone} of the host. All other files belong to nobody (${nobody}), and other users of the machine can make none.`;
  }
};

/** The numbers inside that systemd gives to users of the host. */
const firstBound = 60_514;
const lastBound = 60_577;

export const boundUserExample = (user: string, index: number): string => {
  const name = codeSpan(user);
  return l10n.t`${name} of this host becomes a user of the same name in the machine, whose number there is ${Math.min(firstBound + index, lastBound)}, or the next free one up to ${lastBound}. What ${name} owns on the host belongs to that user inside, in ${codeSpan(`/run/host/home/${user}`)} and in every bind mount without an option for owners, and what that user makes inside belongs to ${name} of the host.`;
};
