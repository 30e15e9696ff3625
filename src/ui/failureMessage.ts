import { basename } from 'node:path';
import type * as vscode from 'vscode';
import type { MachineFailure } from '../machines/errors.ts';
import { describeEntry } from './entryWords.ts';
import type { FailureButton } from './failureButtons.ts';
import { isErrorName, plainText, shownName } from './plainText.ts';
import { describeArchive, describeFile, describeNameProblem, describeRefusal, saidLimit } from './problemWords.ts';

export interface FailureMessage {
  readonly sentence: string;
  readonly buttons: readonly FailureButton[];
  /** The machine or image that the buttons act on. */
  readonly name: string | undefined;
}

type L10n = Pick<typeof vscode.l10n, 't'>;

const describeEnd = (failure: Extract<MachineFailure, { kind: 'toolFailed' }>, l10n: L10n): string => {
  const said = plainText(failure.stderr, saidLimit);
  const what = [failure.file, ...failure.args.slice(0, 1)].join(' ');
  if (said !== '') return l10n.t('{0} failed: {1}', plainText(what, 80), said);
  if (failure.signal !== undefined) return l10n.t('{0} was ended by {1}.', plainText(what, 80), failure.signal);
  return l10n.t('{0} failed with exit code {1} and gave no reason.', plainText(what, 80), failure.exitCode ?? '?');
};

/** Why it did not start, in words that were said; empty where nothing was. */
export const startReason = (failure: Extract<MachineFailure, { kind: 'didNotStart' }>): string => {
  const [why, ...more] = failure.settings ?? [];
  if (why !== undefined) return plainText([why, ...more.slice(0, 1)].join(' '), 2 * saidLimit);
  // What systemd says of the unit ("Failed with result …") comes last and is known already; the machine's own words tell why.
  const ownWords = failure.journal.filter((line) => !line.startsWith(`${failure.unit}: `));
  const words = ownWords.length > 0 ? ownWords : failure.journal;
  return plainText(words.slice(-3).join(' · '), saidLimit);
};

const describeStart = (failure: Extract<MachineFailure, { kind: 'didNotStart' }>, l10n: L10n): string => {
  const name = shownName(failure.name, 80);
  const reason = startReason(failure);
  if (reason !== '') return l10n.t('{0} did not start: {1}', name, reason);
  if (failure.result !== undefined) return l10n.t('{0} did not start (result: {1}).', name, failure.result);
  return l10n.t('{0} did not start, and its journal says nothing about it.', name);
};

const describeNotMade = ({ name, reason, left }: Extract<MachineFailure, { kind: 'notMade' }>, l10n: L10n): string => {
  const shown = shownName(name, 80);
  const said = plainText(reason, saidLimit);
  const failed =
    said === ''
      ? l10n.t('{0} could not be made; the terminal shows why.', shown)
      : l10n.t('{0} could not be made: {1}', shown, said);
  if (left === undefined) return failed;
  return `${failed} ${l10n.t('What was begun is still there and has to be removed: {0}', plainText(left, 160))}`;
};

const describeTimeout = (
  { file, afterMs, left }: Extract<MachineFailure, { kind: 'timedOut' }>,
  l10n: L10n,
): string => {
  const seconds = Math.round(afterMs / 1000);
  if (left === 'unfinished' || left === 'unseen')
    return l10n.t(
      '{0} gave no answer for {1} seconds. It runs with more rights than this user has, and may go on.',
      file,
      seconds,
    );
  const ended = l10n.t('{0} gave no answer for {1} seconds and was ended.', file, seconds);
  return left === undefined ? ended : `${ended} ${l10n.t('Its unit is now {0}.', plainText(left, 30))}`;
};

const describeDevice = (
  { name, device, reason }: Extract<MachineFailure, { kind: 'deviceRefused' }>,
  l10n: L10n,
): string => {
  const shown = shownName(name, 60);
  const path = plainText(device, 100);
  const line = `lxc.mount.entry = ${path} ${path.slice(1)} none bind,optional,create=file 0 0`;
  return reason === 'unprivileged'
    ? l10n.t(
        '{0} is unprivileged, and the kernel lets no device be made in its user namespace. Write {1} into its configuration instead, and start it anew.',
        shown,
        line,
      )
    : reason === 'othersLost'
      ? l10n.t(
          'The configuration of {0} has no rule about devices that counts, and LXC would take {1} for the only one that is allowed: all others, also /dev/null, could be used no longer. Write rules into it first (lxc.cgroup2.devices.deny = a, and lxc.cgroup2.devices.allow for each), and start it anew.',
          shown,
          path,
        )
      : l10n.t(
          'The configuration of {0} has no rule about devices that counts, and with one against {1} LXC would allow none at all: all, also /dev/null, could be used no longer. Write rules into it first (lxc.cgroup2.devices.deny = a, and lxc.cgroup2.devices.allow for each), and start it anew.',
          shown,
          path,
        );
};

const describeCopies = ({ name, copies }: Extract<MachineFailure, { kind: 'hasCopies' }>, l10n: L10n): string => {
  const shown = shownName(name, 80);
  return copies.length === 0
    ? l10n.t('Other containers share the files of {0}, such as copies that are overlays. Remove those first.', shown)
    : l10n.t(
        'Other containers share the files of {0}: {1}. Remove those first.',
        shown,
        plainText(copies.join(', '), saidLimit),
      );
};

/** The name of a D-Bus error is in the output for whoever needs it. */
const describeBus = (detail: string, l10n: L10n): string => {
  const said = plainText(detail, saidLimit);
  return said === '' || isErrorName(said)
    ? l10n.t('The system bus does not answer. Try again in a moment.')
    : l10n.t('The system bus does not answer: {0}', said);
};

/**
 * One sentence for a person, and the ways on. What tools and containers said is cut to a readable length and freed of
 * control characters. Undefined where the user has cancelled: that needs no words.
 */
export const failureMessage = (failure: MachineFailure, l10n: L10n): FailureMessage | undefined => {
  const message = (sentence: string, buttons: readonly FailureButton[], name?: string): FailureMessage => ({
    sentence,
    buttons,
    name,
  });
  switch (failure.kind) {
    case 'cancelled':
      return undefined;
    case 'toolMissing':
      if (basename(failure.file) === 'cgconfigparser')
        return message(
          l10n.t(
            '{0} was not found. It is part of the package cgroup-tools, or libcgroup-tools on Fedora.',
            plainText(failure.file, 80),
          ),
          ['installCgroupTools', 'openSettings'],
        );
      if (basename(failure.file).startsWith('lxc-'))
        return message(l10n.t('{0} was not found. It is part of LXC.', plainText(failure.file, 80)), ['installLxc']);
      return failure.file === 'machinectl' || failure.file === 'systemd-nspawn'
        ? message(l10n.t('{0} was not found. It is part of the package systemd-container.', failure.file), ['install'])
        : message(l10n.t('{0} was not found.', plainText(failure.file, 80)), ['showOutput']);
    case 'toolFailed':
      return message(describeEnd(failure, l10n), ['showOutput']);
    case 'timedOut':
      return message(describeTimeout(failure, l10n), ['showOutput', 'showMachinedJournal']);
    case 'unexpectedOutput':
      return message(
        l10n.t('{0} answered something that cannot be read: {1}', failure.source, plainText(failure.detail, 120)),
        ['showOutput'],
      );
    case 'notAuthorized':
      return message(l10n.t('This needs more privileges than this user has ({0}).', failure.polkitAction), [
        'retryWithPrivileges',
        'openSettings',
      ]);
    case 'invalidName':
      return message(
        l10n.t('"{0}" cannot be a name. {1}', plainText(failure.name, 80), describeNameProblem(failure.problem, l10n)),
        [],
      );
    case 'noSuchMachine':
      return message(l10n.t('{0} is not running any more.', shownName(failure.name, 80)), ['refresh']);
    case 'noSuchImage':
      return message(l10n.t('There is no image {0} any more.', shownName(failure.name, 80)), ['refresh']);
    case 'nameTaken':
      return message(l10n.t('There is already an image named {0}.', shownName(failure.name, 80)), []);
    case 'noTemplates':
      return message(
        l10n.t(
          'There are no templates in {0}, of which containers are made. Install them: they are part of LXC, in the package lxc or lxc-templates.',
          plainText(failure.directory, 160),
        ),
        [],
      );
    case 'archiveProblem':
      return message(describeArchive(failure, l10n), []);
    case 'notMade':
      return message(describeNotMade(failure, l10n), [
        'showOutput',
        ...(failure.left === undefined ? [] : ['refresh' as const]),
      ]);
    case 'machineRunning':
      return message(
        l10n.t('{0} is running. Stop it first.', shownName(failure.name, 80)),
        ['terminate'],
        failure.name,
      );
    case 'notRestored':
      return message(
        l10n.t(
          '{0} was not restored, and has no files now: they were removed to make room. The snapshot is whole and lies in {1}.',
          shownName(failure.name, 80),
          plainText(failure.path, saidLimit),
        ),
        ['showOutput'],
      );
    case 'halfDone':
      return message(
        l10n.t(
          '{0}: this was ended halfway, and what was done so far is not taken back. Look at what is left in {1}.',
          shownName(failure.name, 80),
          plainText(failure.paths.join(', '), saidLimit),
        ),
        ['showOutput', 'refresh'],
      );
    case 'hasCopies':
      return message(describeCopies(failure, l10n), ['refresh']);
    case 'noEffect':
      return message(l10n.t('The tool reported success, but {0} has not changed.', shownName(failure.name, 80)), [
        'showOutput',
        'refresh',
      ]);
    case 'didNotStart':
      return message(
        describeStart(failure, l10n),
        failure.settings === undefined ? ['showJournal'] : ['openNspawnFile', 'showJournal'],
        failure.name,
      );
    case 'didNotStop':
      return message(
        l10n.t(
          '{0} still runs after {1} seconds. It may not react to a request to stop.',
          shownName(failure.name, 80),
          Math.round(failure.waitedMs / 1000),
        ),
        ['terminate', 'kill', 'showJournal'],
        failure.name,
      );
    case 'cannotEnter':
      return message(
        describeEntry(failure, l10n),
        [failure.reason === 'frozen' ? 'unfreeze' : 'showOutput'],
        failure.name,
      );
    case 'notOffered':
      return message(
        failure.backend === ''
          ? l10n.t('No kind of machine that is known here offers this.')
          : l10n.t('{0} is a machine of {1}, which does not offer this.', shownName(failure.name, 80), failure.backend),
        [],
      );
    case 'deviceRefused':
      return message(describeDevice(failure, l10n), []);
    case 'noSuchUser':
      return message(
        l10n.t('{0} has no user {1}.', shownName(failure.name, 80), plainText(failure.user, 80)),
        [],
        failure.name,
      );
    case 'noBusInside':
      return message(
        l10n.t(
          '{0} has no console to log in to: machinectl asks the systemd inside for one over D-Bus, and there is no systemd with D-Bus in this machine. Open Shell enters it without them.',
          shownName(failure.name, 80),
        ),
        ['openShell'],
        failure.name,
      );
    case 'namespacesForbidden':
      return message(
        l10n.t(
          'This host does not let this user make user namespaces, without which systemd-nspawn cannot be asked about a file safely. Its administrator decides that.',
        ),
        ['showOutput'],
      );
    case 'fileProblem':
      return message(describeFile(failure.path, failure.code, l10n), ['showOutput']);
    case 'kernelRefused': {
      const shown = plainText(failure.path, 160);
      const why = describeRefusal(failure.code, failure.path, l10n);
      return failure.text === undefined
        ? message(l10n.t('{0}: {1}', shown, why), ['showOutput'])
        : message(l10n.t('"{0}" into {1}: {2}', plainText(failure.text, 60), shown, why), ['showOutput']);
    }
    case 'noSuchGroup':
      return message(l10n.t('There is no control group {0}.', plainText(failure.path, 160)), []);
    case 'noSuchProcess':
      return message(l10n.t('Process {0} is not there any more.', failure.pid), []);
    case 'busUnavailable':
      return message(describeBus(failure.detail, l10n), ['refresh', 'showOutput']);
  }
};
