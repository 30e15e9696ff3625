/* Mounts a file system on /etc that never answers: whoever reads there waits for good. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int main(void) {
  char options[80];
  int fuse = open("/dev/fuse", O_RDWR);
  if (fuse < 0 && mknod("/dev/fuse", S_IFCHR | 0600, makedev(10, 229)) == 0) fuse = open("/dev/fuse", O_RDWR);
  snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0", fuse);
  if (fuse < 0 || mount("mute", "/etc", "fuse", 0, options) != 0) {
    perror("mute");
    return 1;
  }
  FILE *ready = fopen("/run/mute", "w");
  if (ready) fclose(ready);
  for (;;) pause();
}
