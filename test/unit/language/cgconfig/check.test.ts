import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parameterRules } from '../../../../src/language/cgconfig/parameterRules.ts';
import { findingsOf } from './findings.ts';

const ofParameters = new Set(parameterRules.map(({ id }) => id));

/** `rule line:column` with both from 1, of what is at warning or above and not about what the kernel knows. */
const rulesOf = (text: string, libcgroupVersion: '2.0.2' | '3.1' | '3.2' = '3.2'): readonly string[] =>
  findingsOf(text, { libcgroupVersion })
    .filter(({ severity, rule }) => (severity === 'error' || severity === 'warning') && !ofParameters.has(rule))
    .map(({ rule, start }) => {
      const lines = text.slice(0, start).split('\n');
      return `${rule} ${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
    });

const group = (inside: string): string => `group web {\n${inside}\n}\n`;

describe('one slip is one finding, at its true place', () => {
  test('a missing semicolon, where the real parser speaks of the next line', () => {
    assert.deepEqual(rulesOf(group('cpu {\n  cpu.shares = 500\n}')), ['missing-semicolon 3:19']);
    assert.deepEqual(rulesOf(group('cpu {\n  cpu.shares = 500\n  cpu.rt_period_us = 1;\n}')), [
      'missing-semicolon 3:19',
    ]);
  });

  test('a missing brace', () => {
    assert.deepEqual(rulesOf('group web {\ncpu {\n cpu.shares = 1;\n\n}\ngroup db {\ncpu { }\n}\n'), [
      'missing-closing-brace 5:2',
    ]);
    assert.deepEqual(rulesOf('group web\ncpu {\n}\n}\n'), ['missing-opening-brace 1:10']);
    assert.deepEqual(rulesOf(group('cpu {\n}\n}')), ['unexpected-closing-brace 5:1']);
  });

  test('a value, a name or a keyword without its quotes', () => {
    assert.deepEqual(rulesOf(group('blkio { blkio.weight_device = 8:0 500; }')), ['value-needs-quotes 2:31']);
    assert.deepEqual(rulesOf('group web server { cpu { } }'), ['name-needs-quotes 1:7']);
    assert.deepEqual(rulesOf(group('cpu { a = task; }')), ['keyword-unquoted 2:11']);
    assert.deepEqual(rulesOf('group default { cpu { } }'), []);
    assert.deepEqual(rulesOf('template default { cpu { } }'), ['keyword-unquoted 1:10']);
  });

  test('a comment behind text, the line ends of Windows, characters beyond ASCII', () => {
    assert.deepEqual(rulesOf(group('cpu { a = 1; } # no')), ['comment-after-text 2:16']);
    assert.deepEqual(rulesOf('# fine é\ngroup web {\r\ncpu {\r\n}\r\n}\r\n'), ['carriage-return 2:12']);
    assert.deepEqual(rulesOf(group('cpu { a = “1”; }')), ['not-ascii 2:11']);
    assert.deepEqual(rulesOf('\uFEFFgroup web {'), ['not-ascii-ends-file 1:1']);
  });

  test('what has no place in the grammar', () => {
    assert.deepEqual(rulesOf(group('cpu { };')), ['semicolon-after-block 2:8']);
    assert.deepEqual(rulesOf('groups web { cpu { } }'), ['unknown-block 1:1']);
    assert.deepEqual(rulesOf('group web { }'), ['block-incomplete 1:1']);
    assert.deepEqual(rulesOf(group('cpu.shares = 1;')), ['setting-outside-block 2:1']);
    assert.deepEqual(rulesOf(group('cpu { } perm { task { uid = a; } admin { uid = a; } }')), ['perm-not-first 2:9']);
  });
});

describe('what the code behind the grammar refuses or ignores', () => {
  test('controllers and parameters of one name', () => {
    assert.deepEqual(rulesOf(group('cpu { a = 1; a = 2; }')), ['duplicate-parameter 2:14']);
    assert.deepEqual(rulesOf(group('cpu { }\ncpu { }')), ['duplicate-controller 3:1']);
    assert.deepEqual(rulesOf(`${group('cpu { }')}${group('memory { }')}`), ['duplicate-group 4:7']);
  });

  test('perm has task and admin once each', () => {
    const task = 'task { uid = a; }';
    const admin = 'admin { uid = a; }';
    assert.deepEqual(rulesOf(group(`perm { ${task} ${admin}\n${admin} }`)), ['block-not-allowed-here 3:1']);
    assert.deepEqual(rulesOf(group(`perm { ${task} }`)), ['block-incomplete 2:1']);
  });

  test('owners and modes', () => {
    const perm = (task: string): string => group(`perm { task { ${task} } admin { uid = root; } } cpu { }`);
    assert.deepEqual(rulesOf(perm('uid = 0;')), ['perm-user-zero 2:21']);
    assert.deepEqual(rulesOf(perm('gid = 0;')), ['perm-group-zero 2:21']);
    assert.deepEqual(rulesOf(perm('fperm = 779;')), ['perm-invalid-mode 2:23']);
    assert.deepEqual(rulesOf(perm('dperm = 775; uid = 1000;')), ['perm-key-ignored 2:15']);
    assert.deepEqual(rulesOf(perm('uid = root; gid = 12; fperm = 0775;')), []);
  });

  test('a group that is not found refuses the file before libcgroup 3.0', () => {
    const refusing = (task: string, version: '2.0.2' | '3.2'): readonly string[] =>
      findingsOf(group(`perm { task { ${task} } admin { uid = root; } } cpu { }`), { libcgroupVersion: version })
        .filter(({ effect }) => effect === 'file-refused')
        .map(({ rule }) => rule);
    assert.deepEqual(refusing('gid = 0;', '2.0.2'), ['perm-group-zero']);
    assert.deepEqual(refusing('gid = 0;', '3.2'), []);
    assert.deepEqual(refusing('gid = "";', '2.0.2'), ['perm-impossible-name']);
    assert.deepEqual(refusing('gid = "";', '3.2'), []);
    assert.deepEqual(refusing('uid = "a:b";', '3.2'), ['perm-impossible-name']);
  });

  test('placeholders of a template stay as they are in an owner, and are nobody', () => {
    const template = (owner: string): string =>
      `template users/%u { perm { task { ${owner} } admin { uid = root; } } cpu { } }`;
    const [finding] = findingsOf(template('uid = %u;'));
    assert.equal(finding?.rule, 'perm-impossible-name');
    assert.equal(finding.effect, 'file-refused');
    assert.match(finding.message, /replaces %u in the name of a template only/u);
    assert.deepEqual(rulesOf(template('gid = "%g";')), ['perm-impossible-name 1:42']);
    assert.deepEqual(rulesOf(template('uid = a%x;')), []);
  });

  test('a name that leads out of the hierarchy is followed by every version, and told', () => {
    for (const name of ['../../x', 'web/../db', '/..', 'web/..']) {
      const all = findingsOf(`group ${name} {\ncpu { }\n}\n`).map(({ rule, effect }) => `${rule} ${effect}`);
      assert.deepEqual(all, ['group-name-leads-out none'], name);
    }
    assert.deepEqual(rulesOf('template %u/../x {\ncpu { }\n}\n'), ['group-name-leads-out 1:10']);
    for (const path of ['../x', 'a/..', '..'])
      assert.deepEqual(rulesOf(`namespace {\ncpu = ${path};\n}\n`), ['group-name-leads-out 2:7'], path);
    assert.deepEqual(rulesOf('namespace {\ncpu = a/b..c;\n}\n'), []);
    for (const name of ['a..b', '.../x', './x', '..x'])
      assert.deepEqual(rulesOf(`group ${name} {\ncpu { }\n}\n`), [], name);
  });

  test('a parameter that leads elsewhere is an error, because libcgroup writes there', () => {
    for (const key of ['../../../run/victim', '/etc/passwd', 'below/cpu.shares', 'cpu.shares/']) {
      const all = findingsOf(`group x {\ncpu {\n${key} = 1;\n}\n}\n`);
      assert.deepEqual(
        all.map(({ rule, severity, effect }) => `${rule} ${severity} ${effect}`),
        ['parameter-leads-out error none'],
        key,
      );
      assert.doesNotMatch(all[0]?.message ?? '', /fails/u);
    }
  });

  test('numbers are cut to those of C, and what is left as 0 is looked up', () => {
    const perm = (uid: string): readonly string[] =>
      rulesOf(group(`perm { task { uid = ${uid}; } admin { uid = root; } } cpu { }`));
    assert.deepEqual(perm('4294967296'), ['perm-user-zero 2:21']);
    assert.deepEqual(perm('-99999999999999999999'), ['perm-user-zero 2:21']);
    assert.deepEqual(perm('99999999999999999999'), []);
  });

  test('systemd, known since 3.1 and a plain word before', () => {
    const block = 'systemd {\nslice = a.slice;\nscope = b.scope;\n}\n';
    assert.deepEqual(rulesOf(block), []);
    assert.deepEqual(rulesOf(block, '2.0.2'), ['systemd-block-too-new 1:1']);
    assert.deepEqual(rulesOf('systemd {\nslice = a;\n}\n'), ['systemd-invalid-setting 2:9']);
    assert.deepEqual(rulesOf('systemd {\nslice = a.slice;\n}\n'), ['systemd-incomplete 1:1']);
    const pid = (value: string): string => `systemd {\nslice = a.slice;\nscope = b.scope;\npid = ${value};\n}\n`;
    assert.deepEqual(rulesOf(pid('1234')), []);
    assert.deepEqual(rulesOf(pid('18446744073709551615')), ['systemd-invalid-setting 4:7']);
    assert.deepEqual(rulesOf('group systemd { cpu { } }'), ['keyword-unquoted 1:7']);
    assert.deepEqual(rulesOf('group systemd { cpu { } }', '2.0.2'), []);
    assert.deepEqual(rulesOf(group('systemd { a = 1; }\ncpu { }'), '2.0.2'), []);
    assert.deepEqual(rulesOf(group('systemd { a = 1; }\ncpu { }')), ['keyword-unquoted 2:1']);
    assert.deepEqual(rulesOf(`group web {\ncpu {\n}\n${block}`), ['missing-closing-brace 3:2']);
  });

  test('a controller has one namespace in the whole file', () => {
    assert.deepEqual(rulesOf('namespace { cpu = a; }\nnamespace { cpu = a; }'), ['repeated-namespace 2:13']);
  });

  test('the controllers of a path go into one buffer since libcgroup 3.0', () => {
    const mounts = (names: readonly string[]): string =>
      `mount {\n${names.map((name) => `${name} = /c;\n`).join('')}}\n`;
    assert.deepEqual(rulesOf(mounts(['cpuset', 'cpuacct', 'memory', 'devices'])), []);
    assert.deepEqual(rulesOf(mounts(['cpuset', 'cpuacct', 'memory', 'devices', 'pids', 'rdma'])), [
      'mount-names-too-long 6:1',
    ]);
    const isFirstOnly = (rule: string): boolean => rule.startsWith('mount-first-controller-only');
    const named = ['cpuset', 'cpuacct', 'memory', 'devices', 'pids'];
    assert.ok(rulesOf(mounts(named), '2.0.2').every(isFirstOnly));
  });

  test('before 3.2 the first controller of a path is mounted, and the others are not', () => {
    const text = 'mount {\ncpuset = /both;\nmemory = /both;\n"cpu,nosuid" = /one;\n"name=x" = /one;\n}\n';
    for (const version of ['2.0.2', '3.1'] as const)
      assert.deepEqual(rulesOf(text, version), ['mount-first-controller-only 3:1'], version);
    assert.deepEqual(rulesOf(text, '3.2'), []);
    assert.deepEqual(rulesOf('mount {\n"cpu,cpuacct" = /both;\n}\n', '2.0.2'), ['mount-first-controller-only 2:2']);
  });

  test('tables of 100 mounts and namespaces, and words of 4096 bytes', () => {
    const many = (keyword: string, count: number, path: (index: number) => string): string =>
      `${keyword} {\n${Array.from({ length: count }, (_, index) => `c${index} = ${path(index)};`).join('\n')}\n}\n`;
    for (const version of ['2.0.2', '3.1', '3.2'] as const) {
      assert.deepEqual(
        rulesOf(
          many('mount', 100, (index) => `/${index}`),
          version,
        ),
        [],
        version,
      );
      assert.deepEqual(
        rulesOf(
          many('mount', 101, (index) => `/${index}`),
          version,
        ),
        ['too-many-entries 102:1'],
        version,
      );
      assert.deepEqual(
        rulesOf(
          many('namespace', 100, () => 'a'),
          version,
        ),
        [],
        version,
      );
      assert.deepEqual(
        rulesOf(
          many('namespace', 101, () => 'a'),
          version,
        ),
        ['too-many-entries 102:1'],
        version,
      );
    }
    const path = (length: number): string => `namespace {\ncpu = ${'a'.repeat(length)};\n}\n`;
    assert.deepEqual(rulesOf(path(4095), '2.0.2'), []);
    assert.deepEqual(rulesOf(path(4096), '2.0.2'), ['value-too-long 2:1']);
    assert.deepEqual(rulesOf(path(4096), '3.2'), []);
    const slice = (length: number): string =>
      `systemd {\nscope = a.scope;\nslice = ${'a'.repeat(length - 6)}.slice;\n}\n`;
    assert.deepEqual(rulesOf(slice(4095), '3.1'), []);
    assert.deepEqual(rulesOf(slice(4096), '3.1'), ['value-too-long 3:9']);
  });

  test('a hierarchy with an empty name refuses the file since 3.0', () => {
    const refusing = (name: string, libcgroupVersion: '2.0.2' | '3.1'): readonly string[] =>
      findingsOf(`group a {\n"${name}" { }\n}\n`, { libcgroupVersion })
        .filter(({ effect }) => effect === 'file-refused')
        .map(({ rule }) => rule);
    assert.deepEqual(refusing('name=', '2.0.2'), []);
    assert.deepEqual(refusing('name=', '3.1'), ['unknown-controller']);
    assert.deepEqual(refusing('name=x', '3.1'), []);
  });

  test('mount and namespace exclude each other', () => {
    assert.deepEqual(rulesOf('mount { cpu = /c; }\nnamespace { cpu = n; }'), ['mount-and-namespace 2:1']);
  });
});

test('repairs make the file what libcgroup takes', () => {
  const repaired = (text: string): string => {
    const changes = findingsOf(text).flatMap(({ fixes }) => fixes?.find(({ preferred }) => preferred)?.changes ?? []);
    return [...changes]
      .sort((a, b) => b.start - a.start)
      .reduce((done, { start, end, text: inserted }) => done.slice(0, start) + inserted + done.slice(end), text);
  };
  assert.equal(repaired(group('cpu { a = 1 }')), group('cpu { a = 1; }'));
  assert.equal(repaired(group('cpu { a = 8:0 1; };')), group('cpu { a = "8:0 1"; }'));
  assert.equal(repaired('group a {\r\ncpu { }\r\n}\r\n'), 'group a {\ncpu { }\n}\n');
  assert.equal(repaired(group('  cpu { } # why')), group('  # why\n  cpu { }'));
});
