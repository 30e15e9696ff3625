import * as l10n from '@vscode/l10n';
import type { LxcRelease } from '../../schema/lxcTypes.ts';
import { valueSpan } from '../document.ts';
import type { Finding } from '../finding.ts';
import { found } from '../found.ts';
import { checkKernel } from './kernelValues.ts';
import type { Reading } from './reading.ts';
import {
  deviceRule,
  hookFails,
  hostRenamed,
  initCommand,
  namespaceCombination,
  policyRefused,
  shareNotRunning,
  startHookArguments,
  ttyDirectory,
} from './rules.ts';
import { checkMounts } from './startMounts.ts';

const isDeviceRule = (value: string, isAllowing: boolean): boolean =>
  value === 'a' ||
  /^[abc][ \t]+(?:\*|\d+):(?:\*|\d+)[ \t]+[rwm]{1,3}$/u.test(value) ||
  (isAllowing && /^\/dev\/\S+[ \t]+[rwm]{1,3}$/u.test(value));

const checkDeviceRules = (reading: Reading): readonly Finding[] => {
  const inFamily = reading.inFamily('lxc.cgroup2.');
  const rules = ['allow', 'deny'].flatMap((verb) => inFamily.get(`lxc.cgroup2.devices.${verb}`) ?? []);
  const wrong = rules.filter(({ key, value }) => !isDeviceRule(value, key.endsWith('.allow')));
  const findings = wrong.map((entry) =>
    found(
      deviceRule,
      valueSpan(entry),
      entry.line,
      l10n.t('LXC leaves this rule out: one is “a”, or a kind, two numbers and letters, as in “c 1:3 rwm”.'),
    ),
  );
  const [only, ...more] = rules;
  if (only !== undefined && more.length === 0 && !reading.isUnsure && only.key.endsWith('.deny') && only.value === 'a')
    findings.push(
      found(
        deviceRule,
        valueSpan(only),
        only.line,
        l10n.t('Alone this denies nothing: lines that allow devices have to follow it.'),
      ),
    );
  return findings;
};

const checkNamespaces = (reading: Reading): readonly Finding[] => {
  const shared = reading.inFamily('lxc.namespace.share.').get('lxc.namespace.share.user')?.at(-1);
  const findings: Finding[] = [];
  if (shared !== undefined)
    findings.push(
      found(
        namespaceCombination,
        shared,
        shared.line,
        l10n.t('A container of LXC cannot share users, and does not start.'),
      ),
    );
  if (reading.isUnsure) return findings;
  const words = (name: string): readonly string[] =>
    reading.entriesOf(name).flatMap(({ value }) => value.toLowerCase().split(/[ \t]+/u));
  const keep = reading.entriesOf('lxc.namespace.keep').at(-1);
  const clone = reading.entriesOf('lxc.namespace.clone').at(-1);
  const isMapped = reading.entriesOf('lxc.idmap').length > 0;
  const makesUsers =
    keep === undefined ? words('lxc.namespace.clone').includes('user') : !words('lxc.namespace.keep').includes('user');
  const cause = keep ?? clone;
  if (cause !== undefined && makesUsers && !isMapped)
    findings.push(
      found(
        namespaceCombination,
        cause,
        cause.line,
        l10n.t`This makes a namespace of users, which needs lines ${'lxc.idmap'}: the container does not start.`,
      ),
    );
  const name = reading.entriesOf('lxc.uts.name').at(-1);
  if (clone !== undefined && name !== undefined && !words('lxc.namespace.clone').includes('uts'))
    findings.push(
      found(
        hostRenamed,
        name,
        name.line,
        l10n.t`${'lxc.namespace.clone'} leaves out uts, so this renames the host and not the container.`,
      ),
    );
  return findings;
};

const checkInit = (reading: Reading, release: LxcRelease): readonly Finding[] => {
  const entry = reading.entriesOf('lxc.init.cmd').at(-1);
  if (entry === undefined) return [];
  const fails = (message: string): readonly Finding[] => [found(initCommand, valueSpan(entry), entry.line, message)];
  if (/^\w+=/u.test(entry.value))
    return fails(
      l10n.t`No shell reads this: variables stand in ${'lxc.environment'}, and the command begins with its program.`,
    );
  return release === '5.0' && /["']/u.test(entry.value)
    ? fails(l10n.t('LXC 5.0 cuts this at blanks and takes quotes for characters, so the command is another one.'))
    : [];
};

/** Those whose failure stops the start. */
const heededHooks = ['pre-start', 'start-host', 'pre-mount', 'mount', 'start'];

const checkHooks = (reading: Reading): readonly Finding[] => {
  const hooks = heededHooks.flatMap((hook) => reading.entriesOf(`lxc.hook.${hook}`));
  const scripts = [...reading.allDevices().values()].flatMap(
    ({ settings }) => settings.get('lxc.net.N.script.up') ?? [],
  );
  return [...hooks, ...scripts]
    .filter(({ value }) => /^(?:\/usr)?\/bin\/false(?:[ \t]|$)/u.test(value))
    .map((entry) =>
      found(
        hookFails,
        valueSpan(entry),
        entry.line,
        l10n.t('This program always fails, and where it does the container does not start.'),
      ),
    );
};

const checkNames = (reading: Reading): readonly Finding[] => {
  const profile = reading.entriesOf('lxc.seccomp.profile').at(-1);
  const none =
    profile?.value === 'none'
      ? [
          found(
            policyRefused,
            valueSpan(profile),
            profile.line,
            l10n.t(
              'LXC looks for a file of this name and does not start the container; an empty value means no profile.',
            ),
          ),
        ]
      : [];
  const name = reading.entriesOf('lxc.uts.name').at(-1)?.value;
  const own = [...reading.inFamily('lxc.namespace.share.').values()].flatMap((entries) =>
    entries.slice(-1).filter(({ value }) => value === name),
  );
  return [
    ...none,
    ...own.map((entry) =>
      found(
        shareNotRunning,
        valueSpan(entry),
        entry.line,
        l10n.t('A container that waits for a namespace of its own never starts, and lxc-start never comes back.'),
      ),
    ),
  ];
};

/** What LXC takes and then does not start with, or does something else with, apart from network devices. */
export const checkStart = (reading: Reading, release: LxcRelease, isOnV2: boolean): readonly Finding[] => {
  const hook = reading.inFamily('lxc.hook').get('lxc.hook.start')?.[0];
  const directory = reading.entriesOf('lxc.tty.dir').at(-1);
  return [
    ...checkMounts(reading, release),
    ...checkDeviceRules(reading),
    ...checkNamespaces(reading),
    ...checkKernel(reading, isOnV2),
    ...checkHooks(reading),
    ...checkNames(reading),
    ...checkInit(reading, release),
    ...(hook !== undefined && /[ \t]/u.test(hook.value)
      ? [
          found(
            startHookArguments,
            valueSpan(hook),
            hook.line,
            l10n.t('LXC looks for all of this as a path in the container, so a start hook takes no arguments.'),
          ),
        ]
      : []),
    ...(directory !== undefined && /^\/|(?:^|\/)\.\.(?:\/|$)|[^/]\/+[^/]/u.test(directory.value)
      ? [
          found(
            ttyDirectory,
            valueSpan(directory),
            directory.line,
            l10n.t('This is one directory below /dev, and nothing deeper or elsewhere; the container does not start.'),
          ),
        ]
      : []),
  ];
};
