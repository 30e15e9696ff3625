import * as l10n from '@vscode/l10n';
import type { DirectiveSchema } from '../../schema/types.ts';
import type { Context } from '../context.ts';
import type { Entry } from '../document.ts';
import type { Finding, Fix, RuleInfo } from '../finding.ts';
import type { FileSettings } from './fileSettings.ts';
import { extractWords } from './values/extractWord.ts';
import { found } from '../found.ts';
import { hasTrustHole } from '../../schema/systemdRelease.ts';
import { countsUntrusted, isLeftOutHere } from './directives.ts';

const untrustedSetting: RuleInfo = {
  id: 'untrusted-setting',
  severity: 'warning',
  effect: 'untrusted',
  title: l10n.t('Beside the image only settings count that give the machine no more rights'),
};
const shadowedFile: RuleInfo = {
  id: 'shadowed-file',
  severity: 'warning',
  effect: 'ignored',
  title: l10n.t('Only the first file of the search order is read'),
};

const untrustedCounts: RuleInfo = {
  id: 'untrusted-setting-counts',
  severity: 'warning',
  effect: 'none',
  title: l10n.t('Beside the image no setting counts through a hole of systemd'),
};

export const placeRules: readonly RuleInfo[] = [untrustedSetting, shadowedFile, untrustedCounts];

/** merge_settings() of systemd: which lines count in a file that lies beside the image. */
export class PlaceCheck {
  readonly #context: Context;
  readonly #findings: Finding[];
  readonly #fixes: readonly Fix[];
  /** Lines of which none counts, by their directive. */
  readonly #ignored = new Map<DirectiveSchema, Entry[]>();
  /** Lines that count unless the filter allows anything. */
  readonly #filters: Entry[] = [];

  constructor(context: Context, findings: Finding[]) {
    this.#context = context;
    this.#findings = findings;
    const { trustedPath } = context.place;
    this.#fixes =
      trustedPath === undefined
        ? []
        : [{ title: l10n.t`Move this file to ${trustedPath}`, changes: [], moveTo: trustedPath }];
  }

  /** Whether no line of it counts. */
  leavesOut(directive: DirectiveSchema): boolean {
    return isLeftOutHere(directive, this.#context);
  }

  /** A line of SystemCallFilter= with any word that systemd reads, be it the name of a system call or not. */
  takeFilter(entry: Entry): void {
    const words = entry.value.replace(/^~/u, '');
    if (this.#context.place.trust === 'untrusted' && extractWords(words, {}).words.length > 0)
      this.#filters.push(entry);
  }

  /** A line that systemd takes. */
  take(entry: Entry, directive: DirectiveSchema): void {
    this.#countsAllTheSame(entry, directive);
    if (!this.leavesOut(directive)) return;
    const lines = this.#ignored.get(directive) ?? [];
    this.#ignored.set(directive, lines);
    // Nothing is set by it, so nothing is left out.
    if (entry.value !== '' || directive.name === 'Zone') lines.push(entry);
  }

  /** What no single line decides. */
  leaveOut(settings: FileSettings): void {
    if (this.#filters.some(({ value }) => !value.startsWith('~'))) {
      settings.forget('SystemCallFilter');
      for (const entry of this.#filters)
        this.#leftOut(
          entry,
          l10n.t(
            'SystemCallFilter= that allows anything counts only in a file in /etc/systemd/nspawn or /run/systemd/nspawn: beside the image systemd does not trust the file and leaves it out.',
          ),
        );
    }
    for (const [{ name, repeat }, lines] of this.#ignored) {
      const [first] = settings.all(name);
      // What a later line takes back is not there to be left out.
      const set =
        first === undefined ? [] : repeat === 'append' ? lines.filter(({ start }) => start >= first.start) : lines;
      for (const entry of set)
        this.#leftOut(
          entry,
          l10n.t`${name}= counts only in a file in /etc/systemd/nspawn or /run/systemd/nspawn: beside the image systemd does not trust the file and leaves it out.`,
        );
      settings.forget(name);
    }
  }

  /** What there is to say of the file as a whole. */
  file(text: string): void {
    const { shadowedBy } = this.#context.place;
    if (shadowedBy === undefined) return;
    const end = text.search(/[\r\n]/u);
    this.#findings.push(
      found(
        shadowedFile,
        { start: 0, end: end < 0 ? text.length : end },
        1,
        l10n.t`systemd finds ${shadowedBy} first and does not read this file.`,
      ),
    );
  }

  /** What an old systemd takes of a file that it does not trust. */
  #countsAllTheSame(entry: Entry, directive: DirectiveSchema): void {
    const context = this.#context;
    if (context.place.trust !== 'untrusted' || entry.value === '') return;
    const hasHole = hasTrustHole(context);
    const goesUp = hasHole && directive.name === 'PivotRoot' && /(?:^|[/:])\.\.(?:[/:]|$)/u.test(entry.value);
    if (!goesUp && !countsUntrusted(directive, context)) return;
    const systemd = `systemd ${context.systemdRelease ?? context.systemdVersion}`;
    const key = `${directive.name}=`;
    const message = hasHole
      ? l10n.t`${key} counts here although this file lies beside the image and is not trusted: ${systemd} has CVE-2026-40226, by which a machine gets access to the host. Install an update of systemd, and remove the line.`
      : l10n.t`${key} counts here although this file lies beside the image and is not trusted: ${systemd} does not leave it out yet.`;
    this.#findings.push(found(untrustedCounts, entry, entry.line, message));
  }

  #leftOut(entry: Entry, message: string): void {
    this.#findings.push(
      found(
        untrustedSetting,
        entry,
        entry.line,
        message,
        this.#fixes.length === 0 ? undefined : { fixes: this.#fixes },
      ),
    );
  }
}
