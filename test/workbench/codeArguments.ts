/** What `runTests` of @vscode/test-electron says on the command line, as far as a server can follow it. */
export interface CodeArguments {
  readonly extensionTestsPath: string;
  readonly extensionDevelopmentPaths: readonly string[];
  readonly userDataDirectory: string | undefined;
  readonly extensionsDirectory: string | undefined;
  readonly disableExtensions: boolean;
  /** A folder to open. */
  readonly folder: string | undefined;
}

/** @throws Error when there is nothing to run. */
export const parseCodeArguments = (argv: readonly string[]): CodeArguments => {
  const valuesOf = (name: string): string[] =>
    argv.filter((argument) => argument.startsWith(`--${name}=`)).map((argument) => argument.slice(name.length + 3));
  const extensionTestsPath = valuesOf('extensionTestsPath').at(-1);
  if (extensionTestsPath === undefined) throw new Error('code: --extensionTestsPath is required');
  const extensionDevelopmentPaths = valuesOf('extensionDevelopmentPath');
  // VS Code would wait for ever instead of running anything.
  if (extensionDevelopmentPaths.length === 0) throw new Error('code: --extensionDevelopmentPath is required');
  return {
    extensionTestsPath,
    extensionDevelopmentPaths,
    userDataDirectory: valuesOf('user-data-dir').at(-1),
    extensionsDirectory: valuesOf('extensions-dir').at(-1),
    disableExtensions: argv.includes('--disable-extensions'),
    folder: argv.find((argument) => !argument.startsWith('-')),
  };
};
