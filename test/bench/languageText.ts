/** What a line is made of: a section and the line, for the number `n`, which differs from line to line. */
type Line = (n: number) => string;

/** Of each section the directives that may stand often, as real files use them, with what people write between them. */
const often: Readonly<Record<'Exec' | 'Files' | 'Network', readonly Line[]>> = {
  Exec: [
    (n) => `Environment=SERVICE_${n}_URL=http://10.0.${n % 250}.1:8080/ "GREETING_${n}=hello you"`,
    (n) => `Environment=LANG_${n}=C.UTF-8`,
    (n) => `# Service ${n}, see the page of the team`,
    () => 'Capability=CAP_NET_ADMIN CAP_SYS_TIME',
    (n) => `Environment=A_${n}=1 \\\n    B_${n}=2 \\\n    C_${n}=3`,
    () => 'SystemCallFilter=@mount keyctl',
    () => '',
  ],
  Files: [
    (n) => `Bind=/srv/data/${n}:/var/lib/data/${n}:rootidmap`,
    (n) => `BindReadOnly=/etc/site/${n}.conf`,
    (n) => `BindReadOnly=+/usr/share/locale/${n}:/usr/share/locale/${n}`,
    (n) => `TemporaryFileSystem=/run/cache/${n}:mode=0755,size=10M`,
    (n) => `; what ${n} keeps`,
    (n) => `Inaccessible=/proc/hidden/${n}`,
    (n) => `Overlay=/srv/lower/${n}:/srv/upper/${n}:/opt/app/${n}`,
    () => '',
  ],
  Network: [
    (n) => `Port=tcp:${(n % 60_000) + 1}:80`,
    (n) => `VirtualEthernetExtra=host${n}:guest${n}`,
    (n) => `MACVLAN=eth${n}`,
    () => '# More of the same',
  ],
};

/** Directives that count once. */
const once: Readonly<Record<'Exec' | 'Files' | 'Network', readonly string[]>> = {
  Exec: [
    'Boot=yes',
    'NotifyReady=yes',
    'KillSignal=SIGRTMIN+3',
    'PrivateUsers=pick',
    'LimitNOFILE=1024:524288',
    'LimitCPU=1h',
    'OOMScoreAdjust=-500',
    'CPUAffinity=0-3',
    'Hostname=web',
    'ResolvConf=copy-host',
    'Timezone=bind',
    'LinkJournal=try-guest',
  ],
  Files: ['PrivateUsersOwnership=auto', 'Volatile=no', 'BindUser=web'],
  Network: ['VirtualEthernet=yes', 'Zone=web'],
};

/** Of a hundred lines two are wrong, as in a file that is being worked on. */
const wrong: readonly Line[] = [(n) => `Bnd=/srv/${n}`, (n) => `BindReadOnly=srv/${n}`];

/**
 * A .nspawn file as one could be written, only longer.
 * @param distinct how many different values a line may have: as many as there are lines, so that nothing that was seen
 * before helps, or a few
 */
export const longText = (lines: number, distinct: number): string => {
  const parts: string[] = [];
  let number = 0;
  for (const section of ['Exec', 'Files', 'Network'] as const) {
    parts.push(`[${section}]`, ...once[section]);
    const share = section === 'Files' ? 0.5 : 0.25;
    for (let line = 0; line < lines * share; line += 1) {
      number += 1;
      const list = number % 50 === 0 && section === 'Files' ? wrong : often[section];
      // Twice the same port or pair would be a mistake.
      const value = section === 'Network' ? number : number % distinct;
      parts.push(list[number % list.length]?.(value) ?? '');
    }
  }
  return `${parts.join('\n').split('\n').slice(0, lines).join('\n')}\n`;
};
