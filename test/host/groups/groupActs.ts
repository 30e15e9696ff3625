import assert from 'node:assert/strict';
import type { CommandHost } from '../host.ts';
import { installProgram } from './installProgram.ts';
import type { GroupRequest, GroupResult } from './request.ts';

/** Does things in a host by the extension's own code, as root. */
export interface GroupActs {
  /** One after the other, and what came of each. */
  readonly all: (...requests: readonly GroupRequest[]) => Promise<readonly GroupResult[]>;
  /** One that succeeds. */
  readonly one: (request: GroupRequest) => Promise<GroupResult>;
}

/** The same with libcgroup's tools in the PATH, and without. */
export interface BothActs {
  readonly withTools: GroupActs;
  readonly withoutTools: GroupActs;
}

const program = '/run/group-acts.mjs';
const bare = '/run/without-libcgroup';

/** Every tool of the host but libcgroup's. */
const makeBare = `mkdir -p "$1" && ln -sf /usr/bin/* /usr/sbin/* "$1"/ && rm -f "$1"/cg*`;

const actsWith = (host: CommandHost, node: string, path: string): GroupActs => {
  const all = async (...requests: readonly GroupRequest[]): Promise<readonly GroupResult[]> => {
    const { exitCode, stdout, stderr } = await host.run(node, [program, JSON.stringify(requests)], {
      env: { PATH: path },
      timeoutMs: 180_000,
    });
    if (exitCode !== 0) throw new Error(`the program failed: ${stderr}`);
    return JSON.parse(stdout) as readonly GroupResult[];
  };
  return {
    all,
    one: async (request) => {
      const [result] = await all(request);
      assert.ok(result !== undefined);
      assert.equal(result.failure, undefined, JSON.stringify(result.failure));
      return result;
    },
  };
};

/** Puts the program into a host as one file, so that it runs where this repository is not to be seen. */
export const installGroupActs = async (host: CommandHost, node: string): Promise<BothActs> => {
  await installProgram(host, 'test/host/programs/groups.ts', program);
  const linked = await host.run('sh', ['-c', makeBare, 'sh', bare]);
  assert.equal(linked.exitCode, 0, linked.stderr);
  const usual = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return { withTools: actsWith(host, node, usual), withoutTools: actsWith(host, node, bare) };
};
