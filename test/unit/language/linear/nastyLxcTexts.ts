import { anyType, counted, longThenMany, repeated, type Texts } from './nastyTexts.ts';

/** What is strange in a configuration of LXC, besides what is strange everywhere. */
export const nastyLxcTexts: Texts = {
  ...anyType,
  'network devices': counted('lxc.net.%N.type = veth\nlxc.net.%N.link = br§\n'),
  'one network device': repeated('lxc.net.0.link = br§\n'),
  'wiped settings': repeated('lxc.net.0.link = a\nlxc.net.0.type = veth\nlxc.net.0.link =\n'),
  'cleared settings': repeated('lxc.net.0.link = a\nlxc.net.0.name = b\nlxc.net.0.name =\n'),
  'id maps': counted('lxc.idmap = u %N %N 2\n'),
  limits: counted('lxc.prlimit.a%N = 2:1\n'),
  'cleared families': counted('lxc.prlimit.a%N = 1\nlxc.prlimit =\n'),
  includes: repeated('lxc.include = /a\nlxc.net.0.link = b\n'),
  'excluding keys': repeated('lxc.cap.drop = kill\nlxc.cap.keep = chown\n'),
  'old network': repeated('lxc.network.type = veth\nlxc.network.link = a\n'),
  'cgroup v1': repeated('lxc.cgroup.memory.limit_in_bytes = 1G\n'),
  'words of a list': repeated('sys_time ', 'lxc.cap.drop = '),
  'wrong words': repeated('sys_tim ', 'lxc.cap.drop = '),
  'a long number': repeated('1', 'lxc.tty.max = '),
  'a long address': repeated('1:', 'lxc.net.0.ipv6.address = '),
  'a long limit': repeated('1', 'lxc.prlimit.nofile = '),
  'a path of slashes': repeated('/', 'lxc.rootfs.mount = /'),
  'a path of stops': repeated('/.', 'lxc.rootfs.mount = '),
  'blanks before a hash': repeated(' ', 'lxc.uts.name = a', '# b'),
  'mounts with blanks': repeated('lxc.mount.entry = a      /b\n', 'lxc.rootfs.path = /c\n'),
  'blanks in a mount': repeated(' ', 'lxc.rootfs.path = /c\nlxc.mount.entry = a'),
  'slashes in a root path': (size) =>
    `lxc.rootfs.path = ${'/'.repeat(size / 2)}x\n${'lxc.mount.entry = a /b\n'.repeat(size / 46)}`,
  'slashes in a target': repeated('/', 'lxc.rootfs.path = /c\nlxc.mount.entry = a ', 'x'),
  'mounts of a long root path': longThenMany('lxc.rootfs.path = /LONG\n', 'lxc.mount.entry = a /b%N\n'),
  'targets like the root path': (size) =>
    `lxc.rootfs.path = /b${'a'.repeat(size / 4)}\nlxc.mount.entry = a /${'a'.repeat(size / 2)}\n`,
  'addresses of a device': counted('lxc.net.0.ipv6.address = fd00::1/%N\n', 'lxc.net.0.type = veth\n'),
  'names of devices': counted('lxc.net.%N.type = veth\nlxc.net.%N.name = a%N\n'),
  'mounts in a root file system': counted(
    'lxc.mount.entry = /a m%N none bind 0 0\n',
    'lxc.rootfs.path = dir:/c\nlxc.init.cmd = /m\n',
  ),
  'start hooks beside mounts': counted(
    'lxc.mount.entry = /a m%N none bind,optional 0 0\nlxc.hook.start = /h%N\n',
    'lxc.rootfs.path = dir:/c\n',
  ),
  'shared namespaces': counted('lxc.namespace.share.a%N = b%N\n'),
  'settings of the kernel': counted('lxc.sysctl.net.a%N = 1\n', 'lxc.mount.auto = proc\n'),
  'a long id map': repeated('1', 'lxc.idmap = u 0 1 '),
  'a long number of bytes': repeated('1', 'lxc.autodev.tmpfs.size = '),
  'a long key': repeated('a.', 'lxc.', ' = 1'),
  'a long word with many errors': longThenMany('lxc.uts.name = LONG\n', 'lxc.x%N = 1\n'),
};
