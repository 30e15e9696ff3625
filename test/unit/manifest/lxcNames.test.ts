import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText } from '../../../scripts/parseSources.ts';
import { languageOfPath, languageOfText } from '../../../src/language/languageOfPath.ts';

const manifest = JSON.parse(readText('package.json')) as {
  readonly contributes: {
    readonly languages: readonly {
      readonly id: string;
      readonly filenamePatterns?: readonly string[];
      readonly firstLine?: string;
    }[];
  };
};
const language = manifest.contributes.languages.find(({ id }) => id === 'lxc');

/** A pattern as VS Code reads it: `*` and `?` also stand for a dot at the beginning of a name. */
const sourceOf = (glob: string): string =>
  glob.replace(/\*\*\/|\*|\?|\[!([^\]]+)\]|[{},]|[.\\]/gu, (token, excluded?: string) => {
    if (excluded !== undefined) return `[^/${excluded}]`;
    const plain: Readonly<Record<string, string>> = {
      '**/': '(?:.*/)?',
      '*': '[^/]*',
      '?': '[^/]',
      '{': '(?:',
      '}': ')',
      ',': '|',
    };
    return plain[token] ?? `\\${token}`;
  });
const patterns = (language?.filenamePatterns ?? []).map((glob) => new RegExp(`^${sourceOf(glob)}$`, 'u'));

const hook = new RegExp(/files: '(.+)'/u.exec(readText('.pre-commit-hooks.yaml'))?.[1] ?? '', 'u');

const configurations = [
  'var/lib/lxc/web/config',
  'home/a/.local/share/lxc/web/config',
  ...['default', 'lxc-web', 'lxcx', 'l', 'lx', 'lxd', 'la', 'web', 'a.b', 'lxc.web'].flatMap((name) => [
    `etc/lxc/${name}.conf`,
    `home/a/.config/lxc/${name}.conf`,
  ]),
  'etc/lxc/common.d/lxc.conf',
  'usr/share/lxc/config/common.conf',
  'usr/share/lxc/config/common.conf.d/00.conf',
];

const others = [
  'etc/lxc/lxc.conf',
  'home/a/.config/lxc/lxc.conf',
  'var/lib/lxc/.git/config',
  'etc/lxc/lxc-usernet',
  'etc/pve/lxc/100.conf',
  'srv/config',
];

test('VS Code, the linter and its hook take the same names for configurations of LXC', () => {
  const ways: readonly (readonly [string, (path: string) => boolean])[] = [
    ['VS Code', (path) => patterns.some((pattern) => pattern.test(`/${path}`))],
    ['the linter', (path) => languageOfPath(`/${path}`) === 'lxc'],
    ['the hook', (path) => hook.test(path)],
  ];
  for (const [way, takes] of ways) {
    assert.deepEqual(
      configurations.filter((path) => !takes(path)),
      [],
      way,
    );
    assert.deepEqual(others.filter(takes), [], way);
  }
});

test('VS Code and the linter take the same first lines for those of a container', () => {
  const first = new RegExp(language?.firstLine ?? '', 'u');
  for (const [line, isOfContainer] of [
    ['lxc.uts.name = a', true],
    ['  lxc.cgroup.memory.limit_in_bytes = 1G', true],
    ['lxc.cgroup.user = a', true],
    ['lxc.lxcpath = /srv', false],
    ['lxc.default_config=/srv/a', false],
    ['lxc.bdev.lvm.vg = lxc', false],
    ['lxc.cgroup.pattern = lxc/%n', false],
    ['lxc.cgroup.use = @all', false],
    ['[Exec]', false],
  ] as const) {
    assert.equal(first.test(line), isOfContainer, line);
    assert.equal(languageOfText(`${line}\n`) === 'lxc', isOfContainer, line);
  }
});
