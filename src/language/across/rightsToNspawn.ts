import * as l10n from '@vscode/l10n';
import { valueSets } from '../../schema/valueSets.ts';
import type { Reading } from '../lxc/reading.ts';
import type { NspawnDraft } from './draft.ts';

const usual = new Set(valueSets.defaultCapabilities);

const capabilityOf = (word: string): string =>
  valueSets.capabilities.find(({ number }) => String(number) === word)?.name ?? `CAP_${word.toUpperCase()}`;

const wordsOf = (reading: Reading, key: string): readonly string[] =>
  reading.entriesOf(key).flatMap(({ value }) => value.split(/[ \t]+/u).filter((word) => word !== ''));

/** LXC keeps all capabilities but for those that are dropped, systemd-nspawn has a list of its own: what is the same stays unsaid. */
export const addCapabilities = (to: NspawnDraft, reading: Reading, isPrivateNetwork: boolean): void => {
  const [dropped, kept] = [reading.entriesOf('lxc.cap.drop'), reading.entriesOf('lxc.cap.keep')];
  const keptWords = wordsOf(reading, 'lxc.cap.keep');
  // LXC forgets what stands before the word none.
  const keep = new Set(keptWords.slice(keptWords.lastIndexOf('none') + 1).map(capabilityOf));
  const drop = new Set(wordsOf(reading, 'lxc.cap.drop').map(capabilityOf));
  const isKept = (name: string): boolean => (kept.length > 0 ? keep.has(name) : !drop.has(name));
  const isUsual = (name: string): boolean => usual.has(name) || (name === 'CAP_NET_ADMIN' && isPrivateNetwork);
  const names = valueSets.capabilities.map(({ name }) => name);
  const more = names.filter((name) => isKept(name) && !isUsual(name));
  const less = names.filter((name) => !isKept(name) && isUsual(name));
  const from = kept[0] ?? dropped[0];
  // All but a few is shorter, and holds for what later kernels bring.
  const isAlmostAll = kept.length === 0;
  const lost = isAlmostAll ? names.filter((name) => !isKept(name)) : less;
  if (isAlmostAll) to.set('Exec', 'Capability', 'all', from);
  else if (more.length > 0) to.set('Exec', 'Capability', more.join(' '), from);
  if (lost.length > 0) to.set('Exec', 'DropCapability', lost.join(' '), from);
};

/** Those that LXC brings, which deny less than systemd-nspawn does anyway. */
const ofLxc = /^\/usr\/share\/lxc\/config\/[\w.-]+\.seccomp$/u;

/** The names that a policy of LXC denies; undefined where it says more than that. */
const deniedIn = (text: string): readonly string[] | undefined => {
  const [version, kind, ...lines] = text.split(/\r?\n/u);
  if (version?.trim() !== '2' || !/^(?:deny|black)list$/u.test(kind?.trim() ?? '')) return undefined;
  const written = lines.map((line) => line.trim()).filter((line) => line !== '' && !/^(?:#|\[all\]$)/iu.test(line));
  const names = written.map((line) => /^(\w+)(?: errno 1)?$/u.exec(line)?.[1]);
  return names.every((name) => name !== undefined) ? names : undefined;
};

/** `text` is that of the profile, where it is known. */
export const addFilter = (to: NspawnDraft, reading: Reading, textOf: (path: string) => string | undefined): void => {
  const entry = reading.entriesOf('lxc.seccomp.profile').at(-1);
  if (entry === undefined) return;
  if (ofLxc.test(entry.value)) {
    to.notes.tell(entry, l10n.t('systemd-nspawn always filters system calls, and denies more than this.'));
    return;
  }
  const denied = deniedIn(textOf(entry.value) ?? '');
  if (denied === undefined)
    to.notes.lost(
      entry,
      l10n.t('systemd-nspawn has its own filter: write the calls that this profile denies as SystemCallFilter=~CALL….'),
    );
  else if (denied.length > 0) to.set('Exec', 'SystemCallFilter', `~${denied.join(' ')}`, entry);
};
