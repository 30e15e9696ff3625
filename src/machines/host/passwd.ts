import { accountsIn, isPerson, type WrittenAccount } from '../../hostFiles/accountFiles.ts';

/** A user as the machine's own `/etc/passwd` has it: written by the machine, so not to be trusted. */
export interface MachineUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  /** Absolute path inside the machine; `/bin/sh` where none is given, as passwd(5) has it. */
  readonly shell: string;
  /** Whether a person may use that shell: not `nologin` or `false`. */
  readonly canLogIn: boolean;
}

/** What login(1) would take and what goes safely into an argument and a menu. */
const isName = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,255}\$?$/u.test(name);
const isPath = (path: string): boolean => /^\/[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{0,4095}$/u.test(path);
const isId = (id: string): boolean => /^\d{1,10}$/u.test(id) && Number(id) < 0xffff_ffff;

const judge = ({ name, fields }: WrittenAccount): MachineUser | undefined => {
  const [, , uid = '', gid = '', , home = '', shell = '', ...rest] = fields;
  if (rest.length > 0 || !isName(name) || !isId(uid) || !isId(gid)) return undefined;
  const usedShell = shell === '' ? '/bin/sh' : shell;
  if (!isPath(usedShell)) return undefined;
  return {
    name,
    uid: Number(uid),
    gid: Number(gid),
    home: isPath(home) ? home : '/',
    shell: usedShell,
    canLogIn: !/\/(?:nologin|false|sync|halt|shutdown)$/u.test(usedShell),
  };
};

/** The users of a passwd file in its order; the first of a name counts, and lines that make no sense are left out. */
export const parsePasswd = (text: string): readonly MachineUser[] => {
  const users = new Map<string, MachineUser>();
  for (const account of accountsIn(text)) {
    const user = judge(account);
    if (user !== undefined && !users.has(user.name)) users.set(user.name, user);
  }
  return [...users.values()];
};

const rank = (user: MachineUser): number => (user.uid === 0 ? 0 : isPerson(user.uid) ? 1 : user.canLogIn ? 2 : 3);

/** Root first, then people, then the system's users with a shell, then the rest; in each by UID. */
export const usersToOffer = (users: readonly MachineUser[]): readonly MachineUser[] =>
  users.toSorted((one, other) => rank(one) - rank(other) || one.uid - other.uid);
