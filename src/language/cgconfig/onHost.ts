import { cgroupSchema } from '../../schema/cgroupSchema.ts';
import type { CgroupParameter, CgroupVersion } from '../../schema/cgroupTypes.ts';
import type { Context, Host, MountedController } from '../context.ts';
import { versionOnly } from './parameters.ts';

/** The host, where it is known and shows control groups. */
export const knownHost = ({ host }: Context): Host | undefined =>
  host === undefined || host.controllers.length === 0 ? undefined : host;

export const mountedAs = (context: Context, controller: string): MountedController | undefined =>
  context.host?.controllers.find(({ name }) => name === controller);

/** Whether libcgroup itself turns it into one of the other version when a group cannot be made as it is written. */
const isConverted = (name: string, version: CgroupVersion, { libcgroupVersion }: Context): boolean =>
  libcgroupVersion !== '2.0.2' &&
  cgroupSchema.conversions.some(
    ({ from, fromVersion, to, formula, since }) =>
      from === name && fromVersion === version && to !== null && since !== null && formula.kind !== 'none',
  );

/** The version that files of that name belong to, where the controller is mounted as the other one and libcgroup does not help. */
export const foreignVersion = (
  name: string,
  parameters: readonly CgroupParameter[],
  controller: string,
  context: Context,
): CgroupVersion | undefined => {
  const version = versionOnly(parameters);
  const mounted = mountedAs(context, controller);
  if (version === undefined || mounted === undefined || mounted.version === version) return undefined;
  return isConverted(name, version, context) ? undefined : version;
};
