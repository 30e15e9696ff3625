/** What a line is made of, for the number `n`, which differs from line to line. */
type Line = (n: number) => string;

const often: readonly Line[] = [
  (n) => `lxc.environment = SERVICE_${n}=http://10.0.${n % 250}.1:8080/`,
  (n) => `# Service ${n}, see the page of the team`,
  (n) => `lxc.mount.entry = /srv/data/${n} srv/${n} none bind,create=dir 0 0`,
  (n) => `lxc.mount.entry = tmpfs run/${n} tmpfs size=10M,mode=0755 0 0`,
  (n) => `lxc.hook.post-stop = /usr/local/bin/after ${n}`,
  () => '',
  (n) => `lxc.sysctl.net.ipv4.conf.eth${n}.forwarding = 1`,
  (n) => `lxc.group = team${n}`,
];

const once = [
  'lxc.uts.name = web',
  'lxc.rootfs.path = dir:/srv/root',
  'lxc.cap.drop = sys_time mac_admin',
  'lxc.tty.max = 4',
];

/** Of a hundred lines one is wrong, as in a file that is being worked on. */
const wrong: Line = (n) => `lxc.tty.mx = ${n}`;

/** A configuration of LXC as one could be written, only longer; `distinct` is how many different values a line may have. */
export const longLxcText = (lines: number, distinct: number): string => {
  const parts = [...once];
  for (let number = 1; parts.length < lines; number++)
    parts.push((number % 100 === 0 ? wrong : often[number % often.length])?.(number % distinct) ?? '');
  return `${parts.join('\n')}\n`;
};
