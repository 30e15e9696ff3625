/**
 * What a new `.nspawn` file holds: nothing that has an effect, and the settings that people come for, to be uncommented.
 * @param name a valid machine name
 */
export const nspawnTemplate = (
  name: string,
): string => `# Settings of the machine ${name}. They take effect when it is started the next time.
# All of them: systemd.nspawn(5). Remove the "#" before a line that is to count.

[Exec]
# Give root and all users of the machine numbers of their own on the host.
#PrivateUsers=pick
# The signal by which systemd has its init stop, as Terminate and a shutdown of this host do; BusyBox knows SIGUSR2.
#KillSignal=SIGRTMIN+3

[Files]
# Show a directory of the host inside, here under /mnt.
#Bind=/srv/data:/mnt
#BindReadOnly=/usr/share/doc

[Network]
# A virtual cable to the host; "no" lets the machine use the host's own network.
#VirtualEthernet=yes
# Reach port 80 of the machine through port 8080 of the host, from other computers.
#Port=tcp:8080:80
`;
