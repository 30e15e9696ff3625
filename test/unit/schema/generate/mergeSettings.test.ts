import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskOf, parseMergeSettings, trustIn } from '../../../../src/schema/generate/mergeSettings.ts';
import { SourceProblem } from '../../../../src/schema/generate/cText.ts';

const nspawn = `static int merge_settings(Settings *settings, const char *path) {
        if ((arg_settings_mask & SETTING_HOSTNAME) == 0 &&
            settings->hostname)
                arg_hostname = settings->hostname;

        if ((arg_settings_mask & SETTING_CAPABILITY) == 0) {
                plus = settings->capability;
                if ((arg_settings_mask & SETTING_NETWORK) == 0)
                        if (settings_private_network(settings))
                                plus |= NET;
                if (!arg_settings_trusted && plus != 0)
                        log_warning("Ignoring Capability= setting, file %s is not trusted.", path);
                minus = settings->drop_capability;
        }

        if ((arg_settings_mask & SETTING_NETWORK) == 0) {
                if (!arg_settings_trusted)
                        log_warning("Ignoring network settings, file %s is not trusted.", path);
                else
                        arg_private_network = settings_private_network(settings);
        }

        for (rl = 0; rl < _RLIMIT_MAX; rl++) {
                if ((arg_settings_mask & (SETTING_RLIMIT_FIRST << rl)))
                        continue;
                if (!arg_settings_trusted)
                        log_warning("Ignoring Limit%s= setting, file '%s' is not trusted.", rlimit_to_string(rl), path);
                arg_rlimit[rl] = settings->rlimit[rl];
        }
}
`;
const blocks = parseMergeSettings(nspawn);

test('each setting has the mask of the block that takes it over', () => {
  assert.deepEqual(
    ['hostname', 'capability', 'drop_capability', 'private_network', 'rlimit'].map((field) => maskOf(blocks, field)),
    ['HOSTNAME', 'CAPABILITY', 'CAPABILITY', 'NETWORK', 'RLIMIT_FIRST'],
  );
  assert.throws(() => maskOf(blocks, 'colour'), SourceProblem);
});

test('what a file that is not trusted may set', () => {
  assert.equal(trustIn(blocks, 'HOSTNAME', 'Hostname'), 'honoured');
  assert.equal(trustIn(blocks, 'CAPABILITY', 'Capability'), 'ignored');
  assert.equal(trustIn(blocks, 'CAPABILITY', 'DropCapability'), 'honoured');
  assert.equal(trustIn(blocks, 'NETWORK', 'Private'), 'ignored');
  assert.equal(trustIn(blocks, 'RLIMIT_FIRST', 'LimitCPU'), 'ignored');
});

test('system calls are decided by what is allowed, and a new decision stops', () => {
  const filter = (condition: string): ReturnType<typeof parseMergeSettings> => [
    { mask: 'SYSCALL_FILTER', text: `if (${condition}) log_warning("Ignoring SystemCallFilter= settings, …");` },
  ];
  const denyOnly = '!arg_settings_trusted && !strv_isempty(settings->syscall_allow_list)';
  assert.equal(trustIn(filter(denyOnly), 'SYSCALL_FILTER', 'SystemCallFilter'), 'denyOnly');
  assert.throws(() => trustIn(filter('!arg_settings_trusted'), 'SYSCALL_FILTER', 'SystemCallFilter'), SourceProblem);
  assert.throws(() => trustIn([], 'HOSTNAME', 'Hostname'), SourceProblem);
});
