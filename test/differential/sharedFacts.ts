import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../rig/cache.ts';

/**
 * The folder with facts and foreign sample files that lies beside the repository on some machines, or where NSPAWN_SHARED
 * says; undefined where there is none. Foreign files are read there, and none is part of the project.
 */
export const sharedFacts = async (): Promise<string | undefined> => {
  const facts = join(process.env['NSPAWN_SHARED'] ?? join(repositoryRoot, '../shared'), 'facts');
  try {
    await access(facts);
    return facts;
  } catch {
    // It is not there.
    return undefined;
  }
};

/** What a test is told when the folder is missing. */
export const noSharedFacts = 'the folder shared/facts with sample files is not beside the repository';
