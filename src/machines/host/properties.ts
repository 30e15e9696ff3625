import type { CommandOutput } from '../command.ts';

/**
 * Reads `NAME=VALUE` lines as `machinectl show`, `machinectl show-image` and `systemctl show` print them, in their order.
 * A line without a name goes on with the value before it; a name that comes again (`DeviceAllow=`) adds a line to its value.
 */
export const parseProperties = ({ stdout }: CommandOutput): ReadonlyMap<string, string> => {
  const properties = new Map<string, string>();
  const state = { last: '' };
  for (const line of stdout.split('\n')) {
    const [, name, value] = /^([A-Za-z][A-Za-z0-9]*)=(.*)$/su.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      const before = properties.get(name);
      properties.set(name, before === undefined ? value : `${before}\n${value}`);
      state.last = name;
    } else if (line !== '' && state.last !== '') {
      properties.set(state.last, `${properties.get(state.last) ?? ''}\n${line}`);
    }
  }
  return properties;
};
