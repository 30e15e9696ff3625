import type { MachineUser } from '../../machines/host/passwd.ts';

/** People have these UIDs; below are the system's own users, and above it ranges that systemd gives out. */
const isPerson = ({ uid }: MachineUser): boolean => uid >= 1000 && uid < 60_000;

const rank = (user: MachineUser): number => (user.uid === 0 ? 0 : isPerson(user) ? 1 : user.canLogIn ? 2 : 3);

/** Root first, then people, then the system's users with a shell, then the rest; in each by UID. */
export const usersToOffer = (users: readonly MachineUser[]): readonly MachineUser[] =>
  users.toSorted((one, other) => rank(one) - rank(other) || one.uid - other.uid);
