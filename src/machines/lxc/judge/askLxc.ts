import { randomBytes } from 'node:crypto';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run, RunOptions } from '../../command.ts';
import type { LxcOpinion, LxcQuestion, RefusedLine } from '../../configFile.ts';
import { MachineError } from '../../errors.ts';
import { nobody, withFilesForNobody } from '../../host/byNobody.ts';
import { isInclude, linesOf, marked, type ReadByLxc, readByLxc, withoutReach } from './readByLxc.ts';

/** Each refused line is a process more. */
const mostRefused = 100;

/** What LXC asks of lines that stand before this one, where it asks anything: the line alone, behind what another file could say. */
const inBestCase = (line: string): readonly string[] | undefined => {
  const device = /^[ \t]*lxc\.net\.(\d+)\.(\w*)/u.exec(line);
  const type = ['macvlan', 'ipvlan', 'vlan'].find((one) => one === device?.[2]) ?? 'veth';
  if (device !== null) return [`lxc.net.${device[1] ?? ''}.type = ${type}`, line];
  return /^[ \t]*lxc\.(?:cap|namespace)\./u.test(line) ? [line] : undefined;
};

/** Asks about some lines. Undefined where the answer does not come in time. */
type Ask = (lines: readonly string[]) => Promise<ReadByLxc | undefined>;

/** Whether what another file says can have this line taken; `between` those before it, and this one. */
const isTakenElsewhere = async (
  ask: Ask,
  lines: readonly string[],
  index: number,
  isPart: boolean,
): Promise<boolean> => {
  const line = lines[index] ?? '';
  const best = inBestCase(line);
  const isBehind = lines.slice(0, index).some(isInclude);
  if (best === undefined || !(isBehind || (isPart && best.length > 1))) return false;
  return (await ask(best))?.outcome === 'taken';
};

const askAll = async (ask: Ask, text: string, isPart: boolean): Promise<LxcOpinion> => {
  const written = linesOf(text);
  const lines = written.map(withoutReach);
  const leftOut = lines.filter((line, index) => line !== written[index]).length;
  const refused: RefusedLine[] = [];
  while (refused.length < mostRefused) {
    const answer = await ask(lines);
    if (answer === undefined) return { refused, leftOut, end: 'late' };
    const { outcome, index, reason, said } = answer;
    if (outcome === 'taken') return { refused, leftOut, end: 'read' };
    if (outcome === 'crashed') return { refused, leftOut, end: 'crashed' };
    // A line that stands there no more is none that it can name.
    if (index === undefined || lines[index] === undefined || lines[index] === '')
      throw new MachineError({ kind: 'unexpectedOutput', source: 'lxc-info', detail: said.trim() });
    const isPerhaps = await isTakenElsewhere(ask, written, index, isPart);
    refused.push({ line: index + 1, ...(reason === undefined ? {} : { reason }), ...(isPerhaps ? { isPerhaps } : {}) });
    lines[index] = '';
  }
  return { refused, leftOut, end: 'tooMany' };
};

/**
 * Which lines of a configuration the installed LXC refuses. It stops at the first, so it is asked again without that, until it
 * takes the rest. Nothing of the host is read or made for the text, whatever that asks for and whoever asks; see `readByLxc`.
 * @throws MachineError toolMissing, unexpectedOutput where it did not come to read the text, and those of a run
 */
export const askLxc = (run: Run, { text, tool, isPart }: LxcQuestion, options: RunOptions = {}): Promise<LxcOpinion> =>
  withFilesForNobody(tool, async (base, isRoot) => {
    const directory = join(base, randomBytes(8).toString('hex'));
    await mkdir(directory, 0o700);
    if (isRoot) await chown(directory, nobody, nobody);
    const path = join(base, `${randomBytes(8).toString('hex')}.conf`);
    const ask: Ask = async (lines) => {
      await writeFile(path, marked(lines), { mode: 0o644 });
      try {
        return await run(readByLxc({ directory, path, tool, isRoot }), options);
      } catch (error) {
        if (error instanceof MachineError && error.failure.kind === 'timedOut') return undefined;
        throw error;
      }
    };
    return askAll(ask, text, isPart);
  });
