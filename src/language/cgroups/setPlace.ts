/** Where a file of libcgroup lies: the directory, such as `/etc`, and the name below it that others know it by. */
export interface SetPlace {
  readonly directory: string;
  readonly name: string;
}

/** libcgroup takes every file of cgrules.d, and those of cgconfig.d that have `.conf` at their end and nowhere else. */
const setFile = /^(.*)\/(cg(?:config|rules)\.conf|cgrules\.d\/[^/]+|cgconfig\.d\/(?!.*\.conf.*\.conf$)[^/]+\.conf)$/su;

/** Undefined for a path that libcgroup would not read by itself; the directory of a path without one is empty. */
export const setPlaceOf = (path: string): SetPlace | undefined => {
  const [, directory, name] = setFile.exec(path.includes('/') ? path : `/${path}`) ?? [];
  return directory === undefined || name === undefined ? undefined : { directory, name };
};

export const setFileNames = ['cgconfig.conf', 'cgrules.conf'] as const;
export const setDirectoryNames = ['cgconfig.d', 'cgrules.d'] as const;
