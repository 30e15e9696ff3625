import * as l10n from '@vscode/l10n';
import { type Entry, valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { utf8Length } from '../utf8Length.ts';
import type { NamedKey } from './keys.ts';
import { readNumber, readSigned } from './numbers.ts';
import {
  addressWithoutPrefix,
  commentInValue,
  flagsMeanUp,
  keyringUpsideDown,
  mountFields,
  nameCut,
  sizeLetter,
  withoutEffect,
} from './rules.ts';

const longestName = 15;

/** Of an address without prefix, as LXC works it out from the wrong end of the number. */
export const prefixOf = (address: string): number => {
  const last = Number(address.slice(address.lastIndexOf('.') + 1));
  if (last < 128) return 8;
  if (last < 192) return 16;
  return last < 224 ? 24 : 0;
};

const sizeUnits: Readonly<Record<string, string>> = { k: 'KB', m: 'MB', g: 'GB' };

const checkSize = (entry: Entry): readonly Finding[] => {
  const letter = /\d[ \t]*([A-Za-z])$/u.exec(entry.value)?.[1];
  if (letter === undefined || /^0x/iu.test(entry.value)) return [];
  const span = { start: entry.valueEnd - 1, end: entry.valueEnd };
  const unit = sizeUnits[letter.toLowerCase()];
  const message = l10n.t('LXC leaves out a single letter, so this is a number of bytes: a unit is KB, MB or GB.');
  const fixes = unit === undefined ? [] : [{ title: l10n.t`Write ${unit}`, changes: [{ ...span, text: unit }] }];
  return [found(sizeLetter, span, entry.line, message, { fixes })];
};

const checkAddress = (entry: Entry): readonly Finding[] => {
  const address = entry.value.split(' ')[0] ?? '';
  if (address.includes('/')) return [];
  const end = entry.valueStart + address.length;
  const message = l10n.t`Without a prefix LXC takes /${prefixOf(address)}, which it reads from the last number of the address.`;
  const fixes = [{ title: l10n.t`Write ${`${address}/24`}`, changes: [{ start: end, end, text: '/24' }] }];
  return [found(addressWithoutPrefix, { start: entry.valueStart, end }, entry.line, message, { fixes })];
};

/** Free text that ends in what looks like a comment. */
const checkComment = (entry: Entry): readonly Finding[] => {
  const at = entry.value.search(/[ \t]#(?:[ \t]|$)/u);
  if (at <= 0) return [];
  const start = entry.valueStart + at;
  const message = l10n.t('LXC knows no comments behind a value, so this is a part of it.');
  const fixes = [{ title: l10n.t('Remove this comment'), changes: [{ start, end: entry.valueEnd, text: '' }] }];
  return [found(commentInValue, { start: start + 1, end: entry.valueEnd }, entry.line, message, { fixes })];
};

/** What is wrong with a line that LXC takes, whatever stands around it. */
export const checkTaken = (entry: Entry, { key }: NamedKey): readonly Finding[] => {
  const { value } = entry;
  if (value === '') return [];
  const span = valueSpan(entry);
  switch (key.value.kind) {
    case 'laxBytes':
      if (readSigned(value) !== undefined || readNumber(value) !== undefined) return [];
      return [
        found(
          withoutEffect,
          span,
          entry.line,
          l10n.t('LXC takes this text and uses 500000 bytes: only a number of bytes counts here.'),
        ),
      ];
    case 'flags':
      return value === 'up'
        ? []
        : [
            found(
              flagsMeanUp,
              span,
              entry.line,
              l10n.t('LXC takes any text here for up; only an empty value leaves the device down.'),
            ),
          ];
    case 'interfaceName':
      return utf8Length(value) <= longestName
        ? []
        : [found(nameCut, span, entry.line, l10n.t`LXC cuts this name off behind ${longestName} bytes.`)];
    case 'size':
      return checkSize(entry);
    case 'address':
      return key.value.form === 'address' && key.value.family === 4 ? checkAddress(entry) : [];
    case 'mountEntry':
      return value.startsWith('#') || value.trim().split(/[ \t]+/u).length >= 3
        ? []
        : [
            found(
              mountFields,
              span,
              entry.line,
              l10n.t('A mount is SOURCE TARGET TYPE OPTIONS; without its type it fails, and with it the start.'),
            ),
          ];
    case 'unsigned':
      return key.name === 'lxc.keyring.session' && readNumber(value) === 1n
        ? [
            found(
              keyringUpsideDown,
              span,
              entry.line,
              l10n.t('With 1 the container gets no session keyring of its own; 0 makes one, against the manual.'),
            ),
          ]
        : [];
    case 'text':
      return ['lxc.uts.name', 'lxc.apparmor.profile', 'lxc.selinux.context'].includes(key.name)
        ? checkComment(entry)
        : [];
    case 'path':
      return checkComment(entry);
    default:
      return [];
  }
};
