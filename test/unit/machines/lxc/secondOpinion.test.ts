import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import type { Command, Run } from '../../../../src/machines/command.ts';
import type { LxcQuestion } from '../../../../src/machines/configFile.ts';
import { MachineError } from '../../../../src/machines/errors.ts';
import { askLxc } from '../../../../src/machines/lxc/judge/askLxc.ts';
import { readByLxc, withoutReach } from '../../../../src/machines/lxc/judge/readByLxc.ts';

/** What lxc-info is given, and where. */
interface Given {
  readonly lines: readonly string[];
  readonly path: string;
}

/** What it prints: nothing of a text that it takes. */
type Lxc = (given: Given) => string;

const given: Given[] = [];

/** lxc-info that reads the file as a test says. */
const running =
  (lxc: Lxc): Run =>
  <Result>({ args, parse }: Command<Result>) => {
    const path = args.find((arg) => arg.startsWith('--rcfile='))?.slice('--rcfile='.length) ?? '';
    const one = { lines: readFileSync(path, 'utf8').split('\n').slice(0, -1), path };
    given.push(one);
    return Promise.resolve(parse({ exitCode: 0, stdout: lxc(one), stderr: '' }));
  };

const taken = 'end 0\n';

const refusal = ({ path }: Given, line: string, reason?: string): string =>
  [
    ...(reason === undefined ? [] : [`lxc-info: judged: ../src/lxc/confile.c: set_config_x: 12 ${reason}`]),
    `lxc-info: judged: ../src/lxc/parse.c: lxc_file_for_each_line_mmap: 129 Failed to parse config file "${path}" at line "${line}"`,
    'Failed to load rcfile',
    'end 1\n',
  ].join('\n');

/** Refuses the first line with a word. */
const refusing =
  (word: RegExp, reason?: string): Lxc =>
  (one) => {
    const line = one.lines.find((each) => word.test(each));
    return line === undefined ? taken : refusal(one, line, reason);
  };

const ask = (lxc: Lxc, text: string, more: Partial<LxcQuestion> = {}): ReturnType<typeof askLxc> => {
  given.length = 0;
  return askLxc(running(lxc), { text, tool: process.execPath, isPart: false, ...more });
};

test('root hands its rights away, and all runs in a directory of its own', () => {
  const read = { directory: '/tmp/x', path: '/tmp/x.conf', tool: 'lxc-info', isRoot: true };
  const { file, args } = readByLxc(read);
  const call = args.slice(2);
  assert.equal(file, 'sh');
  assert.deepEqual(call.slice(0, 7), [
    ...['sh', '/tmp/x', 'setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'],
  ]);
  const others = readByLxc({ ...read, isRoot: false }).args.slice(2);
  assert.deepEqual(others.slice(2), call.slice(7));
  assert.deepEqual(others.slice(0, 6), [
    ...['sh', '/tmp/x', 'env', 'HOME=/tmp/x', 'XDG_RUNTIME_DIR=/tmp/x', 'lxc-info'],
  ]);
  assert.ok(others.includes('--rcfile=/tmp/x.conf'));
});

test('what reaches out of the text is given without its value', () => {
  for (const [line, shown] of [
    ['lxc.log.file = /etc/cron.d/x', 'lxc.log.file ='],
    ['\t lxc.log.file=/a=b', '\t lxc.log.file='],
    ['lxc.log.level = FATAL', 'lxc.log.level ='],
    ['lxc.log.syslog = daemon', 'lxc.log.syslog ='],
    ['lxc.logfile = /x', 'lxc.logfile ='],
    ['lxc.include = /fifo', 'lxc.include ='],
    ['lxc.include\v= /fifo', 'lxc.include\v='],
    ['lxc.rootfs.options = ro,idmap=/fifo', 'lxc.rootfs.options ='],
    ['lxc.rootfs.options = idmap=container,idmap=/fifo', 'lxc.rootfs.options ='],
    ['lxc.rootfs.options = idmap=containers', 'lxc.rootfs.options ='],
  ] as const)
    assert.equal(withoutReach(line), shown);
  for (const line of [
    'lxc.rootfs.options = idmap=container,ro',
    'lxc.rootfs.path = /idmap=x',
    '# lxc.include = x',
    'lxc.include',
    'lxc.console.logfile = /x',
    'lxc.mount.entry = /a a none bind,idmap=/x 0 0',
  ])
    assert.equal(withoutReach(line), line);
});

test('all lines that are refused are found, each where it stands, also where several are the same', async () => {
  const text = 'lxc.a = 1\r\nlxc.bad = 1\rlxc.bad = 1\n# lxc.bad = 1\n\nlxc.bad = 2';
  assert.deepEqual(await ask(refusing(/^\s*lxc\.bad/u, 'Unsupported config key "lxc.bad"'), text), {
    refused: [2, 3, 6].map((line) => ({ line, reason: 'Unsupported config key "lxc.bad"' })),
    leftOut: 0,
    end: 'read',
  });
  assert.equal(given.length, 4);
  // It only has the line in other words where these are about the line.
  assert.deepEqual((await ask(refusing(/bad/u), 'lxc.bad = 1')).refused, [{ line: 1 }]);
  assert.deepEqual((await ask(() => taken, '')).refused, []);
});

test('the text is given with marks alone in front, without what reaches out, and is gone afterwards', async () => {
  const opinion = await ask(({ path }) => {
    assert.equal(statSync(dirname(path)).mode & 0o777, 0o711);
    return taken;
  }, ' lxc.log.file = /x\nlxc.include = /y\nlxc.include =\nlxc.tty.max = 1');
  assert.deepEqual(opinion, { refused: [], leftOut: 2, end: 'read' });
  const [{ lines, path } = { lines: [], path: '' }] = given;
  assert.deepEqual(
    lines.map((line) => line.replace(/^[ \t]{24}/u, '')),
    [' lxc.log.file =', 'lxc.include =', 'lxc.include =', 'lxc.tty.max = 1'],
  );
  assert.equal(existsSync(dirname(path)), false);
});

test('a text cannot have another line blamed', async () => {
  const forged = 'Failed to parse config file "/tmp/nspawn-x/y.conf" at line "                        lxc.a"';
  const text = `lxc.a = 1\nlxc.bad = ${forged}`;
  const said: Lxc = (one) => {
    const line = one.lines.find((each) => each.includes('lxc.bad'));
    return line === undefined ? taken : refusal(one, line, forged);
  };
  assert.deepEqual((await ask(said, text)).refused, [{ line: 2, reason: forged }]);
});

test('crashes, hangs and hundreds of lines are answers', async () => {
  const bad = refusing(/lxc\.bad/u);
  const then =
    (last: () => string): Lxc =>
    (one) =>
      one.lines.some((line) => line.includes('lxc.bad')) ? bad(one) : last();
  const text = 'lxc.a = 1\nlxc.bad = 1';
  const crashed = await ask(
    then(() => 'end 139\n'),
    text,
  );
  assert.deepEqual(crashed, { refused: [{ line: 2 }], leftOut: 0, end: 'crashed' });
  const late = await ask(
    then(() => {
      throw new MachineError({ kind: 'timedOut', file: 'sh', afterMs: 1 });
    }),
    text,
  ).catch((error: unknown) => error);
  assert.deepEqual(late, { refused: [{ line: 2 }], leftOut: 0, end: 'late' });
  const many = await ask(bad, 'lxc.bad = 1\n'.repeat(300));
  assert.deepEqual([many.refused.length, many.end, given.length], [100, 'tooMany', 100]);
});

test('what is no answer about the text is none', async () => {
  const failed: Lxc = () => 'Failed to create lock for judged\nend 1\n';
  const silent: Lxc = () => '';
  const elsewhere: Lxc = (one) => refusal({ ...one, path: '/etc/lxc/lxc.conf' }, one.lines[0] ?? '');
  const beyond: Lxc = (one) => refusal(one, '\t'.repeat(24));
  for (const lxc of [failed, silent, elsewhere, beyond])
    await assert.rejects(ask(lxc, 'lxc.a = 1'), (error) => {
      assert.ok(error instanceof MachineError);
      assert.equal(error.failure.kind, 'unexpectedOutput');
      return true;
    });
  await assert.rejects(ask(silent, '', { tool: '/nowhere/lxc-info' }), /toolMissing/u);
});

test('a line that another file could have taken is told apart from one that is always refused', async () => {
  // As LXC: a device has to be there, and what is kept excludes what is dropped.
  const lxc: Lxc = (one) => {
    const devices = new Set<string>();
    let kept = false;
    for (const line of one.lines) {
      const [, index = '', key] = /lxc\.net\.(\d)\.(\w+)/u.exec(line) ?? [];
      if (key === 'type') devices.add(index);
      const isRefused =
        (key === 'veth' && !devices.has(index)) || key === 'nope' || (kept && line.includes('cap.drop'));
      if (isRefused) return refusal(one, line);
      kept ||= line.includes('cap.keep');
    }
    return taken;
  };
  const text = 'lxc.net.0.veth.pair = x\nlxc.net.0.nope = 1\nlxc.cap.keep = a\nlxc.cap.drop = b';
  const certain = [{ line: 1 }, { line: 2 }, { line: 4 }];
  assert.deepEqual((await ask(lxc, text)).refused, certain);
  // What is dropped and kept in one file stays so in any other.
  const perhaps = [{ line: 1, isPerhaps: true }, { line: 2 }, { line: 4 }];
  assert.deepEqual((await ask(lxc, text, { isPart: true })).refused, perhaps);
  const behind = [{ line: 2, isPerhaps: true }, { line: 3 }, { line: 5, isPerhaps: true }];
  assert.deepEqual((await ask(lxc, `lxc.include = /x\n${text}`)).refused, behind);
});
