import type { LanguageId } from '../../src/language/fileType.ts';

/** Lines of each section of a `.nspawn` file, with a slip that a rule has a sure repair for. */
const nspawnLines: Readonly<Record<string, readonly string[]>> = {
  Exec: [
    'Boot=enabled',
    'Boot=yes # and so on',
    'boot=yes',
    'Capability=NET_ADMIN',
    'Capability=CAP_KILL,CAP_CHOWN',
    'CPUAffinity=0;1',
    'Hostname="web"',
    'KillSignal=term',
    'LimitNOFILE=1024 # many',
    'LimitNOFILE=Infinity',
    'LinkJournal=Host',
    'Personality=amd64',
    'PrivateUsers=Pick',
    'RestrictAddressFamilies=inet',
    'SystemCallFilter=@System-Service',
    'SystemCallFilter=mount()',
  ],
  Files: ['TemporaryFileSystem=/srv:defaults', 'TemporaryFileSystem=/srv:Size=1M', 'Volatile=State'],
  exec: ['Boot=yes'],
  EXEC: ['Hostname=web'],
};

/** What nothing is to be said of, put before it: a repair is judged in as many texts. */
const beforeNspawn = ['', '# note\n', '[Network]\nPrivate=yes\n', '[Files]\nReadOnly=no\n', '[Exec]\nUser=root\n'];

const nspawnTexts = [
  ...Object.entries(nspawnLines).flatMap(([section, lines]) => lines.map((line) => `[${section}]\n${line}\n`)),
  '[Network]\nBoot=no\n',
  '[Network]\nVirtualEthernet=yes\nPort=TCP:8080:80\n',
  '# nspawn-lint: ignore nothing-like-it\n[Exec]\nBoot=yes\n',
  '# nspawn-lint: ignore invalid-boolean\n[Exec]\nBoot=yes\n',
].flatMap((text) => beforeNspawn.map((before) => before + text));

const beforeCgconfig = [
  '',
  '# note\n',
  'group one { cpu { } }\n',
  'group one {\n  memory { }\n}\n',
  'template t/%u { cpu { } }\n',
];

const cgconfigTexts = [
  'group a { perm { task { uid = root; gid = 0; } admin { uid = root; gid = root; } } cpu { } }\n',
  'group a { perm { task { uid = 0; gid = root; } admin { uid = root; gid = root; } } cpu { } }\n',
  'group a { cpu { cpu.shares = 1 } }\n',
  'group a { cpu { cpu.shares = 1; }\n',
  'group a { cpu { cpu.shares = 512;; } }\n',
  'group a\n  cpu { cpu.shares = 1; }\n}\n',
  'group a { cpu { }; }\n',
  'group a { cpu { } };\n',
  'group a { cpu { } }\n}\n',
  'group a b { cpu { } }\n',
  'group task { cpu { } }\n',
  'group a { memory { memory.oom_control = 1 2; } }\n',
  'group a { cpu { cpu.shares = 1; } } # the shop\n',
  'group a { cpu { cpu.shares = "1; } }\n',
  "group a { cpu { cpu.shares = '1'; } }\n",
  '// the shop\ngroup a { cpu { } }\n',
  '/* the shop */\ngroup a { cpu { } }\n',
  'group a { cpu { } }\r\n',
  '# nspawn-lint: ignore nothing-like-it\ngroup a { cpu { } }\n',
  '# nspawn-lint: ignore unknown-controller\ngroup a { cpu { } }\n',
].flatMap((text) => beforeCgconfig.map((before) => before + text));

const beforeCgrules = ['', '# note\n', 'root cpu one\n', '@root memory one/two\n', '* * three\n'];

const cgrulesTexts = [
  'root:"sh" cpu a\n',
  'ro"ot" cpu a\n',
  'root cpu,  memory a\n',
  'root cpu a  \n',
  'root cpu, memory a\n',
  '# nspawn-lint: ignore nothing-like-it\nroot cpu a\n',
  '# nspawn-lint: ignore invalid-destination\nroot cpu a\n',
].flatMap((text) => beforeCgrules.map((before) => before + text));

const beforeLxc = ['', '# note\n', 'lxc.uts.name = one\n', 'lxc.tty.max = 4\nlxc.start.auto = 1\n'];

const lxcTexts = ['lxc.tty.max: 4\n', 'lxc.haltsignal = SIGPWR\n', '  lxc.limit.nofile = 1024\n'].flatMap((text) =>
  beforeLxc.map((before) => before + text),
);

/** Texts with one slip each that a rule has a sure repair for, every one with several lines before it. */
export const repairableTexts: Readonly<Record<LanguageId, readonly string[]>> = {
  nspawn: nspawnTexts,
  cgconfig: cgconfigTexts,
  cgrules: cgrulesTexts,
  lxc: lxcTexts,
  lxcsystem: ['# a\nlxc.lxcpat = /srv\n'],
  lxcusernet: ['# a\nanna vet lxcbr0 10\n'],
  lxcnet: ['# a\nLXC_BRIGDE="br0"\n'],
};
