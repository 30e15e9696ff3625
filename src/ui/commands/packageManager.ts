/** What can be installed on a click, and by which packages of the tools that the host may have. */
const packages = {
  'systemd-container': {
    'apt-get': ['systemd-container'],
    dnf: ['systemd-container'],
    zypper: ['systemd-container'],
  },
  lxc: { 'apt-get': ['lxc'], dnf: ['lxc', 'lxc-templates'], zypper: ['lxc'] },
  'control group tools': { 'apt-get': ['cgroup-tools'], dnf: ['libcgroup-tools'], zypper: ['libcgroup-tools'] },
} as const;

export type Installable = keyof typeof packages;

const tools = ['apt-get', 'dnf', 'zypper'] as const;

export const packageTools: readonly string[] = tools;

export interface Installer {
  readonly file: string;
  readonly args: readonly string[];
}

/** Undefined where no package is known: on Arch, say, the tools of systemd-container are part of systemd itself. */
export const installerFor = (what: Installable, installed: ReadonlySet<string>): Installer | undefined => {
  const found = tools.find((tool) => installed.has(tool));
  return found === undefined ? undefined : { file: found, args: ['install', ...packages[what][found]] };
};
