import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { isSerious } from '../../../src/lint/report.ts';
import type { ReportedFinding } from '../../../src/lint/report.ts';
import type { FileType } from '../../../src/language/fileType.ts';
import { fileTypes } from '../../../src/language/fileTypes.ts';
import { applyFixes } from '../../../src/lint/applyFixes.ts';
import { readIncludedNow } from '../../../src/hostFacts/includedFiles.ts';
import { createGroupsBeside } from '../../../src/lint/groupsBeside.ts';
import { migrateText } from '../../../src/lint/migrateText.ts';
import { runLint } from '../../../src/lint/runLint.ts';
import { hostOfNames } from '../language/hostOfNames.ts';
import { hostOfV2 } from '../language/hostOfV2.ts';

const directory = mkdtempSync(join(tmpdir(), 'nspawn-lint-'));
after(() => rmSync(directory, { recursive: true }));

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(directory, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
};

interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

const runWith = (input: string, args: readonly string[], types: readonly FileType[] = fileTypes): Said => {
  const said = { out: '', error: '' };
  const code = runLint(args, {
    out: (text) => void (said.out += text),
    error: (text) => void (said.error += text),
    readInput: () => Buffer.from(input),
    pages: join(import.meta.dirname, '../../../docs/rules'),
    readHost: () => hostOfV2,
    lookAtHost: ({ machine }) => ({ ...hostOfNames, runs: machine === 'running' }),
    readIncluded: (paths, type) => readIncludedNow(paths, type, { patienceMs: 60_000 }),
    types,
    applyFixes,
    createGroupsBeside,
    migrateText,
  });
  return { code, ...said };
};
const run = (...args: readonly string[]): Said => runWith('', args);
const findingsOf = (said: Said): readonly ReportedFinding[] => JSON.parse(said.out) as readonly ReportedFinding[];
const seriousOf = (said: Said): readonly ReportedFinding[] => findingsOf(said).filter(isSerious);

const good = file('good.nspawn', '[Exec]\nBoot=yes\n');
const bad = file('bad.nspawn', '[Exec]\nBoot=perhaps\n');

describe('the command line', () => {
  test('the version is that of the extension', () => {
    assert.deepEqual(run('--version'), { code: 0, out: `nspawn-lint ${manifest.version}\n`, error: '' });
  });

  test('help goes to standard output and names the exit codes', () => {
    const { code, out, error } = run('--help');
    assert.equal(code, 0);
    assert.match(out, /^Usage: nspawn-lint/u);
    assert.match(out, /Exit code: 0 .* 1 .* 2 /u);
    assert.equal(error, '');
  });

  test('what cannot be understood is said on standard error with exit code 2, so that no build takes it for clean', () => {
    const wrong = [
      [],
      ['--fix'],
      ['-x', good],
      ['--format', 'xml', good],
      ['--systemd-version', '238', good],
      ['--systemd-version', '2 5', good],
      ['--libcgroup-version', '1.0', good],
      ['--language', 'ini', good],
      ['--trusted', '--untrusted', good],
      ['--explain', 'no-such-rule'],
    ];
    for (const args of wrong) {
      const { code, out, error } = run(...args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(out, '');
      assert.match(error, /^nspawn-lint: .+\n$/u);
    }
  });

  test('rules are listed, and one is explained', () => {
    const { code, out } = run('--list-rules');
    assert.equal(code, 0);
    assert.match(out, /^invalid-boolean +warning +ignored +nspawn +\S/mu);
    assert.match(run('--explain', 'invalid-boolean').out, /^# invalid-boolean/u);
  });
});

describe('files', () => {
  test('nothing found is nothing said', () => {
    assert.deepEqual(run(good), { code: 0, out: '', error: '' });
    const old = run('--format', 'json', '--systemd-version', '252', good);
    assert.deepEqual(old, { code: 0, out: '[]\n', error: '' });
  });

  test('a hint is for editors and programs, not worth a line, and no reason to fail', () => {
    assert.equal(run(good).out, '');
    const said = run('--format', 'json', good);
    assert.deepEqual(
      findingsOf(said).map(({ severity }) => severity),
      ['hint'],
    );
    assert.equal(said.code, 0);
  });

  test('a finding has a place that counts from 1, a severity, a rule and an effect', () => {
    const said = run('--format=json', bad, good);
    assert.equal(said.code, 1);
    const [finding, ...others] = seriousOf(said);
    assert.deepEqual(others, []);
    assert.deepEqual(
      { ...finding, message: '' },
      {
        file: bad,
        line: 2,
        column: 6,
        endLine: 2,
        endColumn: 13,
        severity: 'warning',
        rule: 'invalid-boolean',
        message: '',
        effect: 'ignored',
      },
    );
  });

  test('text is a line a finding, as compilers print it, and a count', () => {
    const { code, out } = run(bad);
    assert.equal(code, 1);
    assert.match(out, /^\/.+\/bad\.nspawn:2:6: warning: .+ \[invalid-boolean\]\n0 errors, 1 warning\n$/u);
  });

  test('annotations for GitHub and SARIF for code scanning', () => {
    assert.match(
      run('--format', 'github', bad).out,
      /^::warning file=[^,]+,line=2,endLine=2,col=6,endColumn=13,title=/u,
    );
    const log = JSON.parse(run('--format', 'sarif', '--systemd-version', '252', bad).out) as {
      version: string;
      runs: { results: { ruleId: string; locations: { physicalLocation: { region: unknown } }[] }[] }[];
    };
    assert.equal(log.version, '2.1.0');
    const [result] = log.runs[0]?.results ?? [];
    assert.equal(result?.ruleId, 'invalid-boolean');
    assert.deepEqual(result.locations[0]?.physicalLocation.region, {
      startLine: 2,
      startColumn: 6,
      endLine: 2,
      endColumn: 13,
    });
  });

  test('a directory is searched for files with our names; links to directories are not followed', () => {
    file('tree/a.nspawn', '[Exec]\nBoot=a\n');
    file('tree/below/b.nspawn', '[Exec]\nBoot=b\n');
    file('tree/node_modules/c.nspawn', '[Exec]\nBoot=c\n');
    file('tree/other.txt', 'x');
    symlinkSync('..', join(directory, 'tree/below/loop'));
    const said = run('--format', 'json', join(directory, 'tree'));
    assert.deepEqual(
      seriousOf(said).map((finding) => finding.file.slice(directory.length)),
      ['/tree/a.nspawn', '/tree/below/b.nspawn'],
    );
  });

  test('standard input, and the name that it is told under', () => {
    assert.equal(seriousOf(runWith('[Exec]\nBoot=x\n', ['--format=json', '-']))[0]?.file, 'standard input');
    const named = runWith('[Exec]\nBoot=x\n', ['--format=json', '--stdin-filename', 'web.nspawn', '-']);
    assert.equal(seriousOf(named)[0]?.file, 'web.nspawn');
  });

  test('a file that is not there, or whose name does not tell, is said; the others are judged all the same', () => {
    const unknown = file('unknown.conf', 'x');
    const said = run('--format', 'json', join(directory, 'none.nspawn'), unknown, bad);
    assert.equal(said.code, 2);
    assert.equal(seriousOf(said).length, 1);
    assert.match(said.error, /none\.nspawn: There is no such file or directory\.\n.*unknown\.conf: .*--language/u);
    assert.equal(run('--language', 'nspawn', unknown).code, 1);
  });

  test('the version decides, and where the file would lie', () => {
    const newer = file('newer.nspawn', '[Files]\nBindUserShell=yes\nBindUser=me\n');
    const rulesOf = (...args: readonly string[]): readonly string[] =>
      findingsOf(run('--format', 'json', ...args, newer))
        .filter(({ severity }) => severity === 'warning')
        .map(({ rule, effect }) => `${rule} ${effect}`);
    assert.deepEqual(rulesOf('--systemd-version', '257').slice(0, 1), ['directive-too-new ignored']);
    assert.deepEqual(rulesOf('--trusted'), []);
    assert.deepEqual(rulesOf('--untrusted'), ['untrusted-setting untrusted', 'untrusted-setting untrusted']);
  });

  test('the host decides where it is asked for: without, all is mounted and everybody exists', () => {
    const rules = file('cgrules.conf', 'alcie freezer web\n');
    const groups = file('cgconfig.conf', 'group web {\n\tfreezer {\n\t}\n}\n');
    assert.deepEqual(run(rules, groups), { code: 0, out: '', error: '' });
    const told = seriousOf(run('--host', '--format', 'json', rules, groups));
    assert.deepEqual(
      told.map(({ rule, effect }) => `${rule} ${effect}`),
      ['rule-unknown-user ignored', 'controller-not-mounted file-refused'],
    );
  });

  test('bytes that are no UTF-8 refuse the file, and it is never written back', () => {
    const bytes = Buffer.from('[exec]\nHostname=\xff\n', 'latin1');
    const path = file('latin1.nspawn', bytes);
    const said = run('--format', 'json', '--fix', path);
    assert.equal(said.code, 1);
    assert.deepEqual(readFileSync(path), bytes);
  });
});

describe('repairs', () => {
  test('a file is repaired where there is one sure way, and what is left is told', () => {
    const path = file('fix.nspawn', '[exec]\nBoot=yes\nHostname=-\n');
    const said = run('--format', 'json', '--fix', path);
    assert.equal(readFileSync(path, 'utf8'), '[Exec]\nBoot=yes\nHostname=-\n');
    assert.deepEqual(
      seriousOf(said).map(({ rule }) => rule),
      ['invalid-hostname'],
    );
  });

  test('a pipe gets the repaired text, and the findings go to standard error', () => {
    const said = runWith('[exec]\nBoot=maybe\n', ['--fix', '-']);
    assert.equal(said.out, '[Exec]\nBoot=maybe\n');
    assert.match(said.error, /invalid-boolean/u);
    assert.equal(said.code, 1);
  });
});

describe('migration', () => {
  const old = 'group web {\n\tcpu {\n\t\tcpu.shares = 512;\n\t}\n\tmemory {\n\t\tmemory.swappiness = 1;\n\t}\n}\n';

  test('the file for cgroup v2 goes to standard output, and what is lost to standard error', () => {
    const said = runWith(old, ['--language', 'cgconfig', '--stdin-filename', 'old.conf', '--migrate', 'v2', '-']);
    assert.equal(said.code, 0);
    assert.match(said.out, /^group web \{\n\tcpu \{\n\t\tcpu\.weight = 50;\n\t\}\n/u);
    assert.match(said.error, /^old\.conf:6: warning: cgroup v2 has no swappiness of a group/u);
  });

  test('units are for the rules beside the file, too', () => {
    const path = file('migrate/cgconfig.conf', old);
    file('migrate/cgrules.conf', 'root cpu web\n@staff cpu web\n');
    const said = run('--migrate', 'systemd', path);
    assert.equal(said.code, 0);
    assert.match(said.out, /^# \/etc\/systemd\/system\/web\.slice\n\[Unit\]\n(?:.*\n)+CPUWeight=50\n/mu);
    assert.match(said.out, /^# \/etc\/systemd\/system\/user-0\.slice\.d\/50-cgrules\.conf$/mu);
    assert.match(said.error, /^cgrules\.conf:2: warning: /mu);
    const rules = run('--migrate', 'v2', join(directory, 'migrate/cgrules.conf'));
    assert.deepEqual([rules.code, rules.out], [0, 'root cpu web\n@staff cpu web\n']);
  });

  test('a container and a machine become each other, by the names that their paths say', () => {
    const container = file('lib/box/config', 'lxc.rootfs.path = dir:/srv/box\nlxc.sysctl.a = 1\n');
    const said = run('--migrate', 'nspawn', container);
    assert.equal(said.code, 0);
    assert.match(said.out, /^# \/etc\/systemd\/nspawn\/box\.nspawn\n\[Exec\]\n/mu);
    assert.match(said.error, /box\/config:2: warning: lxc\.sysctl\.a: /u);
    const back = run('--migrate', 'lxc', file('box.nspawn', '[Exec]\nHostname=box\n'));
    assert.match(back.out, /^lxc\.uts\.name = box$/mu);
    assert.match(run('--migrate', 'lxc', container).error, /--migrate lxc is for a \.nspawn file\.\n$/u);
  });

  test('what cannot be migrated is said with exit code 2', () => {
    const broken = run('--migrate', 'v2', file('broken/cgconfig.conf', 'group web {\n\tcpu { cpu.shares = 1 }\n}\n'));
    assert.deepEqual([broken.code, broken.out], [2, '']);
    assert.match(broken.error, /cgconfig\.conf: line 2: A “;” is missing/u);
    assert.match(run('--migrate', 'systemd', good).error, /is for a cgconfig\.conf\.\n$/u);
    for (const args of [
      ['--migrate', 'v3', good],
      ['--migrate', 'v2', good, bad],
      ['--migrate', 'v2', '--fix', good],
    ])
      assert.equal(run(...args).code, 2);
  });
});

test('--fix writes through no link out of the directory that is named, and through none of a directory at all', () => {
  const broken = '[Exec]\nPrivateUsersChown=yes\n';
  const outside = file('elsewhere/private.nspawn', broken);
  file('tree/own.nspawn', broken);
  symlinkSync(outside, join(directory, 'tree', 'link.nspawn'));
  symlinkSync('own.nspawn', join(directory, 'tree', 'inside.nspawn'));
  symlinkSync(join(directory, 'elsewhere'), join(directory, 'tree', 'linked'));
  const { error } = run('--fix', join(directory, 'tree'));
  assert.equal(readFileSync(outside, 'utf8'), broken);
  assert.match(error, /link\.nspawn: It is a link that leads out of /u);
  assert.doesNotMatch(error, /(?:own|inside)\.nspawn: a link/u);
  assert.match(readFileSync(join(directory, 'tree', 'own.nspawn'), 'utf8'), /\[Files\]\n/u);
  run('--fix', join(directory, 'tree', 'link.nspawn'));
  assert.match(readFileSync(outside, 'utf8'), /\[Files\]\n/u, 'whoever names it means it');
});

test('a version may be given with its point release', () => {
  const path = file('beside.nspawn', '[Exec]\nEphemeral=yes\n');
  const rules = (version: string): readonly string[] =>
    seriousOf(run('--format', 'json', '--untrusted', '--systemd-version', version, path)).map(({ rule }) => rule);
  assert.deepEqual(rules('257'), ['untrusted-setting']);
  assert.deepEqual(rules('257.9-1~deb13u1'), ['untrusted-setting-counts']);
  assert.deepEqual(rules('257.13-1~deb13u1'), ['untrusted-setting']);
  assert.equal(run('--systemd-version', '257.9 x', path).code, 2);
});

test('what a .nspawn file names of the host is looked for with --host, and not without', () => {
  const text = '[Network]\nInterface=eth7\nMACVLAN=eth0\n';
  const stopped = file('stopped.nspawn', text);
  assert.deepEqual(seriousOf(run('--format', 'json', stopped)), []);
  const found = run('--host', '--format', 'json', stopped);
  assert.deepEqual(
    seriousOf(found).map(({ rule, line, column, effect }) => ({ rule, line, column, effect })),
    [{ rule: 'interface-not-on-host', line: 2, column: 11, effect: 'start-refused' }],
  );
  assert.equal(found.code, 1);
  assert.deepEqual(seriousOf(run('--host', '--format', 'json', file('running.nspawn', text))), []);
});

test('a file is parsed once, whether the host is asked about it or not', () => {
  const path = file('once.nspawn', '[Network]\nInterface=missing0\n');
  for (const args of [[path], ['--host', path]]) {
    const parsed: string[] = [];
    const counting = fileTypes.map((type) => ({
      ...type,
      parse: (text: string) => {
        parsed.push(text);
        return type.parse(text);
      },
    }));
    runWith('', args, counting);
    assert.deepEqual(parsed, ['[Network]\nInterface=missing0\n'], args.join(' '));
  }
});

describe('what a configuration of LXC includes', () => {
  const wrong = file('lxc/wrong.conf', '# first\nlxc.tty.max = four\n');
  const config = file('lxc/web/config', `lxc.include = ${wrong}\nlxc.include = ${directory}/missing.conf\n`);
  const itself = file('lxc/itself/config', `lxc.include = ${directory}/lxc/itself/config\n`);
  const told = (...args: readonly string[]): readonly string[] =>
    seriousOf(run('--format', 'json', ...args)).map(({ line, rule }) => `${line} ${rule}`);

  test('is read on a known host', () => {
    assert.deepEqual(told('--host', config), ['1 lxc-in-included-file', '2 lxc-include-missing']);
  });

  test('is not looked for on any other, but for the file itself', () => {
    assert.deepEqual(told(config), []);
    assert.deepEqual(told(itself), ['1 lxc-includes-itself']);
  });
});
