import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseArchitectures, parseNativeArchitectures } from '../../../../src/schema/generate/architectures.ts';
import { parseCapabilities, parseDefaultCapabilities } from '../../../../src/schema/generate/capabilities.ts';
import { parseOptions } from '../../../../src/schema/generate/options.ts';
import { SourceProblem } from '../../../../src/schema/generate/cText.ts';
import { parseDefaultSyscalls, parseSyscallGroups } from '../../../../src/schema/generate/systemCalls.ts';
import { parseSizeUnits, parseTimeUnits } from '../../../../src/schema/generate/units.ts';
import { parseBindOptions } from '../../../../src/schema/generate/valueSets.ts';

test('capabilities are numbered without a gap up to the last, and each has a summary', () => {
  const header = (last: string): string =>
    `#define CAP_DAC_OVERRIDE     1\n#define CAP_CHOWN\t0\n#define CAP_LAST_CAP         ${last}\n#define CAP_TO_MASK(x)      (1U << ((x) & 31))\n`;
  assert.deepEqual(
    parseCapabilities(header('CAP_DAC_OVERRIDE')).map(({ name, number }) => [name, number]),
    [
      ['CAP_CHOWN', 0],
      ['CAP_DAC_OVERRIDE', 1],
    ],
  );
  assert.throws(() => parseCapabilities(header('CAP_FOWNER')), SourceProblem);
  assert.throws(() => parseCapabilities(`#define CAP_NEW 0\n${header('CAP_DAC_OVERRIDE')}`), /CAP_NEW is new/u);
  assert.deepEqual(
    parseDefaultCapabilities('static uint64_t arg_caps_retain =\n (1ULL << CAP_KILL) |\n (1ULL << CAP_CHOWN);'),
    ['CAP_CHOWN', 'CAP_KILL'],
  );
});

test('groups of system calls, and what is allowed when nothing is set', () => {
  const groups =
    'const SyscallFilterSet syscall_filter_sets[_MAX] = {\n        [SYSCALL_FILTER_SET_ONE] = {\n                .name = "@one",\n                .help = "Calls of one",\n                .value =\n                "@two\\0"\n                "brk\\0"\n        },\n        [SYSCALL_FILTER_SET_TWO] = {\n                .name = "@two",\n                .value =\n                "dup\\0"\n        },\n};\n';
  assert.deepEqual(parseSyscallGroups(groups), [
    { name: '@one', members: ['@two', 'brk'] },
    { name: '@two', members: ['dup'] },
  ]);
  const allowed =
    'static int add_syscall_filters(int ctx) {\n        } allow_list[] = {\n                { 0,       "@one" },\n                { CAP_BPF, "bpf", },\n        };\n}\n';
  assert.deepEqual(parseDefaultSyscalls(allowed), [
    { capability: null, item: '@one' },
    { capability: 'CAP_BPF', item: 'bpf' },
  ]);
  assert.throws(() => parseDefaultSyscalls(''), SourceProblem);
});

test('an architecture runs the secondary one of the same branch', () => {
  const words = parseArchitectures(
    'static const char *const architecture_table[_MAX] = {\n        [ARCHITECTURE_BIG] = "big",\n        [ARCHITECTURE_SMALL] = "small",\n};\n',
  );
  const header =
    '#  define native_architecture() ARCHITECTURE_SMALL\n#  define native_architecture() ARCHITECTURE_BIG\n#  define LIB_ARCH_TUPLE "x"\n#  define ARCHITECTURE_SECONDARY ARCHITECTURE_SMALL\n';
  assert.deepEqual(parseNativeArchitectures(header, words), { big: ['big', 'small'] });
});

test('units of time keep their order, units of size begin with the smallest', () => {
  const time =
    'static const char* extract_multiplier(const char *p, usec_t *ret) {\n                { "sec",  USEC_PER_SEC    },\n                { "s",    USEC_PER_SEC    },\n                { "usec", 1ULL            },\n}\n';
  const units = parseTimeUnits(time);
  assert.deepEqual([units['s'], units['us'], units['h']], [['sec', 's'], ['usec'], []]);
  assert.throws(() => parseTimeUnits(time.replace('1ULL', 'USEC_PER_DECADE')), SourceProblem);
  assert.deepEqual(
    parseSizeUnits(
      'int parse_size(const char *t) {\n        static const struct table iec[] = {\n                { "K", 1024ULL },\n                { "B", 1ULL },\n                { "",  1ULL },\n        };\n}\n',
    ),
    ['B', 'K'],
  );
});

test('options of Bind=, and those of the command line in both forms that systemd has had', () => {
  assert.deepEqual(
    parseBindOptions(
      'static int parse_mount_bind_options(const char *options) {\n        if (streq(word, "one"))\n                a();\n        else if (streq(word, "two"))\n                b();\n}\n',
    ),
    ['one', 'two'],
  );
  const getopt =
    'static int parse_argv(int argc, char *argv[]) {\n                { "colour", required_argument, NULL, ARG_COLOUR },\n                { "quiet",  no_argument,       NULL, \'q\' },\n        c = getopt_long(argc, argv, "+qx:", options, NULL);\n}\n';
  assert.deepEqual([...parseOptions(getopt)].sort(), ['--colour', '--quiet', '-q', '-x']);
  const macros =
    'OPTION(\'q\', "quiet", NULL, "Say less"):\nOPTION_LONG("as-pid2", NULL, "x"):\nOPTION_LONG_FLAGS(OPTION_OPTIONAL_ARG, "mode", "MODE",\nOPTION_SHORT(\'U\', NULL,\nOPTION_GROUP("Image"): {}\n';
  assert.deepEqual([...parseOptions(macros)].sort(), ['--as-pid2', '--mode', '--quiet', '-U', '-q']);
});
