import type { SettingsInForce } from '../../protocol/settingsInForce.ts';
import type { Context } from '../context.ts';
import { judgeNspawn } from './check.ts';
import { ownershipEntry } from './crossRules/startUp.ts';
import { parseNspawn } from './parse.ts';

/** What of a `.nspawn` file counts at its place, for those who start a machine with it and know no grammar. */
export const settingsInForce = (text: string, context: Context): SettingsInForce => {
  const { settings, isRefused } = judgeNspawn(parseNspawn(text), text, context);
  return {
    refused: isRefused,
    // An ownership alone decides, too: it turns user namespaces off.
    decidesUsers: !isRefused && (settings.last('PrivateUsers') !== undefined || ownershipEntry(settings) !== undefined),
  };
};
