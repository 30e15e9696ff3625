import * as l10n from '@vscode/l10n';
import type { Context } from '../context.ts';
import { type ConfigDocument, type Entry, type Mistake, type Span, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { isKnownIn } from '../lxc/keys.ts';
import { inOneLine } from '../markdown.ts';
import { nearestName, orMeant } from '../nearestName.ts';
import { utf8Length } from '../utf8Length.ts';
import { netKeys } from './keys.ts';
import { netAddresses, netLineUnread, netShell, netValue } from './rules.ts';

/** Whether the shell replaces nothing in a value. */
const isLiteral = ({ value }: Entry): boolean => !/[$`\\"']/u.test(value);

const longestName = 15;

const octets =
  /^(25[0-5]|2[0-4]\d|1?\d?\d)\.(25[0-5]|2[0-4]\d|1?\d?\d)\.(25[0-5]|2[0-4]\d|1?\d?\d)\.(25[0-5]|2[0-4]\d|1?\d?\d)$/u;

const numberOf = (address: string): number | undefined => {
  const parts = octets.exec(address)?.slice(1).map(Number);
  return parts?.reduce((number, part) => number * 256 + part, 0);
};

const isMask = (value: string): boolean => {
  const number = numberOf(value);
  return number !== undefined && /^1*0*$/u.test(number.toString(2).padStart(32, '0'));
};

const checkValue = (entry: Entry, text: string): Finding | undefined => {
  const kind = netKeys().find(({ name }) => name === entry.key)?.kind;
  const says = (message: string, variable = {}): Finding =>
    found(netValue, valueSpan(entry), entry.line, message, variable);
  if (entry.value.endsWith('\r') || text.charAt(entry.valueEnd + 1) === '\r')
    return says(
      l10n.t(
        'A carriage return at the end of the line is a part of the value: save the file with the line ends of Unix.',
      ),
    );
  if (!isLiteral(entry)) return undefined;
  const { value } = entry;
  switch (kind) {
    case 'truth':
      return ['true', 'false', ''].includes(value)
        ? undefined
        : says(l10n.t('Only the word true, in small letters, says yes; anything else is as good as false.'));
    case 'netmask':
      return isMask(value) || value === ''
        ? undefined
        : says(
            l10n.t(
              'lxc-net takes the dotted form of a mask only, such as 255.255.255.0, and makes a wrong length of anything else.',
            ),
          );
    case 'bridge':
      return utf8Length(value) <= longestName
        ? undefined
        : says(l10n.t`The name of a bridge has at most ${longestName} bytes; with this lxc-net does not start.`, {
            effect: 'start-refused',
          });
    default:
      return undefined;
  }
};

const checkAddresses = (counting: ReadonlyMap<string, Entry>): readonly Finding[] => {
  const valueOf = (name: string): string | undefined => {
    const entry = counting.get(name);
    if (entry === undefined) return netKeys().find((key) => key.name === name)?.default;
    return isLiteral(entry) ? entry.value : undefined;
  };
  const [base = '', length = ''] = (valueOf('LXC_NETWORK') ?? '').split('/');
  const first = numberOf(base);
  if (first === undefined || !/^(?:\d|[12]\d|3[0-2])$/u.test(length)) return [];
  const size = 2 ** (32 - Number(length));
  const isOutside = (address: string): boolean => {
    const number = numberOf(address);
    return number !== undefined && Math.floor(number / size) !== Math.floor(first / size);
  };
  const network = `${base}/${length}`;
  const place = (name: string): Entry | undefined =>
    counting.get(name) ?? counting.get('LXC_NETWORK') ?? counting.get('LXC_ADDR');
  const address = valueOf('LXC_ADDR') ?? '';
  const at = place('LXC_ADDR');
  const ofAddress =
    at !== undefined && isOutside(address)
      ? [
          found(
            netAddresses,
            valueSpan(at),
            at.line,
            l10n.t`The bridge has the address ${address}, and ${'LXC_NETWORK'} is ${network}, which is its default where no line sets it: containers get no way out. Set both and ${'LXC_DHCP_RANGE'}.`,
          ),
        ]
      : [];
  const range = (valueOf('LXC_DHCP_RANGE') ?? '').split(',').slice(0, 2);
  const on = place('LXC_DHCP_RANGE');
  const ofRange =
    ofAddress.length === 0 && on !== undefined && range.some(isOutside)
      ? [
          found(
            netAddresses,
            valueSpan(on),
            on.line,
            l10n.t`${'LXC_DHCP_RANGE'} is ${range.join(',')}, which is not in the network ${network}: containers get addresses that lead nowhere.`,
          ),
        ]
      : [];
  return [...ofAddress, ...ofRange];
};

const mistakeFinding = ({ rule, start, end, line }: Mistake, text: string): Finding | undefined => {
  const span: Span = { start, end };
  if (rule === netShell.id)
    return found(
      netShell,
      span,
      line,
      l10n.t('This quote is not closed, so the shell refuses the whole file, and lxc-net does not start.'),
    );
  const name = /^(\w+)([ \t]*)=([ \t]*)/u.exec(text.slice(start, end));
  // A command may do anything, and is not looked into.
  if (name === null || !netKeys().some((key) => key.name === name[1])) return undefined;
  const written = `${name[1]}=`;
  return found(
    netLineUnread,
    span,
    line,
    l10n.t('With blanks round “=” this is a command for the shell, which there is not, and nothing is set.'),
    {
      fixes: [{ title: l10n.t('Remove the blanks'), changes: [{ start, end: start + name[0].length, text: written }] }],
    },
  );
};

/** What is wrong with the settings of lxc-net, of which lxc-net says nothing. */
export const checkNet = (document: ConfigDocument, text: string, { lxcVersion }: Context): readonly Finding[] => {
  const names = netKeys().map(({ name }) => name);
  const counting = new Map<string, Entry>();
  const findings = document.loose.flatMap((entry): readonly Finding[] => {
    const span = { start: entry.keyStart, end: entry.keyEnd };
    const known = netKeys().find(({ name }) => name === entry.key);
    if (known === undefined) {
      const meant = nearestName(entry.key, names);
      // A shell may have variables of its own.
      if (meant === undefined && !/^(?:USE_)?LXC_/u.test(entry.key)) return [];
      const message = orMeant(l10n.t`lxc-net has no variable “${inOneLine(entry.key)}”.`, meant);
      const fixes = meant === undefined ? [] : [{ title: l10n.t`Write ${meant}`, changes: [{ ...span, text: meant }] }];
      return [found(netLineUnread, span, entry.line, message, { fixes })];
    }
    if (!isKnownIn(known, lxcVersion))
      return [
        found(
          netLineUnread,
          span,
          entry.line,
          l10n.t`lxc-net of LXC ${lxcVersion} does not look at this; LXC ${known.since ?? ''} brought it.`,
        ),
      ];
    counting.set(entry.key, entry);
    return [checkValue(entry, text) ?? []].flat();
  });
  const mistakes = document.mistakes.flatMap((mistake) => mistakeFinding(mistake, text) ?? []);
  const isRefused = mistakes.some(({ rule }) => rule === netShell.id);
  return [...findings, ...mistakes, ...(isRefused ? [] : checkAddresses(counting))].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  );
};
