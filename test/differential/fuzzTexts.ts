import type { LanguageId } from '../../src/language/fileType.ts';
import { decodeUtf8 } from '../../src/hostFacts/readText.ts';
import { generateFile } from './generate.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';

const cgconfig = [
  'group web {\n  perm {\n    task { uid = root; gid = root; }\n    admin { uid = root; gid = root; }\n  }\n  cpu { cpu.shares = 100; }\n}\n',
  '# mounts\nmount {\n\tcpu = /sys/fs/cgroup/cpu;\n\t"cpu,nodev" = /mnt;\n}\n',
  'template users/%u { memory { memory.max = "1G"; } }\ndefault { perm { task { uid = a; } } }\n',
  'systemd { slice = a.slice; scope = b.scope; }\nnamespace { cpu = a; }\n',
];
const cgrules = [
  '# user  controllers  destination\n@students\tcpu,memory\tusers/%u/\n*\t*\tdefault/\n',
  'peter:/bin/sh  *  a b\n% cpu c\n',
  'root * / ignore\n"two words":x cpu "a b"\n',
];

const lxc = [
  '# a container\nlxc.include = /usr/share/lxc/config/common.conf\nlxc.uts.name = web\nlxc.rootfs.path = dir:/var/lib/lxc/web/rootfs\n',
  'lxc.net.0.type = veth\nlxc.net.0.link = lxcbr0\nlxc.net.0.flags = up\nlxc.net.0.ipv4.address = 10.0.3.2/24\n',
  'lxc.idmap = u 0 100000 65536\nlxc.idmap = g 0 100000 65536\nlxc.cap.drop = sys_time  mac_admin\nlxc.prlimit.nofile = 1024 : 2048\n',
  'lxc.cgroup.memory.limit_in_bytes = 1G\nlxc.utsname = "a"\nlxc.mount.entry = /srv srv none bind,create=dir 0 0\nlcx.tty.max = 1\n',
];

const lxcsystem = ['# tools\nlxc.lxcpath = /srv/lxc\nlxc.bdev.lvm.vg=one\nlxc.arch = amd64\nlxc.lxcpath = /b \n'];
const lxcusernet = ['# names\nanna veth lxcbr0 10\n@web veth none 2x\n bert VETH br0 -1\n* veth lxcbr0\n'];
const lxcnet = [
  '# net\nUSE_LXC_BRIDGE="True"\nLXC_ADDR=$(echo 10.9.9.1); export LXC_DOMAIN=lxc\nLXC_NETMASK = "24"\nLXC_NETWORK=\'10.9.9.0/24\'\n',
];

const samplesOf = { nspawn: [], cgconfig, cgrules, lxc, lxcsystem, lxcusernet, lxcnet } as const;

const anyBytes = (random: Random): string =>
  decodeUtf8(Uint8Array.from(random.several(0, 300, () => random.below(random.pick([128, 256])))));

/** A text to be robust against: random bytes, or something meaningful that was changed in places. */
export const fuzzText = (random: Random, languageId: LanguageId): string => {
  if (random.onceIn(5)) return anyBytes(random);
  const samples = samplesOf[languageId];
  const start = samples.length === 0 ? generateFile(random, 239 + random.below(24)) : random.pick(samples);
  const from = random.below(start.length + 1);
  let text = random.onceIn(2) ? start : start.slice(from, from + random.below(400));
  for (let changes = random.below(8); changes > 0; changes--) text = mutate(text, random);
  return text;
};
