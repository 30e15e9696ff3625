import type { Reach } from '../../machines/host/reach.ts';
import { mayReadSystemJournal } from '../../machines/host/readableJournal.ts';
import { reachForTerminal } from '../privileges.ts';
import type { Services } from '../services.ts';

/** How this user comes to read the system's journal, which polkit gives to nobody. @throws MachineError cancelled, notAuthorized */
export const reachForJournal = async (services: Pick<Services, 'run'>, title: string): Promise<Reach> =>
  (await mayReadSystemJournal()) ? 'direct' : reachForTerminal(services, title, []);
