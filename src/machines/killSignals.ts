/** The signals that a person may want to send, as systemd names them; the usual ones come first. */
export const killSignals = [
  'SIGTERM',
  'SIGKILL',
  'SIGINT',
  'SIGHUP',
  'SIGUSR1',
  'SIGUSR2',
  'SIGQUIT',
  'SIGSTOP',
  'SIGCONT',
  'SIGABRT',
  'SIGALRM',
  'SIGPWR',
  'SIGWINCH',
  'SIGPIPE',
  'SIGTSTP',
  'SIGCHLD',
  'SIGRTMIN+3',
  'SIGRTMIN+4',
  'SIGRTMIN+5',
] as const;

export type KillSignal = (typeof killSignals)[number];

/** Whom a signal is sent to: init alone, or every process of the machine, systemd-nspawn itself included. */
export type KillTarget = 'leader' | 'all';

export interface KillRequest {
  readonly signal: KillSignal;
  readonly whom: KillTarget;
}
