import type { Finding } from '../../src/language/finding.ts';

/**
 * Rules about what systemd-nspawn does without a word, or says only when it mounts and starts: no run of it on an empty
 * directory can show them.
 */
const judgedElsewhere: Readonly<Record<string, string>> = {
  'unknown-system-call': 'the filter is made when the machine starts, and an unknown call is left out without a word',
  'unknown-bind-option': 'options of a bind mount are read when it is mounted',
  'unknown-tmpfs-option': 'options of a tmpfs are read by the kernel',
  'invalid-tmpfs-option': 'options of a tmpfs are read by the kernel',
  'idmap-maps-root-twice': 'options of a bind mount are read when it is mounted',
  'idmap-needs-userns': 'options of a bind mount are read when it is mounted',
  'bind-user-not-supported': 'users are looked up when the machine starts',
  'comma-in-interface-name': 'interfaces are looked up when the machine starts',
  'semicolon-for-colon': 'sources are looked up when the machine starts',
  'mount-below-proc': 'it is mounted when the machine has started already',
  'hides-needed-path': 'it is mounted when the machine starts',
  'inaccessible-not-there-yet': 'it is mounted when the machine starts',
  'overlay-upper-in-image': 'it is mounted when the machine starts',
  'volatile-mapped': 'files are mapped when the machine starts',
  'volatile-path-missing': 'paths are looked up when the machine starts',
  'impossible-user': 'the user is looked up inside the machine',
};

/** Whether nothing can be said about this finding by having a file read by systemd-nspawn. */
export const isJudgedElsewhere = ({ rule, effect }: Finding): boolean =>
  rule in judgedElsewhere ||
  // Words that would have been a comment have become part of one of those options.
  (rule === 'comment-after-value' && effect === 'start-refused');
