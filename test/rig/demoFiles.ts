/** The folder of the demo host that VS Code opens. */
export const demoFolder = '/root/containers';

const readme = `# A host to play with

This is a disposable Debian with systemd. It has these images:

- \`web\` and \`busybox\` run: a Debian with systemd inside, and a BusyBox without.
- \`database\` and \`web-staging\` are copies of the Debian that do not run.
- \`toolbox\` is a copy of the BusyBox.

Things to try:

- Point at **web** in the view *systemd-nspawn* and press *Open Shell*.
- Start **database** with its arrow.
- Open \`web.nspawn\` here, and press Ctrl+Space in an empty line, or point at a setting.
- Open \`cgconfig.conf\` here: what is wrong in it is marked, and the light bulb offers repairs.

Settings of machines are read from \`/etc/systemd/nspawn\` (\`web\`), \`/run/systemd/nspawn\` (\`database\`) and beside the image
(\`toolbox\`). Everything is gone when \`npm start\` ends.
`;

const webSettings = `[Exec]
Environment=SITE=example.org
# How a machine with systemd inside is told to power off.
KillSignal=SIGRTMIN+3

[Network]
VirtualEthernet=yes
`;

const busyboxSettings = `[Exec]
Boot=yes
PrivateUsers=no

[Network]
VirtualEthernet=no
`;

const groups = `group web {
	memory {
		memory.limit_in_bytes = 200000000;
	}
	cpu {
		cpu.share = 512;
	}
}
`;

/** The files that people would have, by their path. */
export const demoFiles: Readonly<Record<string, string>> = {
  [`${demoFolder}/README.md`]: readme,
  [`${demoFolder}/web.nspawn`]: webSettings,
  [`${demoFolder}/cgconfig.conf`]: groups,
  '/etc/systemd/nspawn/web.nspawn': webSettings,
  '/run/systemd/nspawn/database.nspawn': webSettings,
  '/var/lib/machines/toolbox.nspawn': busyboxSettings,
};
