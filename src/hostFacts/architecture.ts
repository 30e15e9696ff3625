import { arch, endianness } from 'node:os';

/** Node's names of architectures in systemd's words, which are those of `Personality=` and of its source's architecture.c. */
const words: Readonly<Record<string, string>> = {
  arm: 'arm',
  arm64: 'arm64',
  ia32: 'x86',
  loong64: 'loongarch64',
  mips: 'mips',
  mipsel: 'mips-le',
  ppc64: endianness() === 'LE' ? 'ppc64-le' : 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'x86-64',
};

/** The architecture of this machine in systemd's words; undefined for one that systemd has no word for. */
export const architecture = (): string | undefined => words[arch()];
