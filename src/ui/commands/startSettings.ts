import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { offered, operationOn } from '../../machines/backend.ts';
import {
  isDelay,
  isGroupName,
  isOrder,
  type LogLevel,
  logLevels,
  type StartSettings,
} from '../../machines/startSettings.ts';
import { showDone, showInformation } from '../notifications.ts';
import { plainText } from '../plainText.ts';
import { reachForTerminal } from '../privileges.ts';
import { askLine, pickOne } from '../questions.ts';
import { shownApart } from '../tree/kinds.ts';
import { answered } from './answers.ts';
import type { CommandServices, Handler } from './handler.ts';
import { operate } from './operate.ts';
import { pickName } from './pickNames.ts';
import { cancellable, runAsRoot } from './runAsRoot.ts';

const { l10n } = vscode;

/** As its configuration has them now. @throws MachineError cancelled */
const settingsNow = async (services: CommandServices, name: string, title: string): Promise<StartSettings> => {
  const { ref, offer: settings } = offered(services.backends, name, ({ startSettings }) => startSettings);
  const readAsRoot = async (): Promise<StartSettings> => {
    const reach = await reachForTerminal(services, title, []);
    const command = await settings.readByTool(ref);
    return cancellable(title, (signal) => runAsRoot(services, { title, reach, signal }, command));
  };
  return (await settings.read(ref)) ?? (await readAsRoot());
};

const groupsIn = (text: string): readonly string[] => text.split(/[\s,]+/u).filter((word) => word !== '');

export const setBootPlace: Handler = async (services, args) => {
  const wanted = { fits: 'managedImage', ability: 'bootplace' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Set Order, Delay and Groups at Boot'));
  const shown = shownApart(services, name, 80);
  const title = l10n.t('Start of {0} at boot', shown);
  const present = await settingsNow(services, name, title);
  const ask = async (step: number, prompt: string, value: string, check: (text: string) => string | undefined) =>
    answered(
      await askLine({
        title: `${title} (${step}/3)`,
        prompt,
        value,
        ignoreFocusOut: true,
        validateInput: (text) => check(text.trim()),
      }),
    ).trim();
  const order = await ask(
    1,
    l10n.t('Order: smaller numbers start first and are shut down last.'),
    String(present.order),
    (text) => (isOrder(text) ? undefined : l10n.t('A whole number of at most six digits, such as 10 or -5.')),
  );
  const delay = await ask(
    2,
    l10n.t('Delay: how many seconds to wait after its start before the next one starts.'),
    String(present.delay),
    (text) => (isDelay(text) ? undefined : l10n.t('Seconds, as a whole number of at most five digits.')),
  );
  const groups = await ask(
    3,
    l10n.t(
      'Groups, with blanks between them. The boot of most systems starts the group onboot and what is in no group.',
    ),
    present.groups.map((group) => plainText(group, 80)).join(' '),
    (text) =>
      groupsIn(text).every(isGroupName)
        ? undefined
        : l10n.t('A group may hold letters, digits, dots, dashes, plus signs and underscores.'),
  );
  const place = { order: Number(order), delay: Number(delay), groups: groupsIn(groups) };
  // What was left as it was shown is not written: a file that is included may say otherwise.
  const changed = {
    ...(place.order === present.order ? {} : { order: place.order }),
    ...(place.delay === present.delay ? {} : { delay: place.delay }),
    ...(isDeepStrictEqual(place.groups, present.groups) ? {} : { groups: place.groups }),
  };
  if (Object.keys(changed).length === 0) {
    showDone(l10n.t('Order, delay and groups of {0} stay as they are', shown));
    return;
  }
  const done = await operate(services, {
    title: l10n.t('Setting the start of {0} at boot', shown),
    what: l10n.t('configuring…'),
    names: [name],
    operation: (one) => operationOn(services, one, (operations) => operations.setBootPlace, changed),
  });
  if (done.length === 0) return;
  if (present.atBoot === false)
    void showInformation(
      l10n.t('Order, delay and groups of {0} are set. It does not start at boot: choose Enable at Boot.', shown),
    );
  else if (place.groups.length > 0 && !place.groups.includes('onboot'))
    void showInformation(
      l10n.t(
        'Order, delay and groups of {0} are set. It is not in the group onboot: where BOOTGROUPS in /etc/default/lxc names none of its groups, it does not start at boot.',
        shown,
      ),
    );
  else showDone(l10n.t('Order, delay and groups of {0} at boot are set', shown));
};

const describeLevel = (level: LogLevel): string => {
  switch (level) {
    case 'TRACE':
      return l10n.t('everything, step by step');
    case 'DEBUG':
      return l10n.t('what helps to find a mistake');
    case 'INFO':
      return l10n.t('each step in short; the usual level of starts from the view');
    case 'NOTICE':
      return l10n.t('what is normal, but worth a word');
    case 'WARN':
      return l10n.t('what may become a problem');
    case 'ERROR':
      return l10n.t('only what failed');
    case 'CRIT':
    case 'ALERT':
    case 'FATAL':
      return l10n.t('nearly nothing, also not why a start failed');
  }
};

export const setLogLevel: Handler = async (services, args) => {
  const wanted = { fits: 'managedImage', ability: 'loglevel' } as const;
  const name = await pickName(services, args, wanted, l10n.t('Set Log Level'));
  const shown = shownApart(services, name, 80);
  const title = l10n.t('Log level of {0}', shown);
  const { logLevel } = await settingsNow(services, name, title);
  const items = logLevels.map((level) => ({
    level,
    label: level,
    description: describeLevel(level),
    ...(level === logLevel?.toUpperCase() ? { detail: l10n.t('as set') } : {}),
  }));
  const { level } = answered(
    await pickOne(items, { title, placeHolder: l10n.t('How much its log says, from its next start on') }),
  );
  const done = await operate(services, {
    title: l10n.t('Setting the log level of {0}', shown),
    what: l10n.t('configuring…'),
    names: [name],
    operation: (one) => operationOn(services, one, (operations) => operations.setLogLevel, level),
  });
  if (done.length > 0) showDone(l10n.t('{0} logs {1} from its next start on', shown, level));
};
