// Runs the extension's own operations on control groups inside a host. Given a list of requests as JSON, does one after the
// other and prints what came of each.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parameterMeaning } from '../../../src/language/cgconfig/parameterMeaning.ts';
import type { ControlGroup } from '../../../src/machines/cgroups/controlGroup.ts';
import { readOwners, unitInTheWay } from '../../../src/machines/cgroups/groupOwner.ts';
import { readHierarchies } from '../../../src/machines/cgroups/hierarchies.ts';
import { readGroupParameterValue } from '../../../src/machines/cgroups/parameters/readGroupParameters.ts';
import { setGroupParameter, setProperties } from '../../../src/machines/cgroups/parameters/setGroupParameter.ts';
import { applyFile, applyPlan } from '../../../src/machines/cgroups/operate/applyFile.ts';
import { createGroup } from '../../../src/machines/cgroups/operate/createGroup.ts';
import { deleteGroup } from '../../../src/machines/cgroups/operate/deleteGroup.ts';
import { freezeGroup } from '../../../src/machines/cgroups/operate/freezeGroup.ts';
import { contentsOf } from '../../../src/machines/cgroups/operate/groupFiles.ts';
import { textOfGroups } from '../../../src/machines/cgroups/operate/groupText.ts';
import { groupTextWords } from '../../../src/ui/cgroups/groupWords.ts';
import { l10n } from '../../unit/ui/l10n.ts';
import { kernelReason, limitCounts } from '../../../src/machines/cgroups/operate/kernelReason.ts';
import { killGroup } from '../../../src/machines/cgroups/operate/killGroup.ts';
import { killProcess } from '../../../src/machines/cgroups/operate/killProcess.ts';
import { hasLibcgroup } from '../../../src/machines/cgroups/operate/libcgroupTools.ts';
import { moveProcess } from '../../../src/machines/cgroups/operate/moveProcess.ts';
import { planGroups } from '../../../src/machines/cgroups/operate/plannedGroups.ts';
import { runInGroup, runWay, sameGroups } from '../../../src/machines/cgroups/operate/runInGroup.ts';
import { snapshotGroups } from '../../../src/machines/cgroups/operate/snapshotGroup.ts';
import { MachineError } from '../../../src/machines/errors.ts';
import type { Operation } from '../../../src/machines/operation.ts';
import { performOperation } from '../../../src/machines/performOperation.ts';
import { createRun } from '../../../src/machines/host/runWithExeca.ts';
import type { GroupName, GroupRequest, GroupResult } from '../groups/request.ts';

const run = createRun();
const hierarchies = readHierarchies();
const ownerOf = await readOwners();
const systemdVersion = await run({
  file: 'systemctl',
  args: ['--version'],
  parse: ({ stdout }) => Number(/\d+/u.exec(stdout)?.[0]),
});

const groupOf = ({ in: controller, path }: GroupName): ControlGroup => {
  const hierarchy = hierarchies.find(({ version, controllers }) =>
    controller === 'v2' ? version === 2 : version === 1 && controllers.includes(controller),
  );
  if (hierarchy === undefined) throw new Error(`no hierarchy of ${controller}`);
  return { hierarchy, path };
};

/**
 * What somebody does who types a password: it is planned, then something happens, and then the command runs that has the privileges.
 */
const makeLate = async (
  { name, command, polkitActions, explain, settle }: Operation,
  meanwhile: string,
): Promise<GroupResult> => {
  await run({ file: 'sh', args: ['-c', meanwhile], parse: () => undefined });
  await performOperation(run, { name, command, polkitActions, explain, settle }, AbortSignal.timeout(120_000));
  return {};
};

const planLate = ({ what, group, pid }: Extract<GroupRequest, { do: 'late' }>): Promise<Operation> => {
  switch (what) {
    case 'move':
      return moveProcess({ pid }, groupOf(group));
    case 'signal':
      return killProcess({ pid }, 'SIGKILL');
    case 'delete':
      return deleteGroup(groupOf(group));
    case 'create':
      return createGroup([groupOf({ ...group, path: `${group.path}/new` })], []);
    case 'kill':
      return killGroup(groupOf(group), ownerOf);
    case 'freeze':
      return freezeGroup(groupOf(group), true, hierarchies, ownerOf);
    case 'set':
      return setGroupParameter(groupOf(group), 'cgroup.procs', String(pid));
  }
};

const make = async (operation: Operation): Promise<GroupResult> => {
  await performOperation(run, operation, AbortSignal.timeout(120_000));
  return { by: operation.directly === undefined ? operation.command.file : 'kernel' };
};

const runLine = async (group: ControlGroup, line: string): Promise<GroupResult> => {
  const way = await runWay(group, hierarchies, ownerOf);
  const groups = await sameGroups(group, hierarchies);
  const before = await limitCounts(groups);
  const { file, args } = runInGroup(way, { title: 'test', groupGone: '%s is gone' }, line);
  const exitCode = await run({ file, args, parse: () => 0 }).catch((error: unknown) =>
    error instanceof MachineError && error.failure.kind === 'toolFailed'
      ? (error.failure.exitCode ?? (error.failure.signal === 'SIGKILL' ? 137 : -1))
      : -1,
  );
  return { exitCode, way: way.kind, reason: await kernelReason(run, groups, before) };
};

const apply = async ({ groups, text }: Extract<GroupRequest, { do: 'apply' }>): Promise<GroupResult> => {
  const contents = { groups, namespaces: [] };
  if (await hasLibcgroup('cgconfigparser')) {
    const path = join(await mkdtemp(join(tmpdir(), 'groups-')), 'cgconfig.conf');
    await writeFile(path, text);
    return make(applyFile(path, contents));
  }
  for await (const change of applyPlan(await planGroups(contents, hierarchies))) await make(change);
  return { by: 'kernel' };
};

const answer = async (request: GroupRequest): Promise<GroupResult> => {
  switch (request.do) {
    case 'create':
      return make(await createGroup(request.groups.map(groupOf), request.wanted));
    case 'delete':
      return make(await deleteGroup(groupOf(request.group)));
    case 'freeze':
    case 'thaw':
      return make(await freezeGroup(groupOf(request.group), request.do === 'freeze', hierarchies, ownerOf));
    case 'kill':
      return make(await killGroup(groupOf(request.group), ownerOf));
    case 'contents': {
      const { groups, pids } = await contentsOf(groupOf(request.group));
      return { pids, paths: groups.map(({ path }) => path) };
    }
    case 'snapshot': {
      const groups = await sameGroups(groupOf(request.group), hierarchies);
      return {
        text: textOfGroups(await snapshotGroups(groups, () => Promise.resolve(new Map())), groupTextWords(l10n)),
      };
    }
    case 'inTheWay': {
      const unit = (await unitInTheWay(run, ownerOf(groupOf(request.group))))?.name;
      return unit === undefined ? {} : { unit };
    }
    case 'set': {
      const group = groupOf(request.group);
      await make(await setGroupParameter(group, request.name, request.value));
      const read = (await readGroupParameterValue(group, request.name)) ?? '';
      const { version } = group.hierarchy;
      const meaning = parameterMeaning(version, { name: request.name, value: request.value, read }, systemdVersion);
      return { read, outcome: meaning.outcome?.kind ?? '' };
    }
    case 'move':
      return make(await moveProcess({ pid: request.pid }, groupOf(request.group)));
    case 'killProcess':
      return make(await killProcess({ pid: request.pid }, 'SIGKILL'));
    case 'late':
      return makeLate(await planLate(request), request.meanwhile);
    case 'run':
      return runLine(groupOf(request.group), request.line);
    case 'property': {
      const { settings = [] } = parameterMeaning(2, { name: request.name, value: request.value }, systemdVersion);
      return make(setProperties({ name: request.unit }, settings, 'untilReboot'));
    }
    case 'plan':
      return { plan: await planGroups({ groups: request.groups, namespaces: [] }, hierarchies) };
    case 'apply':
      return apply(request);
  }
};

const results: GroupResult[] = [];
for (const request of JSON.parse(process.argv[2] ?? '[]') as readonly GroupRequest[]) {
  try {
    results.push(await answer(request));
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    results.push({ failure: error.failure });
  }
}
console.log(JSON.stringify(results));
