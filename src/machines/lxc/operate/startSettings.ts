import type { Command } from '../../command.ts';
import { codeOf } from '../../errors.ts';
import { plainFiles } from '../../host/files.ts';
import { endOfFile } from '../../host/hostCommands.ts';
import type { Operation } from '../../operation.ts';
import type { BootPlace, LogLevel, StartSettings } from '../../startSettings.ts';
import { setAutostart, type SettingKey, writeSettings } from '../commands/containerCommands.ts';
import { configFileOf, type ContainerRef } from '../places.ts';
import { type ContainerConfig, configOf, readConfig, readSettings, settingsIn } from '../readConfig.ts';
import { containerOperation, expectState, filesFor, type LxcHost, missing } from './containerOperation.ts';

const startSettingsOf = ({ autostart, order, delay, groups, logLevel }: ContainerConfig): StartSettings => ({
  ...{ atBoot: autostart, order, delay, groups, logLevel },
});

/** Undefined where this user may not look. @throws an error of the file system */
const unlessClosed = async <Answer>(answer: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
    return undefined;
  }
};

export const readStartSettings = async (ref: ContainerRef, files = plainFiles): Promise<StartSettings | undefined> => {
  const config = await unlessClosed(readConfig(configFileOf(ref), files));
  return config === undefined ? undefined : startSettingsOf(config);
};

/** The same for whoever may look, without what is included. */
export const readStartSettingsByTool = (ref: ContainerRef): Command<StartSettings> => {
  const whole = endOfFile(configFileOf(ref));
  return {
    ...whole,
    parse: (output) => {
      const settings = settingsIn(whole.parse(output));
      const isWhole = settings.every(([key]) => key !== 'lxc.include');
      const found = startSettingsOf(configOf(settings));
      return isWhole || settings.some(([key]) => key === 'lxc.start.auto') ? found : { ...found, atBoot: undefined };
    },
  };
};

/** Writes into its configuration, and looks whether that then says so. @throws MachineError invalidName, noSuchImage */
const configure = (
  host: LxcHost,
  ref: ContainerRef,
  command: Command<void>,
  expected: string,
  found: (config: ContainerConfig) => string,
): Operation =>
  containerOperation(ref, {
    command,
    obstacles: [missing(ref)],
    settle: async () => {
      const config = await unlessClosed(readConfig(configFileOf(ref), filesFor(host, ref)));
      if (config !== undefined) expectState(ref, expected, found(config));
    },
  });

/** Has the container started at boot, or no longer. @throws MachineError invalidName, noSuchImage */
export const setContainerAutostart = (host: LxcHost, ref: ContainerRef, on: boolean): Operation =>
  configure(host, ref, setAutostart(configFileOf(ref), on), on ? 'enabled' : 'disabled', ({ autostart }) =>
    autostart ? 'enabled' : 'disabled',
  );

/** Whether what it includes is seen to put it into groups: lines add up, unless an empty one takes back those before. */
const inheritsGroups = async (host: LxcHost, ref: ContainerRef): Promise<boolean> => {
  const path = configFileOf(ref);
  const files = filesFor(host, ref);
  const count = (all: readonly (readonly [string, string])[]): number =>
    all.filter(([key]) => key === 'lxc.group').length;
  const all = await unlessClosed(Promise.all([readSettings(path, files), files.read(path)]));
  return all !== undefined && count(all[0]) > count(settingsIn(all[1]));
};

/** Only what is given changes: the rest may stand in a file that nobody has read. @throws MachineError invalidName, noSuchImage */
export const setBootPlace = async (host: LxcHost, ref: ContainerRef, place: Partial<BootPlace>): Promise<Operation> => {
  const { order, delay, groups } = place;
  const keys: SettingKey[] = [];
  const settings: (readonly [SettingKey, string])[] = [];
  if (order !== undefined) {
    keys.push('lxc.start.order');
    settings.push(['lxc.start.order', String(order)]);
  }
  if (delay !== undefined) {
    keys.push('lxc.start.delay');
    settings.push(['lxc.start.delay', String(delay)]);
  }
  if (groups !== undefined) {
    keys.push('lxc.group');
    // The reason why it cannot be read is told by the operation.
    if (await inheritsGroups(host, ref).catch(() => false)) settings.push(['lxc.group', '']);
    if (groups.length > 0) settings.push(['lxc.group', groups.join(' ')]);
  }
  const inWords = (said: Partial<BootPlace>): string =>
    [
      order === undefined ? [] : said.order,
      delay === undefined ? [] : said.delay,
      groups === undefined ? [] : said.groups,
    ]
      .flat()
      .join(' ');
  const command = writeSettings(configFileOf(ref), keys, settings);
  return configure(host, ref, command, inWords(place), inWords);
};

/** What its next start writes into its log. @throws MachineError invalidName, noSuchImage */
export const setLogLevel = (host: LxcHost, ref: ContainerRef, level: LogLevel): Operation => {
  const command = writeSettings(configFileOf(ref), ['lxc.log.level'], [['lxc.log.level', level]]);
  return configure(host, ref, command, level, ({ logLevel }) => logLevel?.toUpperCase() ?? '');
};
