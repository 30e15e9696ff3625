import { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultContext } from '../../src/language/context.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/hostFacts/readText.ts';
import { utf8Length } from '../../src/language/utf8Length.ts';
import type { Entry } from '../../src/language/document.ts';
import { languageFeatures, openFile } from '../../src/language/languageService.ts';
import { readLxc } from '../../src/language/lxc/readLxc.ts';
import { keyNamed, type NamedKey } from '../../src/language/lxc/keys.ts';
import { readNumber } from '../../src/language/lxc/numbers.ts';
import type { LxcRelease, LxcValue } from '../../src/schema/lxcTypes.ts';
import type { Difference } from './difference.ts';

/** What liblxc did with a configuration. */
export interface LxcVerdict {
  readonly outcome: 'taken' | 'refused' | 'crashed';
  /** Each line judged behind those above it. */
  readonly refusedLines: readonly number[];
  /** What liblxc gives back for the keys that are written in it, behind the last line. */
  readonly items: ReadonlyMap<string, string>;
}

/** Whether LXC takes such a line depends on what the host has: files that it includes or opens, and the caller's variables. */
export const dependsOnHost =
  /^[ \t]*lxc\.(?:include|log\.file)[ \t]*=|^[ \t]*lxc\.environment(?:\.\w+)?[ \t]*=[^=]*$|^[ \t]*lxc\.rootfs\.options[ \t]*=.*idmap=(?!container(?:,|$))./u;

/** Whether LXC takes such a line hangs on the number of the last mistake, which a line that is refused above it leaves behind. */
const isLax = /^[ \t]*lxc\.(?:init\.[ug]id|hook\.version|seccomp\.allow_nesting)[ \t]*=[ \t]*["']?[ \t]*-/u;

/** What we claim that a value stands for; undefined where we claim nothing of that kind. */
const claimOf = (value: string, type: LxcValue): string | undefined => {
  switch (type.kind) {
    case 'unsigned':
    case 'signed': {
      const number = readNumber(value);
      // Some are kept in a signed number.
      return number === undefined || number >= 2n ** 31n ? undefined : String(number);
    }
    case 'interfaceName':
      return utf8Length(value) > 15 ? decodeUtf8(Buffer.from(encodeUtf8(value)).subarray(0, 15)) : value;
    case 'flags':
      return 'up';
    case 'path':
    case 'cgroupPath':
      return value.replaceAll(/\/(?:\.?\/)+/gu, '/').replace(/(?<=.)\/$/u, '');
    case 'limit':
      return /^(?:unlimited|[1-9]\d{0,18})(?::(?:unlimited|[1-9]\d{0,18}))?$/u.test(value) ? value : undefined;
    case 'idmap':
      return value
        .split(/[ \t]+/u)
        .map((word, at) => (at === 0 ? word : String(readNumber(word))))
        .join(' ');
    case 'text':
    case 'assignment':
    case 'mountEntry':
      return value;
    default:
      return undefined;
  }
};

const claimedItem = (entries: readonly Entry[], { key }: NamedKey): string | undefined => {
  if (key.value.kind === 'clearOnly') return undefined;
  if (key.name === 'lxc.rootfs.path' && entries.some(({ value }) => value.includes(':'))) return undefined;
  // What begins so is looked for among the interfaces of that machine.
  if (key.name === 'lxc.net.N.link' && entries.some(({ value }) => value.endsWith('+'))) return undefined;
  // Digits of an address that are not said are made up, and groups are listed one by one.
  if (key.name === 'lxc.net.N.hwaddr' && entries.some(({ value }) => /x/iu.test(value))) return undefined;
  if (key.name === 'lxc.group') return entries.flatMap(({ value }) => value.split(/[ \t]+/u)).join('\n');
  const claims = (key.repeat === 'append' ? entries : entries.slice(-1)).map(({ value }) => claimOf(value, key.value));
  return claims.includes(undefined) ? undefined : claims.join(key.name === 'lxc.proc.' ? '' : '\n');
};

/** What is not set, as liblxc gives it back. */
const isDefault = ({ key }: NamedKey, given: string | undefined): boolean =>
  given === undefined || ['', '0', '0ns', '0 ns', 'NOTSET', '(invalid)', 'lo', key.default].includes(given);

/** Whether we and liblxc of that version take and refuse the same lines, and whether the same is set behind them. */
export const compareLxc = (text: string, real: LxcVerdict, lxcVersion: LxcRelease): Difference[] => {
  const file = openFile(TextDocument.create('file:///config', 'lxc', 0, text), 'lxc');
  if (file === undefined) throw new Error('there is no language called lxc');
  const context = { ...defaultContext, lxcVersion };
  const refusals = languageFeatures.diagnose(file, context).filter(({ effect }) => effect === 'file-refused');
  const lines = text.split(/\r\n|\r|\n/u);
  const firstRefused = real.refusedLines[0] ?? Infinity;
  // So does an address of a network card in 7.0, which is not refused.
  const address = lxcVersion === '7.0' ? lines.findIndex((line) => /^[ \t]*lxc\.net\.\d+\.hwaddr\b/u.test(line)) : -1;
  const firstAddress = address < 0 ? Infinity : address + 1;
  // Behind another file nobody knows what it has set.
  const included = lines.findIndex((line) => /^[ \t]*lxc\.include[ \t]*=[ \t]*[^ \t]/u.test(line));
  const isOfHost = (line: number): boolean =>
    dependsOnHost.test(lines[line - 1] ?? '') || (included >= 0 && line > included);
  const ours = new Set(refusals.map(({ line }) => line));
  const theirs = new Set(real.refusedLines);
  const differences: Difference[] = [];
  if (real.outcome !== (theirs.size > 0 ? 'refused' : 'taken'))
    differences.push({ kind: 'file', only: 'real', findings: [] });
  for (const line of [...new Set([...ours, ...theirs])].sort((a, b) => a - b))
    if (
      ours.has(line) !== theirs.has(line) &&
      !isOfHost(line) &&
      !(line > Math.min(firstRefused, firstAddress) && isLax.test(lines[line - 1] ?? ''))
    )
      differences.push({
        kind: 'line',
        line,
        only: ours.has(line) ? 'ours' : 'real',
        findings: refusals.filter((finding) => finding.line === line),
      });
  if (differences.length > 0) return differences;
  const { reading } = readLxc(file.document, context);
  if (reading.isUnsure) return [];
  for (const key of new Set(file.document.loose.map((entry) => entry.key))) {
    const named = keyNamed(key);
    if (named === undefined || file.document.loose.some((entry) => entry.key === key && theirs.has(entry.line)))
      continue;
    const entries = reading.kept(named);
    const claimed = claimedItem(entries, named);
    const given = real.items
      .get(key)
      ?.replace(/\n$/u, '')
      .replace(/^\(null\)$/u, '');
    if (claimed !== undefined && claimed !== (given ?? '') && !(entries.length === 0 && isDefault(named, given)))
      differences.push({ kind: 'line', about: key, only: 'ours', findings: [], line: entries.at(-1)?.line ?? 0 });
  }
  return differences;
};
