import { registerHooks } from 'node:module';

// What ui imports as `vscode` is there in VS Code only. Import this file, and then await what is to be tested.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: new URL('standIn.ts', import.meta.url).href, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
