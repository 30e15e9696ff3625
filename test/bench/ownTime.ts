/**
 * Milliseconds that this thread worked for something, without others on the machine. The clock may go on in steps of some
 * milliseconds, so this is for what takes a hundred.
 */
export const ownTime = async (work: () => unknown): Promise<number> => {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
};
