/* Says what a process may do, a line each: run by a machine itself and by a shell in it, the answers are compared. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/netlink.h>

static char scratch[4096];

static void status(void) {
  char line[512];
  FILE *file = fopen("/proc/self/status", "r");
  while (file && fgets(line, sizeof line, file))
    if (!strncmp(line, "Cap", 3) || !strncmp(line, "NoNewPrivs", 10) || !strncmp(line, "Seccomp:", 8)) printf("status %s", line);
  for (int limit = 0; limit < RLIM_NLIMITS; limit++) {
    struct rlimit value;
    if (getrlimit(limit, &value) == 0) printf("limit %d: %llu %llu\n", limit, (unsigned long long)value.rlim_cur, (unsigned long long)value.rlim_max);
  }
  file = fopen("/proc/self/oom_score_adj", "r");
  if (file && fgets(line, sizeof line, file)) printf("oom score: %s", line);
  file = fopen("/proc/self/cgroup", "r");
  while (file && fgets(line, sizeof line, file)) printf("group %s", line);
}

static void device(const char *name, mode_t type, int major, int minor) {
  char path[] = "/tmp/probe-device";
  unlink(path);
  int made = mknod(path, type | 0600, makedev(major, minor)) ? errno : 0;
  int opened = -1;
  if (made == 0) {
    int fd = open(path, O_RDWR | O_NONBLOCK);
    opened = fd < 0 ? errno : 0;
    if (fd >= 0) close(fd);
    unlink(path);
  }
  printf("device %s: %d %d\n", name, made, opened);
}

/* In a child, which may hang or be killed. All pointers that are not needed are bad, so nothing is done. */
static void call(const char *name, long number, long a, long b, long c, long d, long e) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    alarm(30);
    setsid();
    long result = syscall(number, a, b, c, d, e, 0L);
    printf("call %s: %d\n", name, result < 0 ? errno : 0);
    fflush(stdout);
    _exit(0);
  }
  int end;
  waitpid(child, &end, 0);
  if (WIFSIGNALED(end)) printf("call %s: signal\n", name);
}

/* AUDIT_USER_AVC, which the kernel takes from whoever has CAP_AUDIT_WRITE; AUDIT_GET needs CAP_AUDIT_CONTROL. */
static void audit(const char *name, int type) {
  int fd = socket(AF_NETLINK, SOCK_RAW, 9);
  int error = fd < 0 ? errno : 0;
  if (fd >= 0) {
    struct { struct nlmsghdr head; char text[16]; } request = {
      .head = { .nlmsg_len = sizeof request, .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK, .nlmsg_seq = 1 }, .text = "probe" };
    struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
    struct { struct nlmsghdr head; int error; char rest[8192]; } answer;
    struct timeval patience = { 1, 0 };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (sendto(fd, &request, sizeof request, 0, (struct sockaddr *)&kernel, sizeof kernel) < 0 || recv(fd, &answer, sizeof answer, 0) < 0) error = errno;
    else error = answer.head.nlmsg_type == NLMSG_ERROR ? -answer.error : 0;
    close(fd);
  }
  printf("audit %s: %d\n", name, error);
}

#define CALL(name, ...) call(#name, SYS_##name, __VA_ARGS__)
#define OLD(name, number, ...) call(#name, number, __VA_ARGS__)

int main(void) {
  long bad = 1, at = (long)scratch;
  status();
  device("null", S_IFCHR, 1, 3);
  device("kmsg", S_IFCHR, 1, 11);
  device("mem", S_IFCHR, 1, 1);
  device("port", S_IFCHR, 1, 4);
  device("tun", S_IFCHR, 10, 200);
  device("fuse", S_IFCHR, 10, 229);
  device("loop-control", S_IFCHR, 10, 237);
  device("loop0", S_IFBLK, 7, 0);
  device("vda", S_IFBLK, 254, 0);
  device("sda", S_IFBLK, 8, 0);
  audit("control", 1000);
  audit("write", 1107);
  CALL(open_by_handle_at, -1, bad, 0, 0, 0);
  CALL(name_to_handle_at, -1, bad, bad, bad, 0);
  CALL(bpf, 999, bad, 0, 0, 0);
  CALL(perf_event_open, bad, 0, -1, -1, 0);
  CALL(fanotify_init, 0x7fff0000, 0, 0, 0, 0);
  CALL(fanotify_mark, -1, 0, 0, 0, 0);
  CALL(lookup_dcookie, 0, bad, 0, 0, 0);
  CALL(quotactl, 0x7fffff00, bad, 0, 0, 0);
  OLD(quotactl_fd, 443, -1, 0, 0, 0, 0);
  CALL(pkey_alloc, 99, 99, 0, 0, 0);
  CALL(pkey_free, -1, 0, 0, 0, 0);
  CALL(pkey_mprotect, 0, 0, 99, -1, 0);
  CALL(init_module, bad, 0, bad, 0, 0);
  CALL(finit_module, -1, bad, 0, 0, 0);
  CALL(delete_module, bad, 0, 0, 0, 0);
  CALL(iopl, 99, 0, 0, 0, 0);
  CALL(ioperm, 0xffffff, 1, 1, 0, 0);
  CALL(clock_settime, 99, bad, 0, 0, 0);
  CALL(settimeofday, bad, 0, 0, 0, 0);
  CALL(adjtimex, bad, 0, 0, 0, 0);
  CALL(clock_adjtime, 99, bad, 0, 0, 0);
  CALL(kexec_load, 0, 99, bad, 0xffff, 0);
  CALL(kexec_file_load, -1, -1, 0, bad, 0xffff);
  CALL(swapon, bad, 0, 0, 0, 0);
  CALL(swapoff, bad, 0, 0, 0, 0);
  CALL(add_key, bad, bad, 0, 0, 0);
  CALL(request_key, bad, bad, 0, 0, 0);
  CALL(keyctl, 9999, 0, 0, 0, 0);
  CALL(acct, bad, 0, 0, 0, 0);
  CALL(syslog, 99, 0, 0, 0, 0);
  CALL(reboot, 0, 0, 0, 0, 0);
  CALL(vhangup, 0, 0, 0, 0, 0);
  CALL(mlock, at, 1, 0, 0, 0);
  CALL(mlockall, 0, 0, 0, 0, 0);
  CALL(ptrace, 9999, -1, 0, 0, 0);
  CALL(process_vm_readv, -1, bad, 1, bad, 1);
  CALL(process_vm_writev, -1, bad, 1, bad, 1);
  CALL(modify_ldt, 9, 0, 0, 0, 0);
  CALL(sysfs, 99, 0, 0, 0, 0);
  CALL(ustat, 0, bad, 0, 0, 0);
  CALL(uselib, bad, 0, 0, 0, 0);
  CALL(move_pages, -1, 0, 0, 0, 0);
  CALL(mbind, 0, 0, 99, 0, 0);
  CALL(set_mempolicy, 99, 0, 0, 0, 0);
  CALL(migrate_pages, -1, 0, 0, 0, 0);
  CALL(mount, bad, bad, bad, 0, 0);
  CALL(umount2, bad, 0, 0, 0, 0);
  CALL(pivot_root, bad, bad, 0, 0, 0);
  CALL(chroot, bad, 0, 0, 0, 0);
  CALL(setns, -1, 0, 0, 0, 0);
  CALL(unshare, 0x1, 0, 0, 0, 0);
  CALL(userfaultfd, 0x7fff0000, 0, 0, 0, 0);
  CALL(seccomp, 99, 0, 0, 0, 0);
  CALL(chown, bad, 0, 0, 0, 0);
  CALL(io_setup, 0, 0, 0, 0, 0);
  OLD(io_uring_setup, 425, 0, bad, 0, 0, 0);
  OLD(io_uring_register, 427, -1, 99, 0, 0, 0);
  OLD(open_tree, 428, -1, bad, 0x7fff0000, 0, 0);
  OLD(fsopen, 430, bad, 0, 0, 0, 0);
  OLD(pidfd_open, 434, -1, 0, 0, 0, 0);
  OLD(pidfd_getfd, 438, -1, -1, 0, 0, 0);
  OLD(process_madvise, 440, -1, bad, 1, 99, 0);
  OLD(mount_setattr, 442, -1, bad, 0x7fff0000, 0, 0);
  OLD(landlock_create_ruleset, 444, 0, 0, 1, 0, 0);
  OLD(memfd_secret, 447, 0x7fff0000, 0, 0, 0, 0);
  OLD(process_mrelease, 448, -1, 0, 0, 0, 0);
  OLD(cachestat, 451, -1, 0, bad, 0, 0);
  OLD(fchmodat2, 452, -1, bad, 0, 0x7fff0000, 0);
  OLD(map_shadow_stack, 453, 1, 1, 0x7fff0000, 0, 0);
  OLD(statmount, 457, bad, 0, 0, 0, 0);
  OLD(listmount, 458, bad, 0, 0, 0, 0);
  return 0;
}
