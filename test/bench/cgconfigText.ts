const owners = `	perm {
		task {
			uid = root;
			gid = root;
		}
		admin {
			uid = root;
			gid = root;
		}
	}
`;

/**
 * A cgconfig.conf of so many groups with 14 lines each, of the kind of the largest sample of libcgroup: 2,000 groups make
 * 28,005 lines.
 * @param name what the groups are called by, so that no two texts are the same
 */
export const manyGroups = (groups: number, name: string): string => {
  const mounts = 'mount {\n\tcpu = /cgroup/cpu;\n\tcpuacct = /cgroup/cpu;\n\tmemory = /cgroup/memory;\n}\n';
  const group = (_: unknown, index: number): string =>
    `group ${name}${Math.floor(index / 40)}/g${index} {\n${owners}\tcpu {}\n\tmemory {}\n}\n`;
  return mounts + Array.from({ length: groups }, group).join('');
};
