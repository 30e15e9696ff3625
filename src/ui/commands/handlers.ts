import { cgroupViewCommands } from '../cgroups/cgroupViewCommands.ts';
import { viewCommands } from '../tree/viewCommands.ts';
import { apply, preview } from './cgroups/applyGroups.ts';
import { clear } from './cgroups/clearGroups.ts';
import { create } from './cgroups/createGroup.ts';
import { deleteGroups } from './cgroups/deleteGroup.ts';
import { freeze as freezeGroups, thaw } from './cgroups/freezeGroups.ts';
import { killAll, killProcesses } from './cgroups/killProcesses.ts';
import { groupParameters } from './cgroups/groupParameters.ts';
import { move } from './cgroups/moveProcesses.ts';
import { runInGroups } from './cgroups/runInGroup.ts';
import { snapshot } from './cgroups/snapshot.ts';
import { copyPath } from './cgroups/copyPath.ts';
import { findProcess } from './cgroups/findProcess.ts';
import { revealMachine } from './cgroups/revealMachine.ts';
import { allAtBoot } from './allAtBoot.ts';
import { checkUnprivileged } from './checkUnprivileged.ts';
import { create as createContainer } from './create/create.ts';
import { backUp, bringBack } from './archives.ts';
import { followJournal, login } from './console.ts';
import { convertCommandToFile } from './convertCommandToFile.ts';
import { convertFileToCommand } from './convertFileToCommand.ts';
import { copyAddress, copyLeader, copyName } from './copy.ts';
import { kill, terminate } from './endForcibly.ts';
import { addDevice, removeDevice } from './devices.ts';
import { showEffectiveConfiguration } from './effectiveConfiguration.ts';
import { execute } from './execute.ts';
import { explainRule } from './explainRule.ts';
import { freeze, unfreeze } from './freeze.ts';
import type { Handler } from './handler.ts';
import { openSettings, showLog, showMachinedJournal } from './host.ts';
import { clearReadOnly, clone, remove, rename, setReadOnly } from './images.ts';
import { installCgroupTools, installLxc, installSystemdContainer } from './install.ts';
import { removeLeftOvers } from './leftOvers.ts';
import { disable, enable, powerOff, reboot, start } from './lifecycle.ts';
import { applyMigration } from './migration/applyMigration.ts';
import { migrateCgconfigToV2 } from './migration/migrateCgconfigToV2.ts';
import { migrateCgconfigToSystemd, migrateLxcToNspawn, migrateNspawnToLxc } from './migration/migrateToFiles.ts';
import { writeMigratedUnits } from './migration/writeMigratedUnits.ts';
import { mapAccount } from './mapAccount.ts';
import { moveNspawnFile } from './moveNspawnFile.ts';
import { openNspawnFile } from './openNspawnFile.ts';
import { readDetails } from './readDetails.ts';
import { openUnit, refresh, showProperties, showStatus } from './show.ts';
import { openRootDirectory } from './rootDirectory.ts';
import { bootInTerminal, chrootShell, runEphemeral } from './runImage.ts';
import { openShell, openShellAs, runCommand } from './shell.ts';
import { setParameter } from './setParameter.ts';
import { setBootPlace, setLogLevel } from './startSettings.ts';
import { deleteSnapshot, restoreSnapshot, takeSnapshot } from './snapshots.ts';
import { openConfiguration, openLog } from './texts.ts';
import { waitFor } from './waitFor.ts';
import { validateWithCgconfigparser } from './validateWithCgconfigparser.ts';
import { validateWithLxc } from './validateWithLxc.ts';
import { validateWithSystemd } from './validateWithSystemd.ts';
import type { CommandId } from './commandIds.ts';

export { pickName } from './pickNames.ts';
export { shellTerminal } from './shell.ts';
export { showFailure } from './showFailure.ts';

/** What each command does: the whole list. */
export const handlers: Readonly<Record<CommandId, Handler>> = {
  ...viewCommands,
  ...cgroupViewCommands,
  'nspawn.cgroups.findProcess': findProcess,
  'nspawn.cgroups.revealMachine': revealMachine,
  'nspawn.cgroups.copyPath': copyPath,
  'nspawn.cgroups.create': create,
  'nspawn.cgroups.delete': deleteGroups,
  'nspawn.cgroups.run': runInGroups,
  'nspawn.cgroups.parameters': groupParameters,
  'nspawn.cgroups.move': move,
  'nspawn.cgroups.killProcess': killProcesses,
  'nspawn.cgroups.freeze': freezeGroups,
  'nspawn.cgroups.thaw': thaw,
  'nspawn.cgroups.killAll': killAll,
  'nspawn.cgroups.snapshot': snapshot,
  'nspawn.cgroups.preview': preview,
  'nspawn.cgroups.apply': apply,
  'nspawn.cgroups.clear': clear,
  'nspawn.start': start,
  'nspawn.powerOff': powerOff,
  'nspawn.reboot': reboot,
  'nspawn.terminate': terminate,
  'nspawn.kill': kill,
  'nspawn.freeze': freeze,
  'nspawn.unfreeze': unfreeze,
  'nspawn.enable': enable,
  'nspawn.disable': disable,
  'nspawn.setBootPlace': setBootPlace,
  'nspawn.allAtBoot': allAtBoot,
  'nspawn.setParameter': setParameter,
  'nspawn.addDevice': addDevice,
  'nspawn.removeDevice': removeDevice,
  'nspawn.waitFor': waitFor,
  'nspawn.openShell': openShell,
  'nspawn.openShellAs': openShellAs,
  'nspawn.login': login,
  'nspawn.runCommand': runCommand,
  'nspawn.execute': execute,
  'nspawn.showStatus': showStatus,
  'nspawn.showProperties': showProperties,
  'nspawn.readDetails': readDetails,
  'nspawn.followJournal': followJournal,
  'nspawn.create': createContainer,
  'nspawn.backUp': backUp,
  'nspawn.bringBack': bringBack,
  'nspawn.clone': clone,
  'nspawn.rename': rename,
  'nspawn.remove': remove,
  'nspawn.takeSnapshot': takeSnapshot,
  'nspawn.restoreSnapshot': restoreSnapshot,
  'nspawn.deleteSnapshot': deleteSnapshot,
  'nspawn.setReadOnly': setReadOnly,
  'nspawn.clearReadOnly': clearReadOnly,
  'nspawn.refresh': refresh,
  'nspawn.copyName': copyName,
  'nspawn.copyAddress': copyAddress,
  'nspawn.copyLeader': copyLeader,
  'nspawn.openRootDirectory': openRootDirectory,
  'nspawn.openNspawnFile': openNspawnFile,
  'nspawn.openUnit': openUnit,
  'nspawn.openConfiguration': openConfiguration,
  'nspawn.showEffectiveConfiguration': showEffectiveConfiguration,
  'nspawn.openLog': openLog,
  'nspawn.setLogLevel': setLogLevel,
  'nspawn.runEphemeral': runEphemeral,
  'nspawn.removeLeftOvers': removeLeftOvers,
  'nspawn.checkUnprivileged': checkUnprivileged,
  'nspawn.chrootShell': chrootShell,
  'nspawn.bootInTerminal': bootInTerminal,
  'nspawn.showLog': showLog,
  'nspawn.openSettings': openSettings,
  'nspawn.installSystemdContainer': installSystemdContainer,
  'nspawn.installLxc': installLxc,
  'nspawn.installCgroupTools': installCgroupTools,
  'nspawn.showMachinedJournal': showMachinedJournal,
  'nspawn.explainRule': explainRule,
  'nspawn.moveNspawnFile': moveNspawnFile,
  'nspawn.restartLanguageServer': ({ language }) => language.restart(),
  'nspawn.validateWithSystemd': validateWithSystemd,
  'nspawn.validateWithCgconfigparser': validateWithCgconfigparser,
  'nspawn.validateWithLxc': validateWithLxc,
  'nspawn.mapAccount': mapAccount,
  'nspawn.convertCommandToFile': convertCommandToFile,
  'nspawn.convertFileToCommand': convertFileToCommand,
  'nspawn.migrateCgconfigToV2': migrateCgconfigToV2,
  'nspawn.migrateCgconfigToSystemd': migrateCgconfigToSystemd,
  'nspawn.migrateLxcToNspawn': migrateLxcToNspawn,
  'nspawn.migrateNspawnToLxc': migrateNspawnToLxc,
  'nspawn.applyMigration': applyMigration,
  'nspawn.writeMigratedUnits': writeMigratedUnits,
};
