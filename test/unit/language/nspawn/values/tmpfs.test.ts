import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixed, offered, told, wished } from './askValue.ts';

const key = 'TemporaryFileSystem';

void test('an absolute path, and options that the kernel takes', () => {
  for (const options of [
    ...['mode=755', 'size=10%,mode=0', 'size=110%,mode=1', 'size=0x100000,mode=1', 'size=10P,mode=17777', ',mode=1,'],
    ...['noexec,mode=1', 'x-foo,X-bar,mode=1', 'nr_inodes=1k,mode=1', 'uid=0,gid=5,mode=1', 'huge=never,mode=1'],
    ...['inode64,noswap,mpol=default,mode=1', 'mode=1,context="a,b"', 'lazytime,iversion,nosymfollow,mode=1'],
  ])
    assert.deepEqual(told(key, `/mnt:${options}`), [], options);
  for (const value of ['/mnt', '/mnt:', String.raw`/a\:b`, '/tmp:size=1G'])
    assert.deepEqual(told(key, value), [], value);
});

void test('a path that is not absolute is ignored', () => {
  assert.deepEqual(told(key, ''), ['empty-value ignored <>']);
  assert.deepEqual(told(key, 'tmp'), ['path-not-absolute ignored <tmp>']);
  assert.deepEqual(told(key, ':mode=755'), ['path-not-absolute ignored <:>']);
  assert.deepEqual(told(key, '+/a'), ['path-not-absolute ignored <+/a>']);
  assert.deepEqual(told(key, '/a\\'), ['trailing-backslash ignored <\\>']);
  assert.deepEqual(told(key, '//', 242), ['mount-on-root ignored <//>']);
});

void test('an option that the kernel does not take stops the start', () => {
  for (const name of [
    'foo',
    'defaults',
    'auto',
    'user',
    'nofail',
    '_netdev',
    'SIZE=10M',
    'bind',
    'remount',
    'source=x',
  ])
    assert.deepEqual(told(key, `/mnt:mode=1,${name}`), [`unknown-tmpfs-option start-refused <${name}>`], name);
  for (const option of [
    ...['size=10MB', 'size=abc', 'size=', 'size', 'size= 10M', 'size=-1', 'size=10%%', 'size=10M:x', 'size=10M mode=1'],
    ...['mode=0o755', 'mode=888', 'mode=rwx', 'uid=root', 'gid=-1', 'nr_inodes=a', 'huge=foo'],
    // The Kelvin sign has a k as its lower case.
    ...['size=1\u212a', 'nr_inodes=1\u212a'],
  ])
    assert.deepEqual(told(key, `/mnt:${option}`), [`invalid-tmpfs-option start-refused <${option}>`], option);
});

void test('a number that the kernel has no room for stops the start, and one that it has room for does not', () => {
  const refused = (option: string): boolean => told(key, `/mnt:${option}`).some((one) => one.includes('refused'));
  const large = ['uid=99999999999', 'gid=4294967295', 'uid=0xffffffff', 'mode=40000000000', 'nr_blocks=8E'];
  const octal = ['uid=08', 'size=08', 'nr_inodes=08'];
  const inodes = ['nr_inodes=18014398509481984', 'nr_inodes=16P'];
  assert.deepEqual(
    [...large, ...octal, ...inodes].filter((one) => !refused(one)),
    [],
  );
  const taken = ['uid=4294967294', 'uid=010', 'mode=37777777777', 'nr_blocks=7E', 'nr_inodes=15P', 'nr_inodes=16E'];
  assert.deepEqual([...taken, 'size=99999999999999999999', 'size=K'].filter(refused), []);
});

void test('an option is repaired', () => {
  assert.deepEqual(fixed(key, '/mnt:defaults,mode=1'), ['* Remove defaults: /mnt:mode=1']);
  assert.deepEqual(fixed(key, '/mnt:mode=1,defaults'), ['* Remove defaults: /mnt:mode=1']);
  assert.deepEqual(fixed(key, '/mnt:Size=1G'), ['* Write size: /mnt:size=1G']);
  assert.deepEqual(fixed(key, '/mnt:size=10MiB,mode=1'), ['* Write size=10M: /mnt:size=10M,mode=1']);
});

void test('with options and without a mode everybody may write', () => {
  assert.deepEqual(told(key, '/mnt:size=1G'), ['tmpfs-open-to-all none <size=1G>']);
  assert.deepEqual(fixed(key, '/mnt:size=1G'), ['Add mode=0755: /mnt:size=1G,mode=0755']);
});

void test('options are offered that are not there yet', () => {
  assert.deepEqual(offered(key, '/mnt:size=1G,mo|').slice(0, 2), ['/mnt:size=1G,mode=', '/mnt:size=1G,nr_inodes=']);
  assert.deepEqual(offered(key, '/mnt:siz|=1G').slice(0, 1), ['/mnt:size=1G']);
  assert.deepEqual(offered(key, '/mnt:size=|'), []);
  assert.deepEqual(wished(key, '/mn|t:size=1G'), ['imagePath </mnt>']);
  assert.deepEqual(wished(key, '/mnt:|'), []);
});
