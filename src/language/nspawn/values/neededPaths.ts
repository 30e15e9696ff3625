import * as l10n from '@vscode/l10n';
import type { Span } from '../../document.ts';
import { shown } from '../../shown.ts';
import type { RuleInfo } from '../../finding.ts';
import { ruleProblem } from './ruleProblem.ts';
import type { ValueProblem } from './valueKind.ts';

export const hidesNeededPath: RuleInfo = {
  id: 'hides-needed-path',
  severity: 'error',
  effect: 'start-refused',
  variants: [{ severity: 'warning', effect: 'start-refused' }],
  title: l10n.t('systemd-nspawn itself needs some paths while it starts a machine'),
};

/** Slashes and single dots change nothing. Undefined where the path goes up, as only the image tells where that leads. */
export const plainPath = (path: string): string | undefined => {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : `/${parts.join('/')}`;
};

/**
 * Where systemd-nspawn mounts the lines of [Files], and then makes a terminal, the view of the control groups, or its socket for
 * notifications. Found by real starts of 252, 257 and 262.
 */
const needed: ReadonlySet<string> = new Set([
  ...[
    '/dev',
    '/dev/pts',
    '/dev/pts/ptmx',
    '/dev/ptmx',
    '/dev/console',
    '/sys',
    '/sys/fs',
    '/sys/fs/cgroup',
    '/run',
    '/run/host',
  ],
]);

/** An empty directory does for some of them, up to a version or without user namespaces. */
const neededFull: ReadonlySet<string> = new Set([
  ...['/dev', '/dev/pts', '/dev/pts/ptmx', '/dev/ptmx', '/dev/console', '/sys/fs/cgroup', '/run'],
]);

/** What the host has there does not do either. */
const neededOwn: ReadonlySet<string> = new Set(['/dev', '/dev/pts/ptmx', '/dev/ptmx', '/dev/console', '/run']);

/** Inaccessible= over such a path, or over all. */
export const inaccessibleNeeded = (path: string, span: Span): readonly ValueProblem[] => {
  const plain = plainPath(path);
  if (plain === undefined || (plain !== '/' && !needed.has(plain))) return [];
  const message = l10n.t`The machine does not start: systemd-nspawn itself needs ${shown(plain)} while it starts the machine, so it cannot be made inaccessible. Remove the line, or name another path.`;
  return [ruleProblem(hidesNeededPath, span, message)];
};

const emptyOver = (path: string, span: Span): ValueProblem =>
  ruleProblem(
    hidesNeededPath,
    span,
    l10n.t`The machine does not start: the empty directory hides what systemd-nspawn itself needs at ${shown(path)} while it starts the machine. Remove the line, or name another path.`,
  );

/** An empty directory over such a path: TemporaryFileSystem=, or a Bind= without a source. */
export const emptyOverNeeded = (path: string, span: Span, systemdVersion: number): readonly ValueProblem[] => {
  const plain = plainPath(path);
  const isHidden = plain !== undefined && (neededFull.has(plain) || (plain === '/run/host' && systemdVersion >= 257));
  return isHidden ? [emptyOver(plain, span)] : [];
};

/** Something else over such a path. What it holds nobody knows from here, so it is a warning. */
export const mountOverNeeded = (
  sources: readonly string[],
  destination: string,
  span: Span,
): readonly ValueProblem[] => {
  const plain = plainPath(destination);
  if (plain === undefined || !needed.has(plain)) return [];
  if (sources.some((source) => plainPath(source) === plain) && !neededOwn.has(plain)) return [];
  const message = l10n.t`The machine does not start: what is mounted at ${shown(plain)} hides what systemd-nspawn itself needs there while it starts the machine. Remove the line, or name another path.`;
  return [{ ...ruleProblem(hidesNeededPath, span, message), severity: 'warning' }];
};
