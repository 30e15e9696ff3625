import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import { type Entry, type Mistake, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { inOneLine } from '../markdown.ts';
import { nearestName, orMeant } from '../nearestName.ts';
import { shownPath } from '../shown.ts';
import { isKnownIn, keyNames, newNameOf, type NamedKey } from './keys.ts';
import { readUnsigned } from './numbers.ts';
import { writeForV2, writeKey } from './oldKeys.ts';
import type { Reading } from './reading.ts';
import {
  afterNul,
  excludingKeys,
  familyValue,
  invalidNumber,
  keyOfOtherVersion,
  missingEquals,
  networkTypeFirst,
  notLookedAt,
  renamedKey,
  unknownKey,
  valueRequired,
  withoutEffect,
} from './rules.ts';
import { valueFault } from './values.ts';

/** What LXC makes of a line that is no setting. */
export const mistakeFinding = (mistake: Mistake, text: string): Finding => {
  const { line, start, end } = mistake;
  switch (mistake.rule) {
    case missingEquals.id: {
      const colon = /^lxc\.[\w.-]+(?<colon>[ \t]*:)/u.exec(text.slice(start, end));
      const at = start + (colon?.[0].length ?? 0);
      const fixes =
        colon === null
          ? []
          : [
              {
                title: l10n.t`Write ${'='}`,
                changes: [{ start: at - 1, end: at, text: ' =' }],
                preferred: true as const,
              },
            ];
      const message = l10n.t('This line begins with lxc. and has no “=”. The whole file is refused.');
      return found(missingEquals, mistake, line, message, { fixes });
    }
    case afterNul.id:
      return {
        ...found(afterNul, mistake, line, l10n.t('LXC reads nothing behind this NUL.')),
        tag: 'unnecessary',
      };
    default: {
      const written = text.slice(start, end);
      const head = /^(?:(?!lxc\.)[Ll][Xx][Cc]|l?c?x?c?l?)\./u.exec(written)?.[0] ?? '';
      const fixes =
        head.length > 2 && head.length < 6 && written.includes('=')
          ? [{ title: l10n.t`Write ${'lxc.'}`, changes: [{ start, end: start + head.length, text: 'lxc.' }] }]
          : [];
      const message = l10n.t('LXC never looks at a line that does not begin with lxc. and says nothing of it.');
      return { ...found(notLookedAt, mistake, line, message, { fixes }), tag: 'unnecessary' };
    }
  }
};

export const whole = (): string => l10n.t('The whole file is refused.');

const ofKey = (entry: Entry): { readonly start: number; readonly end: number } => ({
  start: entry.keyStart,
  end: entry.keyEnd,
});

export const oldBackend = 'lxc.rootfs.backend';

/** A key that LXC of no version from 5.0 on knows. */
export const unknownKeyFinding = (entry: Entry, reading: Reading, hasBackend: boolean): Finding => {
  const now = newNameOf(entry.key);
  if (entry.key === oldBackend)
    return found(
      renamedKey,
      ofKey(entry),
      entry.line,
      `${l10n.t`Since LXC 3.0 the kind of storage stands in front of the path: ${`lxc.rootfs.path = ${inOneLine(entry.value)}:`}…`} ${whole()}`,
    );
  if (now === null)
    return found(
      renamedKey,
      ofKey(entry),
      entry.line,
      `${l10n.t('LXC 3.0 removed this key, and nothing took its place.')} ${whole()}`,
    );
  if (now !== undefined) {
    const name = now.replace('.N', `.${reading.indexOfOld(entry.key)}`);
    // Where a backend goes with the path, the name alone is not all that is to be changed.
    const fix = writeKey(entry, name);
    const isAll = entry.key !== 'lxc.rootfs' || !hasBackend;
    const message = `${l10n.t`Since LXC 3.0 this key is called ${name}.`} ${whole()}`;
    return found(renamedKey, ofKey(entry), entry.line, message, {
      fixes: [isAll ? fix : { title: fix.title, changes: fix.changes }],
    });
  }
  const index = /^lxc\.net\.(\d+)\./u.exec(entry.key)?.[1];
  const near = nearestName(entry.key.replace(/^lxc\.net\.\d+\./u, 'lxc.net.N.'), keyNames());
  const meant =
    near === undefined || (near.includes('.N.') && index === undefined)
      ? undefined
      : near.replace('.N.', `.${index ?? ''}.`);
  const message = orMeant(`${l10n.t`LXC knows no key ${inOneLine(entry.key)}.`} ${whole()}`, meant);
  const fixes =
    meant === undefined || meant.endsWith('.')
      ? []
      : [{ title: l10n.t`Write ${meant}`, changes: [{ ...ofKey(entry), text: meant }] }];
  return found(unknownKey, ofKey(entry), entry.line, message, { fixes });
};

const otherVersion = (entry: Entry, { key }: NamedKey, { lxcVersion }: Context): Finding => {
  const isV1 = key.name === 'lxc.cgroup.';
  const reason = isV1
    ? l10n.t('LXC 7.0 only knows cgroup v2, whose keys begin with lxc.cgroup2.')
    : l10n.t`LXC ${lxcVersion} does not know this key; LXC ${key.since ?? ''} brought it.`;
  return found(keyOfOtherVersion, ofKey(entry), entry.line, `${reason} ${whole()}`, {
    fixes: isV1 ? writeForV2(entry) : [],
  });
};

/** A name that stands for several keys, with a value. */
const familyFinding = (entry: Entry, { key, rest }: NamedKey): Finding | undefined => {
  const takesAll = key.name === 'lxc.prlimit.' && rest === '';
  if (key.value.kind !== 'clearOnly' && (!key.name.endsWith('.') || takesAll || (rest !== undefined && rest !== '')))
    return undefined;
  const message = `${l10n.t('This name stands for several keys, and takes only an empty value, which clears them.')} ${whole()}`;
  return found(familyValue, entry, entry.line, message);
};

const sharable = new Set(['user', 'mnt', 'pid', 'uts', 'ipc', 'net', 'cgroup', 'time']);

const checkNetwork = (entry: Entry, { key, index }: NamedKey, reading: Reading): Finding | undefined => {
  if (index === undefined || key.name === 'lxc.net.N') return undefined;
  if (entry.value === '')
    return reading.hasDevice(index) === false
      ? found(
          networkTypeFirst,
          entry,
          entry.line,
          `${l10n.t`There is no network device ${index} that this could clear.`} ${whole()}`,
        )
      : undefined;
  const type = reading.typeOf(index);
  if (key.needs === undefined || type === 'unknown' || type === key.needs) return undefined;
  const message = `${l10n.t`LXC takes this key only behind a line ${`lxc.net.${index}.type = ${key.needs}`}.`} ${whole()}`;
  return found(networkTypeFirst, ofKey(entry), entry.line, message);
};

const checkExcluding = (entry: Entry, { key }: NamedKey, reading: Reading): Finding | undefined => {
  if (entry.value === '') return undefined;
  const before = reading.excludes(key.name);
  if (before === undefined) return undefined;
  const said =
    before.file === undefined || before.file === entry.file
      ? l10n.t`Line ${before.line} sets ${before.key}, and LXC takes one of the two only.`
      : l10n.t`Line ${before.line} of ${shownPath(before.file)} sets ${before.key}, and LXC takes one of the two only.`;
  const message = `${said} ${whole()}`;
  const related = [{ start: before.start, end: before.end, message: before.key }];
  return found(excludingKeys, entry, entry.line, message, { related });
};

/** What a number stands for where LXC forgets to refuse it. */
export const checkLax = (entry: Entry, { key: { value } }: NamedKey, reading: Reading): Finding | undefined => {
  if (value.kind !== 'laxUnsigned' || entry.value === '') return undefined;
  if (readUnsigned(entry.value, 4_294_967_295) !== undefined) return undefined;
  const span = valueSpan(entry);
  if (entry.value.startsWith('-') && !reading.hasReadNumber) {
    if (reading.isUnsure) return undefined;
    return found(invalidNumber, span, entry.line, `${l10n.t('LXC takes no negative number here.')} ${whole()}`);
  }
  const message = l10n.t('LXC takes this text and does not use it: only a number counts here.');
  return found(withoutEffect, span, entry.line, message);
};

/** Whether LXC takes a line; undefined where it does. */
export const refusalOf = (entry: Entry, named: NamedKey, reading: Reading, context: Context): Finding | undefined => {
  const { key, rest } = named;
  if (!isKnownIn(key, context.lxcVersion)) return otherVersion(entry, named, context);
  if (key.name === 'lxc.namespace.share.' && !sharable.has(rest ?? ''))
    return found(
      unknownKey,
      ofKey(entry),
      entry.line,
      `${l10n.t`LXC knows no namespace ${inOneLine(rest ?? '')}.`} ${whole()}`,
    );
  const ofNetwork = checkNetwork(entry, named, reading);
  if (ofNetwork !== undefined) return ofNetwork;
  if (entry.value === '')
    return key.empty === 'refused'
      ? found(valueRequired, entry, entry.line, `${l10n.t('LXC takes no empty value here.')} ${whole()}`)
      : undefined;
  const ofFamily = familyFinding(entry, named);
  if (ofFamily !== undefined) return ofFamily;
  const fault = valueFault(entry.value, key.value, context.lxcVersion);
  if (fault === undefined) return checkExcluding(entry, named, reading);
  const start = entry.valueStart + (fault.start ?? 0);
  const end = fault.end === undefined ? entry.valueEnd : entry.valueStart + fault.end;
  const fixes =
    fault.meant === undefined
      ? []
      : [{ title: l10n.t`Write ${fault.meant}`, changes: [{ start, end, text: fault.meant }] }];
  return found(fault.rule, { start, end }, entry.line, `${fault.message} ${whole()}`, { fixes });
};
