import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Context } from '../../../../src/language/context.ts';
import { languageFeatures } from '../../../../src/language/languageService.ts';
import { hostOfV2 } from '../hostOfV2.ts';
import { fileSet } from './fileSet.ts';

/** `FILE:LINE severity rule what is marked`, for what other files make wrong. */
const findings = (
  texts: Readonly<Record<string, string>>,
  change: Partial<Context> = {},
  isComplete = true,
): readonly string[] => {
  const set = fileSet(texts, change);
  return set.names.flatMap((name) => {
    const { file, context } = set.file(name);
    const groups = context.groups && { ...context.groups, isComplete };
    const { textDocument } = file;
    return languageFeatures
      .diagnose(file, { ...context, ...(groups === undefined ? {} : { groups }) })
      .filter(({ rule }) => rule.startsWith('rule-') || rule.startsWith('group-') || rule.includes('template'))
      .map(({ severity, rule, start, end }) => {
        const { line } = textDocument.positionAt(start);
        return `${name}:${line + 1} ${severity} ${rule} ${textDocument.getText().slice(start, end)}`;
      });
  });
};

const group = (name: string, ...controllers: readonly string[]): string =>
  `group ${name} {\n${controllers.map((one) => `\t${one} { }\n`).join('')}}\n`;
const template = (name: string, ...controllers: readonly string[]): string =>
  group(name, ...controllers).replace('group', 'template');

describe('a destination that no file defines', () => {
  const rules = (config: string, cgrules: string): readonly string[] =>
    findings({ 'cgconfig.conf': config, 'cgrules.conf': cgrules }).filter((one) => one.startsWith('cgrules'));

  test('is marked, with the name that was probably meant', () => {
    assert.deepEqual(rules(group('website', 'cpu'), 'root cpu wesbite\n* cpu other\n'), [
      'cgrules.conf:1 warning rule-undefined-group wesbite',
      'cgrules.conf:2 warning rule-undefined-group other',
    ]);
    const set = fileSet({ 'cgconfig.conf': group('website', 'cpu'), 'cgrules.conf': 'root cpu wesbite\n' });
    const { file, context } = set.file('cgrules.conf');
    const [finding] = languageFeatures.diagnose(file, context);
    assert.deepEqual(finding?.fixes, [{ title: 'Write website', changes: [{ start: 9, end: 16, text: 'website' }] }]);
  });

  test('is none where the group is made with one below it, by another rule, by systemd, or is the root', () => {
    const config = `${group('a/b', 'cpu')}${group('"/c d/"', 'cpu')}`;
    for (const rule of [
      '* cpu a\n',
      '* cpu /a/b/\n',
      '* cpu "c d"\n',
      '* cpu /\n',
      '* cpu .\n',
      '* cpu user.slice/x\n',
    ])
      assert.deepEqual(rules(config, rule), [], rule);
    assert.deepEqual(rules(config, 'root cpu u\n@a cpu u/x1\n@b cpu u/%u/y\n'), []);
    assert.deepEqual(rules(config, 'root cpu u/x1/z\n@b cpu u/%u/y\n'), [
      'cgrules.conf:1 warning rule-undefined-group u/x1/z',
    ]);
  });

  test('is none for a rule that leaves processes alone', () => {
    assert.deepEqual(rules(group('a', 'cpu'), '* cpu nobody ignore\n'), []);
  });

  test('is none for a destination that libcgroup makes', () => {
    assert.deepEqual(rules(group('a', 'cpu'), '* cpu b/%u\n'), []);
    assert.deepEqual(rules(group('a', 'cpu'), '* cpu b\\c\n'), []);
  });

  test('may be a template, which does not help', () => {
    assert.deepEqual(rules(template('t', 'cpu'), '* cpu t\n'), ['cgrules.conf:1 warning rule-undefined-group t']);
    assert.deepEqual(rules(template('t/%u', 'cpu'), '* cpu t/%u\n'), []);
  });

  test('is not looked for where not all is known', () => {
    assert.deepEqual(findings({ 'cgrules.conf': '* cpu a\n' }), []);
    const texts = { 'cgconfig.conf': '', 'cgrules.conf': '* cpu a\n' };
    assert.deepEqual(findings(texts), ['cgrules.conf:1 warning rule-undefined-group a']);
    assert.deepEqual(findings(texts, {}, false), []);
    assert.deepEqual(rules('namespace { cpu = below; }\n', '* cpu a\n'), []);
    assert.deepEqual(rules('systemd { slice = a.slice; scope = b.scope; setdefault = yes; }\n', '* cpu a\n'), []);
  });

  test('is not looked for behind a line that has the file refused', () => {
    assert.deepEqual(rules('', 'alice cpu a\nroot\nbob cpu b\n'), [
      'cgrules.conf:1 warning rule-undefined-group a',
      'cgrules.conf:2 error rule-incomplete root',
    ]);
  });
});

describe('a controller that the group is not defined for', () => {
  const controllers = (config: string, list: string, change?: Partial<Context>): readonly string[] =>
    findings({ 'cgconfig.conf': config, 'cgrules.conf': `* ${list} web\n` }, change).filter((one) =>
      one.startsWith('cgrules'),
    );

  test('is marked for each of the rule', () => {
    assert.deepEqual(controllers(group('web', 'cpu'), 'cpu,memory,pids'), [
      'cgrules.conf:1 info rule-controller-not-in-group memory',
      'cgrules.conf:1 info rule-controller-not-in-group pids',
    ]);
  });

  test('is a warning where the group is of cgroup v1', () => {
    const config = 'group web { memory { memory.limit_in_bytes = 64M; } }\n';
    assert.deepEqual(controllers(config, 'memory,cpu'), ['cgrules.conf:1 warning rule-controller-not-in-group cpu']);
    assert.deepEqual(controllers(config, 'memory,cpu', { host: hostOfV2 }), [
      'cgrules.conf:1 info rule-controller-not-in-group cpu',
    ]);
  });

  test('is none for what shares a hierarchy, for a group below, for another file, and for all of them', () => {
    assert.deepEqual(controllers(group('web', 'cpu'), 'cpuacct,cpu'), []);
    assert.deepEqual(controllers(group('web', 'cpu') + group('web/php', 'memory'), 'cpu,memory'), []);
    assert.deepEqual(controllers(`mount { cpu = /a; memory = /a; }\n${group('web', 'cpu')}`, 'cpu,memory'), []);
    assert.deepEqual(controllers(group('web', 'cpu'), '*'), []);
    const two = { 'cgconfig.conf': group('web', 'cpu'), 'cgconfig.d/m.conf': group('web', 'memory') };
    assert.deepEqual(findings({ ...two, 'cgrules.conf': '* memory,cpu web\n' }), [
      'cgconfig.d/m.conf:1 hint group-set-elsewhere web',
    ]);
  });
});

test('a variable and all controllers do not go together, whatever is known', () => {
  const rule = 'rule-variable-for-all-controllers';
  assert.deepEqual(
    findings({ 'cgrules.conf': '* * u/%u\n@a memory,* u/%g\n* * u\n* cpu u/%u\n* * u/%u ignore\n' }).filter((one) =>
      one.includes(rule),
    ),
    [`cgrules.conf:1 warning ${rule} *`, `cgrules.conf:2 warning ${rule} *`],
  );
});

test('a destination with a variable wants a template where there are some', () => {
  const at = (config: string, destination: string): readonly string[] =>
    findings({ 'cgconfig.conf': config, 'cgrules.conf': `* cpu ${destination}\n` }).filter((one) =>
      one.includes('without'),
    );
  const config = template('users/%u', 'cpu');
  assert.deepEqual(at(config, 'users/%u'), []);
  assert.deepEqual(at(config, 'users/%u/%p'), []);
  assert.deepEqual(at(config, 'users/%u/'), []);
  assert.deepEqual(at(config, 'users/%U'), ['cgrules.conf:1 info rule-without-template users/%U']);
  assert.deepEqual(at(template('users', 'cpu'), 'users/%u'), ['cgrules.conf:1 info rule-without-template users/%u']);
  assert.deepEqual(at(group('users', 'cpu'), 'users/%u'), []);
});

describe('groups and templates that no rule leads to', () => {
  const unused = (config: string, cgrules: string): readonly string[] =>
    findings({ 'cgconfig.conf': config, 'cgrules.conf': cgrules }).filter((one) => one.includes('not-used'));

  test('are told, but for parents of used ones, the root and the default', () => {
    const config = [
      group('a', 'cpu'),
      group('a/b', 'cpu'),
      group('a/b/c', 'cpu'),
      group('.', 'cpu'),
      group('default', 'cpu'),
    ];
    assert.deepEqual(unused(config.join(''), '* cpu a/b\n'), ['cgconfig.conf:7 hint group-not-used a/b/c']);
    assert.deepEqual(unused(group('u/x', 'cpu') + group('u/x/y', 'cpu'), '* cpu u/%u\n'), [
      'cgconfig.conf:4 hint group-not-used u/x/y',
    ]);
  });

  test('are not told without any rule', () => {
    assert.deepEqual(unused(group('a', 'cpu'), '# nothing\n'), []);
    assert.deepEqual(findings({ 'cgconfig.conf': group('a', 'cpu') + template('t/%u', 'cpu') }), []);
    assert.deepEqual(unused(template('t/%u', 'cpu'), '# nothing\n'), ['cgconfig.conf:1 info template-not-used t/%u']);
  });

  test('a template is used for its very name, or the beginning of a destination', () => {
    assert.deepEqual(unused(template('t/%u', 'cpu'), '* cpu t/%u/%p\n'), []);
    for (const rule of ['* cpu /t/%u\n', '* cpu t/%U\n', '* cpu t/%ux\n', '* cpu t\n'])
      assert.deepEqual(unused(template('t/%u', 'cpu'), rule), ['cgconfig.conf:1 info template-not-used t/%u'], rule);
  });
});

test('the first template of a name has its controllers', () => {
  assert.deepEqual(
    findings({
      'cgconfig.conf': template('t/%u', 'cpu') + template('t/%u', 'memory') + template('t/%u', 'cpu'),
      'cgconfig.d/a.conf': template('t/%u', 'pids', 'memory'),
    }),
    ['cgconfig.conf:8 warning duplicate-template cpu', 'cgconfig.d/a.conf:3 warning duplicate-template memory'],
  );
});

test('a value that a later file sets again is marked in the earlier one', () => {
  const set = (shares: number): string => `group web { cpu { cpu.shares = ${shares}; } }\n`;
  assert.deepEqual(
    findings({ 'cgconfig.d/b.conf': set(300), 'cgconfig.conf': set(100), 'cgconfig.d/a.conf': set(300) }),
    [
      'cgconfig.d/b.conf:1 hint group-set-elsewhere web',
      'cgconfig.conf:1 warning group-set-elsewhere cpu.shares = 100;',
      'cgconfig.d/a.conf:1 hint group-set-elsewhere web',
    ],
  );
  assert.deepEqual(findings({ 'cgconfig.conf': set(100), 'cgconfig.d/a.conf': group('web', 'memory') }), [
    'cgconfig.d/a.conf:1 hint group-set-elsewhere web',
  ]);
});

test('no rule of cgrules.d is reached behind one for everybody in cgrules.conf', () => {
  const others = { 'cgrules.d/x': 'root cpu a\n' };
  assert.deepEqual(findings({ 'cgrules.conf': '* cpu a\n', ...others }), [
    'cgrules.d/x:1 warning rule-unreachable root cpu a',
  ]);
  for (const rule of ['*:sh cpu a\n', '* cpu a ignore\n', 'root cpu a\n'])
    assert.deepEqual(findings({ 'cgrules.conf': rule, ...others }), [], rule);
  assert.deepEqual(findings({ 'cgrules.conf': '* cpu a ignore\nroot cpu b\n' }), []);
});

test('a destination of many variables is compared in no time', () => {
  const many = `x/${'%u'.repeat(2_000)}y`;
  const config = group(`x/${'a'.repeat(4_000)}`, 'cpu');
  assert.deepEqual(findings({ 'cgconfig.conf': config, 'cgrules.conf': `* cpu ${many}\n` }), [
    `cgconfig.conf:1 hint group-not-used x/${'a'.repeat(4_000)}`,
  ]);
});

test('hover on a destination says what the other files define', () => {
  const config = 'group web { cpu { cpu.shares = 512; } memory { } }\ntemplate users/%u { memory { } }\n';
  const hovered = (rule: string): string => {
    const set = fileSet({ 'cgconfig.d/a.conf': config, 'cgrules.conf': rule });
    const { file, position, context } = set.marked;
    const contents = languageFeatures.hover(file, position, context)?.contents;
    return typeof contents === 'object' && 'value' in contents ? contents.value : '';
  };
  assert.match(
    hovered('* cpu w|eb\n'),
    /Defined `web` in cgconfig\\\.d\/a\\\.conf:\n- `cpu`: `cpu\.shares = 512`\n- `memory`$/u,
  );
  assert.match(hovered('* cpu us|ers/%u/x\n'), /Made after the template `users\/%u` in .*:\n- `memory`$/u);
  assert.doesNotMatch(hovered('* cpu u|sers\n'), /Defined|template/u);
});

test('a controller that Linux does not have is told once', () => {
  const told = findings({ 'cgconfig.conf': group('all', 'cpu', 'memory'), 'cgrules.conf': '* cpu,memeory all\n' });
  assert.deepEqual(told, ['cgrules.conf:1 warning rule-unknown-controller memeory']);
});
