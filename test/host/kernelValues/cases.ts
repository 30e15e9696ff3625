/** Values of the parameters that files of libcgroup set most; DEVICE stands for a block device that the host has. */
export type Cases = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const sizes: readonly string[] = ['0', '4095', '4096', '40000', '40000000', '64M', '64m', '1g', '0x1000', '010000'];
const noSizes: readonly string[] = ['1.5G', '-2', '10KB', '64 M', 'abc'];

/** By controller of cgroup v1. */
export const casesOfV1: Cases = {
  cpu: {
    'cpu.shares': ['0', '1', '2', '100', '1024', '262144', '262145', '-1', 'abc', '10k', '99999999999999999999'],
    'cpu.cfs_quota_us': ['-1', '-2', '0', '999', '1000', '50000', 'max', '1k'],
    'cpu.cfs_period_us': ['0', '999', '1000', '100000', '1000000', '1000001'],
  },
  memory: {
    'memory.limit_in_bytes': [
      ...sizes,
      ...noSizes,
      ...['-1', 'max', '9223372036854771711', '9223372036854771712', '9223372036854775807'],
      ...['18446744073709551615', '18446744073709551616', '1T', '8E', '16E'],
    ],
    'memory.soft_limit_in_bytes': [...sizes, ...noSizes, '-1', 'max'],
    'memory.swappiness': ['0', '60', '200', '201', '-1'],
    'memory.oom_control': ['0', '1', '2', '-1'],
    'memory.failcnt': ['0'],
  },
  pids: { 'pids.max': ['0', '1', '100', 'max', '-1', '4194304', '4194305', '1k', 'abc', '99999999999999999999'] },
  freezer: { 'freezer.state': ['FROZEN', 'THAWED', 'FREEZING', 'frozen'] },
  blkio: {
    'blkio.throttle.read_bps_device': [
      'DEVICE 1048576',
      'DEVICE 1M',
      'DEVICE 0',
      'DEVICE',
      'DEVICE -1',
      'DEVICE max',
      'sda 1',
    ],
    'blkio.throttle.write_iops_device': ['DEVICE 100', 'DEVICE 1k', 'DEVICE x'],
  },
};

const sizesOfV2: readonly string[] = [...sizes, ...noSizes, '-1', 'max', 'MAX', '9223372036854771712', '16E'];

/** By controller of cgroup v2. */
export const casesOfV2: Cases = {
  cpu: {
    'cpu.weight': ['0', '1', '100', '10000', '10001', '-1', '1k'],
    'cpu.weight.nice': ['-21', '-20', '0', '19', '20'],
    'cpu.max': [
      ...['max', 'max 100000', '999', '1000', '50000', '50000 100000', '0', '-1', 'x', '50000k'],
      ...[
        '50000 999',
        '50000 1000',
        '50000 1000000',
        '50000 1000001',
        'max 5',
        'max max',
        '50000 100000x',
        '50000 x',
        '0x1000',
        '50000 100000 3',
      ],
    ],
  },
  memory: {
    'memory.max': sizesOfV2,
    'memory.high': sizesOfV2,
    'memory.low': ['40000', 'max', '-1'],
    'memory.min': ['40000', 'max', '-1'],
    'memory.swap.max': ['0', '40000', 'max', 'x'],
    'memory.oom.group': ['0', '1', '2', 'x'],
  },
  pids: { 'pids.max': ['0', '1', '100', 'max', '-1', '4194304', '4194305', '1k'] },
  io: {
    'io.max': [
      ...[
        'DEVICE rbps=1048576 wiops=max',
        'DEVICE rbps=10M',
        'DEVICE rbps=0',
        'DEVICE rbps=1',
        'DEVICE rbps=1M',
        'DEVICE rbps=max',
        'DEVICE foo=1',
        'rbps=1',
        'DEVICE rbps',
      ],
      ...['DEVICE rbps=x', 'DEVICE riops=3 wbps=2'],
    ],
  },
  cpuset: { 'cpuset.cpus': ['0', '1-0', 'x'], 'cpuset.cpus.partition': ['member', 'foo'] },
};
