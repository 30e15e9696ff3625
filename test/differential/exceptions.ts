import type { Finding } from '../../src/language/finding.ts';

/**
 * Rules about what systemd-nspawn does without a word, or says only when it mounts and starts: no run of it on an empty
 * directory can show them.
 */
const judgedElsewhere: Readonly<Record<string, string>> = {};

/** Whether nothing can be said about this finding by having a file read by systemd-nspawn. */
export const isJudgedElsewhere = ({ rule }: Finding): boolean => rule in judgedElsewhere;
