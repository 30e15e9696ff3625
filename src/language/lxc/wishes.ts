import type { HostWish } from '../vocabulary.ts';
import { parametersNamed } from '../cgconfig/parameters.ts';
import type { NamedKey } from './keys.ts';

/** Where LXC's packages keep what configurations include. */
const directory = '/usr/share/lxc/config';

/** Paths that lie in the container, where nothing is looked for. */
const insideContainer: ReadonlySet<string> = new Set(['lxc.init.cwd', 'lxc.hook.start']);

/** The word of a list of words that a place touches, where only the first one can be a path. */
const firstWord = (value: string, at: number): { readonly start: number; readonly end: number } | undefined => {
  const { length } = /^[^ \t]*/u.exec(value)?.[0] ?? '';
  return at <= length ? { start: 0, end: length } : undefined;
};

const deviceWish = (parameter: string, value: string, at: number): readonly HostWish[] => {
  const type = parametersNamed(parameter).find(({ version }) => version === 2)?.value;
  if (type === undefined) return [];
  const span = firstWord(value, at);
  const isOfDevice = type.kind === 'deviceValue' || (type.kind === 'deviceKeys' && type.of === 'block');
  if (isOfDevice && span !== undefined) return [{ object: 'blockDevice', ...span }];
  return type.kind === 'numberList' && type.of === 'cpus' ? [{ object: 'cpu', start: at, end: at }] : [];
};

/** What of the host could stand at a place of a value; `deviceType` is that of the network device that it is about. */
export const wishesOf = (
  { key: { name, value: type }, rest }: NamedKey,
  value: string,
  at: number,
  deviceType: string | undefined,
): readonly HostWish[] => {
  const whole = { start: 0, end: value.length };
  if (insideContainer.has(name)) return [];
  if (name === 'lxc.rootfs.path') {
    const start = value.slice(0, at).lastIndexOf(':') + 1;
    return [{ object: 'path', start, end: value.length }];
  }
  switch (type.kind) {
    case 'include':
      return [
        { object: 'file', directory, ending: '.conf', ...whole },
        { object: 'path', ...whole },
      ];
    case 'logFile':
      return [{ object: 'path', ...whole }];
    case 'path': {
      const path: HostWish = { object: name === 'lxc.rootfs.mount' ? 'directory' : 'path', ...whole };
      return name === 'lxc.seccomp.profile'
        ? [{ object: 'file', directory, ending: '.seccomp', ...whole }, path]
        : [path];
    }
    case 'idmap':
      return [{ object: 'subordinateRange', ...whole }];
    case 'mountEntry': {
      const span = firstWord(value, at);
      return span === undefined ? [] : [{ object: 'path', ...span, isOneWord: true }];
    }
    case 'interfaceName':
      if (name !== 'lxc.net.N.link') return [];
      return [{ object: deviceType === 'veth' ? 'bridge' : 'interface', ...whole }];
    case 'text':
      break;
    default:
      return [];
  }
  if (name === 'lxc.apparmor.profile') return [{ object: 'appArmorProfile', ...whole }];
  if (name === 'lxc.cgroup2.') return deviceWish(rest ?? '', value, at);
  if (!name.startsWith('lxc.hook.') && !name.startsWith('lxc.net.N.script.')) return [];
  const span = firstWord(value, at);
  return span === undefined ? [] : [{ object: 'path', ...span, isOneWord: true }];
};
