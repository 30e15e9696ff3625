import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTokens } from '../../../../src/language/cgconfig/tokens.ts';
import type { LexerToken } from '../../../../src/language/cgconfig/tokens.ts';
import { findingsOf } from './findings.ts';

const text = `# what the shop runs in
mount {
  cpu = /sys/fs/cgroup/cpu;
  memory = /sys/fs/cgroup/memory;
}

default {
  perm {
    task {
      uid = root;
      gid = root;
    }
    admin {
      uid = root;
      fperm = 775;
    }
  }
}

group shop/web {
  perm {
    task {
      uid = www-data;
    }
    admin {
      uid = root;
    }
  }
  cpu {
    cpu.shares = "512";
    cpu.cfs_quota_us = 50000;
  }
  memory {
    memory.limit_in_bytes = 64M;
  }
  cpuacct { }
}

template users/%u {
  cpuset { cpuset.cpus = 0-1; cpuset.mems = 0; }
  freezer {
  }
}

systemd {
  slice = shop.slice;
  scope = shop.scope;
  setdefault = yes;
}
`;

const { tokens } = readTokens(text);

const without = ({ start, end }: LexerToken): string => text.slice(0, start) + text.slice(end);

/** Where the mistake may be shown: the line of the missing mark, or that of what stands in front of it. */
const linesFor = (token: LexerToken): readonly number[] => {
  const before = tokens[tokens.indexOf(token) - 1]?.line ?? token.line;
  return [...new Set([before, token.line])];
};

test('a file without a slip has no finding of a mistake', () => {
  assert.deepEqual(
    findingsOf(text).filter(({ severity }) => severity === 'error'),
    [],
  );
});

for (const mark of [';', '=', '{', '}'])
  test(`one “${mark}” that is missing is one mistake, at its place`, () => {
    const wrong: string[] = [];
    for (const token of tokens.filter((one) => one.kind === 'punctuation' && one.text === mark)) {
      const mistakes = findingsOf(without(token)).filter(({ severity }) => severity === 'error');
      const shown = mistakes.map(({ rule, line }) => `${rule} ${line}`);
      const [first] = mistakes;
      if (mistakes.length !== 1 || first === undefined || !linesFor(token).includes(first.line))
        wrong.push(`line ${token.line}: ${shown.join(', ') || 'nothing'}`);
    }
    assert.deepEqual(wrong, []);
  });
