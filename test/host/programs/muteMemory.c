/*
 * A process whose command line nobody can read: it holds the lock of its own memory for good. It faults in a page of a file, its
 * FUSE refuses the first read, so that the kernel asks again with the lock held, and never answers the second one. Meanwhile
 * another thread wants to change the memory, and whoever reads there waits behind it.
 */
#include <fcntl.h>
#include <linux/fuse.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static const char file[] = "/run/mute-file";
static const char ready[] = "/run/mute-memory";
static volatile int *reads;

static void answer(int fuse, const struct fuse_in_header *question, int error, const void *body, size_t length) {
  char buffer[512];
  struct fuse_out_header header = {sizeof header + length, error, question->unique};
  memcpy(buffer, &header, sizeof header);
  if (length > 0) memcpy(buffer + sizeof header, body, length);
  if (write(fuse, buffer, header.len) < 0) perror("answer");
}

static void serve(int fuse) {
  static char buffer[1 << 18];
  while (read(fuse, buffer, sizeof buffer) > 0) {
    const struct fuse_in_header *question = (const void *)buffer;
    struct fuse_init_out init = {.major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = 4096};
    struct fuse_attr_out attributes = {
        .attr_valid = 1000, .attr = {.ino = 1, .size = 4096, .mode = S_IFREG | 0444, .nlink = 1}};
    struct fuse_open_out opened = {.fh = 1};
    if (question->opcode == FUSE_INIT) answer(fuse, question, 0, &init, sizeof init);
    else if (question->opcode == FUSE_GETATTR) answer(fuse, question, 0, &attributes, sizeof attributes);
    else if (question->opcode == FUSE_OPEN) answer(fuse, question, 0, &opened, sizeof opened);
    else if (question->opcode != FUSE_READ) answer(fuse, question, -38, NULL, 0);
    else if ((*reads)++ == 0) answer(fuse, question, -5, NULL, 0);
    else {
      usleep(300000);
      close(open(ready, O_CREAT | O_WRONLY, 0644));
    }
  }
}

static void *fault(void *page) { return (void *)(long)*(volatile char *)page; }

int main(void) {
  char options[80];
  struct stat known;
  pthread_t thread;
  close(open(file, O_CREAT | O_WRONLY, 0644));
  int fuse = open("/dev/fuse", O_RDWR);
  if (fuse < 0 && mknod("/dev/fuse", S_IFCHR | 0600, makedev(10, 229)) == 0) fuse = open("/dev/fuse", O_RDWR);
  snprintf(options, sizeof options, "fd=%d,rootmode=100000,user_id=0,group_id=0", fuse);
  if (fuse < 0 || mount("mute", file, "fuse", 0, options) != 0) {
    perror("mute");
    return 1;
  }
  reads = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) {
    serve(fuse);
    return 0;
  }
  /* What hangs ends with the one that does not answer. */
  close(fuse);
  int mapped = open(file, O_RDONLY);
  /* The kernel has to know its size. */
  if (mapped < 0 || fstat(mapped, &known) != 0) {
    perror("mapped");
    return 1;
  }
  void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, mapped, 0);
  madvise(page, 4096, MADV_RANDOM);
  pthread_create(&thread, NULL, fault, page);
  while (*reads < 2) usleep(1000);
  mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  pause();
}
