/** How a machine stands among those that its host starts at boot. */
export interface BootPlace {
  /** Smaller numbers start first. */
  readonly order: number;
  /** Seconds until the next one. */
  readonly delay: number;
  readonly groups: readonly string[];
}

/** What the configuration of a machine says of its start. */
export interface StartSettings extends BootPlace {
  /** Undefined where it may be said in a file that was not read. */
  readonly atBoot: boolean | undefined;
  /** Undefined where it leaves that to the tool. */
  readonly logLevel: string | undefined;
}

/** What is done to all that start at boot, at any other time. */
export type AtBootAct = 'start' | 'powerOff' | 'reboot';

/** Which of them: all, those that the host itself starts, or those of one group. */
export type AtBootGroup = 'all' | 'boot' | { readonly name: string };

/** One of those, by its reference. */
export interface StartsAtBoot {
  readonly id: string;
  /** Seconds until the next one. */
  readonly delay: number;
}

/** From the most words to the fewest. */
export const logLevels = ['TRACE', 'DEBUG', 'INFO', 'NOTICE', 'WARN', 'ERROR', 'CRIT', 'ALERT', 'FATAL'] as const;

export type LogLevel = (typeof logLevels)[number];

export const isOrder = (text: string): boolean => /^-?\d{1,6}$/u.test(text);

/** Up to a day and more. */
export const isDelay = (text: string): boolean => /^\d{1,5}$/u.test(text);

/** lxc-autostart is given several with commas between, and a configuration with blanks. */
export const isGroupName = (text: string): boolean => /^\w[\w.+-]{0,63}$/u.test(text);
