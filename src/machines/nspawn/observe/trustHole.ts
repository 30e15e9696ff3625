import { hasTrustHole, versionOf } from '../../../schema/systemdRelease.ts';
import type { Run } from '../../command.ts';
import { MachineError } from '../../errors.ts';
import { nspawnRelease } from '../../host/hostCommands.ts';

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
