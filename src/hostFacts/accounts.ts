import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { accountsIn } from '../hostFiles/accountFiles.ts';
import type { Account } from '../language/context.ts';

export interface Accounts {
  readonly accounts: readonly Account[];
  /** Whether the host asks somebody else, too. */
  readonly hasMore: boolean;
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Where nobody may look, nobody is found.
    return '';
  }
};

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory);
  } catch {
    // Most hosts have no such directory.
    return [];
  }
};

/** Where systemd keeps records of users and groups; see https://systemd.io/USER_RECORD. Their numbers stand inside. */
const recordDirectories = ['etc/userdb', 'run/userdb', 'run/host/userdb', 'usr/lib/userdb', 'var/lib/systemd/home'];

/** Sources of nsswitch.conf(5) that are files of this host. */
const ownSources = new Set(['files', 'compat', 'systemd', 'altfiles', 'extrausers', 'db']);

const sourcesOf = (root: string, database: string): readonly string[] => {
  const lines = textOf(join(root, 'etc/nsswitch.conf')).split('\n');
  const line = lines.find((one) => one.trim().startsWith(`${database}:`));
  // What stands in brackets says what to do with an answer.
  const listed = (line ?? '').replace(/#.*$/u, '').replaceAll(/\[[^\]]*\]/gu, ' ');
  return listed
    .slice(listed.indexOf(':') + 1)
    .split(/\s+/u)
    .filter((source) => source !== '');
};

const readAccounts = (root: string, database: 'passwd' | 'group', ending: RegExp): Accounts => {
  const files = [`etc/${database}`, `usr/lib/${database}`, `var/lib/extrausers/${database}`];
  const sources = sourcesOf(root, database);
  const records = sources.includes('systemd') ? recordDirectories.flatMap((one) => namesIn(join(root, one))) : [];
  const found = new Map<string, Account>();
  for (const account of [
    ...files.flatMap((file) => accountsIn(textOf(join(root, file))).map(({ name, id }) => ({ name, id }))),
    ...records.flatMap((record) => (ending.test(record) ? [{ name: record.replace(ending, '') }] : [])),
  ])
    if (!found.has(account.name)) found.set(account.name, account);
  return { accounts: [...found.values()], hasMore: sources.some((source) => !ownSources.has(source)) };
};

/** The users that a host finds in its files. */
export const readUsers = (root: string): Accounts => readAccounts(root, 'passwd', /\.(?:user|identity)$/u);

/** The groups that a host finds in its files. */
export const readGroups = (root: string): Accounts => readAccounts(root, 'group', /\.(?:group|identity)$/u);
