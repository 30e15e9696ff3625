/** How the package with machinectl and systemd-nspawn is installed, by the tool that the host has. */
const installers = [
  { tool: 'apt-get', args: ['install', 'systemd-container'] },
  { tool: 'dnf', args: ['install', 'systemd-container'] },
  { tool: 'zypper', args: ['install', 'systemd-container'] },
] as const;

export const packageTools: readonly string[] = installers.map(({ tool }) => tool);

export interface Installer {
  readonly file: string;
  readonly args: readonly string[];
}

/** Undefined where no package of that name is known: on Arch, say, the tools are part of systemd itself. */
export const installerFor = (installed: ReadonlySet<string>): Installer | undefined => {
  const found = installers.find(({ tool }) => installed.has(tool));
  return found === undefined ? undefined : { file: found.tool, args: found.args };
};
