import type { HostUser, Remedy } from '../../unprivilegedSetup.ts';
import type { IdRange } from './idRanges.ts';

/** Constant text for `sh -c`: a file may end without a line break, and none is written through a link that is there already. */
const appendScript = `file=$1
shift
mkdir -p -- "$(dirname -- "$file")" && [ ! -L "$file" ] || exit
if [ -s "$file" ] && [ -n "$(tail -c 1 -- "$file")" ]; then echo >>"$file" || exit; fi
printf '%s\\n' "$@" >>"$file"
`;

/** The same in the place of all maps that are there: lines of maps add up. */
const replaceMapsScript = `file=$1
shift
new=$file.new
[ ! -L "$file" ] || exit
trap 'rm -f -- "$new"' EXIT
cp -p -- "$file" "$new" && { grep -v '^[[:blank:]]*lxc\\.id_\\{0,1\\}map[[:blank:]]*=' "$file" || [ $? = 1 ]; } >"$new" &&
  if [ -s "$new" ] && [ -n "$(tail -c 1 -- "$new")" ]; then echo >>"$new"; fi &&
  printf '%s\\n' "$@" >>"$new" && mv -f -- "$new" "$file"
`;

const settingScript = `printf '%s = %s\\n' "$2" "$3" >"$1" && sysctl --quiet --write "$2=$3"
`;

const byScript = (script: string, ...args: readonly string[]): Remedy['call'] => ({
  file: 'sh',
  args: ['-c', script, 'sh', ...args],
});

export const addRange = (kind: 'uids' | 'gids', { name }: HostUser, { first, count }: IdRange): Remedy => ({
  as: 'root',
  call: { file: 'usermod', args: [`--add-sub${kind}`, `${first}-${first + count - 1}`, name] },
});

/** Packages that have newuidmap, by the tool that installs them. */
const packages = [
  { file: 'apt-get', args: ['install', '--yes', 'uidmap'] },
  { file: 'dnf', args: ['install', '--assumeyes', 'shadow-utils'] },
  { file: 'zypper', args: ['--non-interactive', 'install', 'shadow'] },
] as const;

export const toolsOfRemedies: readonly string[] = [...packages.map(({ file }) => file), 'setfacl', 'getfacl', 'getcap'];

export const installMapper = (installed: ReadonlySet<string>): { readonly remedy?: Remedy } => {
  const call = packages.find(({ file }) => installed.has(file));
  return call === undefined ? {} : { remedy: { as: 'root', call } };
};

export const makeSetuid = (path: string): Remedy => ({ as: 'root', call: { file: 'chmod', args: ['u+s', path] } });

/** Now and at every boot. */
export const setKernel = (key: string, value: string): Remedy => {
  const path = `/etc/sysctl.d/60-${key.replaceAll('.', '-')}.conf`;
  return {
    as: 'root',
    call: byScript(settingScript, path, key, value),
    writes: { path, lines: [`${key} = ${value}`] },
    forAll: true,
  };
};

export const appendLines = (as: Remedy['as'], path: string, lines: readonly string[]): Remedy => ({
  as,
  call: byScript(appendScript, path, ...lines),
  writes: { path, lines },
});

export const replaceMaps = (path: string, lines: readonly string[]): Remedy => ({
  as: 'user',
  call: byScript(replaceMapsScript, path, ...lines),
  writes: { path, lines, replaces: 'lxc.idmap' },
});

export const startBridge: Remedy = {
  as: 'root',
  call: { file: 'systemctl', args: ['enable', '--now', 'lxc-net.service'] },
};

/** An entry for the mapped root alone where the host can write one, else for everybody. */
export const letThrough = (
  as: Remedy['as'],
  directories: readonly string[],
  mappedRoot: number,
  hasAcl: boolean,
): Remedy => ({
  as,
  call: hasAcl
    ? { file: 'setfacl', args: ['--modify', `user:${mappedRoot}:x`, '--', ...directories] }
    : { file: 'chmod', args: ['o+x', '--', ...directories] },
  ...(hasAcl ? {} : { forAll: true }),
});

/** It keeps the user's service manager when the user logs out: the containers would end with it. logind does not wait until that runs. */
export const linger = ({ name, uid }: HostUser): Remedy => ({
  as: 'root',
  call: byScript('loginctl enable-linger -- "$1" && systemctl start "$2"', name, `user@${uid}.service`),
});
