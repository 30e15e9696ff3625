import { join } from 'node:path';
import { readSmallFile } from '../../cgroups/observe/readSmallFile.ts';
import { addressText, sortAddresses } from '../../host/addresses.ts';

/**
 * The IPv4 addresses of a network namespace in its `net/fib_trie`: each stands above a line that calls it local to the host. The text has
 * the same addresses once more in the table `Main` where no rules part the two.
 */
export const localAddresses = (trie: string): readonly string[] => {
  const found = new Set<string>();
  const place = { address: '' };
  for (const line of trie.split('\n')) {
    const leaf = /^ *\|-- (\d+\.\d+\.\d+\.\d+)$/u.exec(line)?.[1];
    if (leaf !== undefined) place.address = leaf;
    else if (/^ *\/32 host LOCAL$/u.test(line)) found.add(place.address);
  }
  return [...found];
};

/** The IPv6 addresses in its `net/if_inet6`: 32 hexadecimal digits begin each line. */
export const v6Addresses = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => {
    const digits = /^([0-9a-f]{32}) /u.exec(line)?.[1];
    if (digits === undefined) return [];
    return (
      addressText(
        Array.from({ length: 16 }, (_, index) => Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16)),
      ) ?? []
    );
  });

/** The addresses of a process's network namespace, as the kernel tells every user; without those of loopback. */
export const addressesOfProcess = (pid: number, proc: string): readonly string[] => {
  const [trie, v6] = ['fib_trie', 'if_inet6'].map((file) => readSmallFile(join(proc, `${pid}/net/${file}`)) ?? '');
  const all = [...localAddresses(trie ?? ''), ...v6Addresses(v6 ?? '')];
  return sortAddresses(all.filter((address) => !address.startsWith('127.') && address !== '::1'));
};
