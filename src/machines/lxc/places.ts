import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hierarchy } from '../cgroups/controlGroup.ts';
import { readHierarchies } from '../cgroups/hierarchies.ts';
import { writeRef } from '../reference.ts';

/** Where the kernel and LXC keep what is asked; other places only in tests. */
export interface LxcPlaces {
  readonly proc: string;
  readonly hierarchies: () => readonly Hierarchy[];
  /** `lxc.conf` of the system. */
  readonly configuration: string;
  /** Where root's LXC writes its logs, if the containers lie in its usual place. */
  readonly logs: string;
  /** Where its tools may be installed. */
  readonly programs: readonly string[];
}

export const lxcPlaces: LxcPlaces = {
  proc: '/proc',
  hierarchies: readHierarchies,
  configuration: '/etc/lxc/lxc.conf',
  logs: '/var/log/lxc',
  programs: ['/usr/bin', '/usr/local/bin', '/bin'],
};

/** A container, by the directory in which LXC looks for it and its name there. */
export interface ContainerRef {
  readonly lxcpath: string;
  readonly name: string;
}

/** Its reference, which failures speak of it by: a machine of systemd-nspawn may have its name. */
export const idOf = ({ lxcpath, name }: ContainerRef): string => writeRef({ backend: 'lxc', scope: lxcpath, name });

const usualPath = '/var/lib/lxc';

/** Whether LXC is installed, asked of the file system: without it nothing is watched and nothing is run. */
export const isInstalled = ({ programs }: Pick<LxcPlaces, 'programs'>): boolean =>
  programs.some((directory) => {
    try {
      accessSync(join(directory, 'lxc-start'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** The directory of the system's containers: the first `lxc.lxcpath` of lxc.conf, as `lxc_global_config_value()` reads it. */
export const systemPath = ({ configuration }: Pick<LxcPlaces, 'configuration'>): string => {
  try {
    const text = readFileSync(configuration, 'utf8');
    const written = /^[ \t]*lxc\.lxcpath[ \t]*=[ \t]*(.*?)[ \t]*$/mu.exec(text)?.[1] ?? '';
    const path = written.length > 1 ? written.replace(/\/+$/u, '') : written;
    return path.startsWith('/') ? path : usualPath;
  } catch {
    return usualPath;
  }
};

export const configFileOf = ({ lxcpath, name }: ContainerRef): string => join(lxcpath, name, 'config');

/**
 * The log that a start of the container writes, where its configuration names none: in the usual place root's LXC has a directory for
 * logs, elsewhere they lie beside the configuration.
 */
export const usualLog = ({ logs }: Pick<LxcPlaces, 'logs'>, { lxcpath, name }: ContainerRef): string =>
  lxcpath === usualPath ? join(logs, `${name}.log`) : join(lxcpath, name, `${name}.log`);
