import * as l10n from '@vscode/l10n';
import type { DirectiveSchema, ValueType } from '../../schema/types.ts';
import { type Entry, valueSpan } from '../document.ts';
import type { Finding, RuleInfo } from '../finding.ts';
import { parseBoolean } from './values/boolean.ts';
import type { FileSettings } from './fileSettings.ts';
import { parseUint32 } from './values/parseNumber.ts';
import { found } from '../found.ts';
import { removeLines } from './lines.ts';

const startModes: RuleInfo = {
  id: 'boot-processtwo',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Of Boot= and ProcessTwo= the first that says yes wins'),
};
const duplicatePort: RuleInfo = {
  id: 'duplicate-port',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('A port of the host is forwarded once'),
};
const overridden: RuleInfo = {
  id: 'overridden-setting',
  severity: 'info',
  effect: 'none',
  title: l10n.t('Of a setting that can have one value only the last line counts'),
};
const reset: RuleInfo = {
  id: 'reset-setting',
  severity: 'hint',
  effect: 'none',
  title: l10n.t('An empty assignment takes back what earlier lines have set'),
};

export const repeatRules: readonly RuleInfo[] = [startModes, duplicatePort, overridden, reset];

/** More places than that help nobody. */
const mostRelated = 20;

const lineOf = (entry: Entry): string => l10n.t`line ${String(entry.line)}`;

/** The protocol and port of the host that a valid Port= takes. */
const hostPort = (value: string, systemdVersion: number): string => {
  const protocol = value.startsWith('udp:') ? 'udp' : 'tcp';
  const rest = value.startsWith('udp:') || value.startsWith('tcp:') ? value.slice(4) : value;
  const split = rest.indexOf(':');
  return `${protocol}:${String(parseUint32(split < 0 ? rest : rest.slice(0, split), { systemdVersion }))}`;
};

/** Watches the lines that systemd takes as they follow each other. */
export class RepeatCheck {
  readonly #text: string;
  readonly #settings: FileSettings;
  readonly #findings: Finding[];
  readonly #systemdVersion: number;
  readonly #ports = new Map<string, Entry>();
  #start: { readonly mode: 'boot' | 'pid2' | 'pid1'; readonly entry: Entry } | undefined;

  constructor(text: string, settings: FileSettings, findings: Finding[], systemdVersion: number) {
    this.#text = text;
    this.#settings = settings;
    this.#findings = findings;
    this.#systemdVersion = systemdVersion;
  }

  /** How the machine starts, as far as the file says: an init, a stub init and a command, or a command. */
  get startMode(): 'boot' | 'pid2' | 'pid1' | undefined {
    return this.#start?.mode;
  }

  /** A line with a value that systemd takes at least in part. */
  take(entry: Entry, directive: DirectiveSchema, type: ValueType): void {
    if (type.kind === 'startMode' && !this.#takeStartMode(entry)) return;
    if (type.kind === 'port' && !this.#takePort(entry)) return;
    const effaced = this.#settings.take(entry, directive, type);
    if (effaced === undefined || directive.repeat === 'first') return;
    if (effaced.how === 'reset') {
      this.#findings.push(
        found(
          reset,
          entry,
          entry.line,
          l10n.t`This takes back what ${effaced.entries.map(lineOf).slice(0, 5).join(', ')} set for ${directive.name}=.`,
          {
            related: effaced.entries.slice(0, mostRelated).map(({ start, end }) => ({
              start,
              end,
              message: l10n.t('This does not count any more.'),
            })),
          },
        ),
      );
      return;
    }
    for (const before of effaced.entries)
      this.#findings.push(
        found(
          overridden,
          before,
          before.line,
          before.value === entry.value
            ? l10n.t`Line ${entry.line} says the same again; one of the two is enough.`
            : l10n.t`${directive.name}= has one value, and ${lineOf(entry)} sets another one: this line does not count.`,
          {
            tag: 'unnecessary',
            related: [{ start: entry.start, end: entry.end, message: l10n.t('This line counts.') }],
          },
        ),
      );
  }

  /** config_parse_boot() and config_parse_pid2(): a yes holds against what comes later. */
  #takeStartMode(entry: Entry): boolean {
    const yes = parseBoolean(entry.value) === true;
    const mine = entry.key === 'Boot' ? 'boot' : 'pid2';
    const other = mine === 'boot' ? 'pid2' : 'boot';
    const now = this.#start;
    if (now?.mode === (yes ? other : mine)) {
      this.#findings.push(
        found(
          startModes,
          entry,
          entry.line,
          l10n.t`${now.entry.key}=${now.entry.value} in ${lineOf(now.entry)} excludes this: the first one wins, and systemd ignores this line.`,
          {
            related: [{ start: now.entry.start, end: now.entry.end, message: l10n.t('This line wins.') }],
            fixes: [{ title: l10n.t('Remove this line'), changes: [removeLines(this.#text, entry)] }],
          },
        ),
      );
      return false;
    }
    if (yes) this.#start = { mode: mine, entry };
    else this.#start ??= { mode: 'pid1', entry };
    return true;
  }

  #takePort(entry: Entry): boolean {
    const port = hostPort(entry.value, this.#systemdVersion);
    const before = this.#ports.get(port);
    if (before === undefined) {
      this.#ports.set(port, entry);
      return true;
    }
    this.#findings.push(
      found(
        duplicatePort,
        valueSpan(entry),
        entry.line,
        l10n.t`Line ${before.line} forwards ${port.replace(/:.*/u, '')} port ${port.replace(/.*:/u, '')} of the host already: systemd ignores this line.`,
        { related: [{ start: before.start, end: before.end, message: l10n.t('This line counts.') }] },
      ),
    );
    return false;
  }
}
