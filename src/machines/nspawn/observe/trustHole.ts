import { hasTrustHole, installedReleaseIn, versionOf } from '../../../schema/systemdRelease.ts';
import type { Command, Run } from '../../command.ts';
import { MachineError } from '../../errors.ts';

/** The release of the systemd-nspawn that would run machines; undefined where it says nothing that is one. */
const nspawnRelease: Command<string | undefined> = {
  file: 'systemd-nspawn',
  args: ['--version'],
  parse: ({ stdout }) => installedReleaseIn(stdout),
};

/**
 * The release of this host's systemd-nspawn where it has CVE-2026-40226: a `.nspawn` file beside an image, which should be
 * trusted with nothing, leads out of its machine. Undefined where it has not, and where there is none or it does not say.
 */
export const findTrustHole = async (run: Run): Promise<string | undefined> => {
  try {
    const systemdRelease = await run(nspawnRelease);
    if (systemdRelease === undefined) return undefined;
    return hasTrustHole({ systemdVersion: versionOf(systemdRelease), systemdRelease }) ? systemdRelease : undefined;
  } catch (error) {
    if (error instanceof MachineError) return undefined;
    throw error;
  }
};
