/*
 * What the liblxc of a suite makes of configurations; nothing is started. Files come and answers go as exchange.pl says, but this
 * needs structures of C. An answer is a record with how the whole file ended (t taken, r refused, c crashed), one with the same
 * for each of its lines, in its order (. for one without a setting), and then, for each key that is written in it, the key, a NUL
 * and what liblxc gives back for it behind the last line.
 *
 * A line is judged behind those above it: each is loaded as a file of its own into one configuration, which a load does not
 * clear, so that one mistake does not hide the next. Some functions of liblxc answer with -errno and forget to set it, so errno
 * is handed on from line to line.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* As lxc/lxccontainer.h lays it out, which stays as it is within liblxc.so.1. */
struct container {
	void *names[5];
	int threads;
	void *configuration;
	char *error;
	int error_number;
	bool daemonize;
	char *path;
	void (*before_load[6])(void);
	bool (*load)(struct container *, const char *file);
	void (*before_get[17])(void);
	int (*get)(struct container *, const char *key, char *into, int size);
};

static struct container *(*new_container)(const char *name, const char *path);
static int kept_errno;

static const char whole[] = "/tmp/config", one[] = "/tmp/line", place[] = "/tmp/containers";

static void write_file(const char *path, const char *text, size_t size)
{
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (file < 0 || write(file, text, size) != (ssize_t)size)
		_exit(3);
	close(file);
}

static void record(const char *bytes, size_t size)
{
	printf("%zu\n", size);
	fwrite(bytes, 1, size, stdout);
}

/* In a process of its own, because liblxc may crash. */
static char verdict_of_whole(void)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		struct container *c = new_container("judged", place);
		_exit(c && c->load(c, whole) ? 0 : 1);
	}
	waitpid(child, &status, 0);
	return WIFSIGNALED(status) ? 'c' : WEXITSTATUS(status) == 0 ? 't' : 'r';
}

static bool load_line(struct container *c, const char *line, size_t size)
{
	char *with_end = malloc(size + 1);
	bool taken;

	memcpy(with_end, line, size);
	with_end[size] = '\n';
	write_file(one, with_end, size + 1);
	free(with_end);
	errno = kept_errno;
	taken = c->load(c, one);
	kept_errno = errno;
	return taken;
}

/* The key that a line sets, in memory of its own. */
static char *key_of(const char *line, size_t size)
{
	const char *equals = memchr(line, '=', size);
	size_t length = equals ? (size_t)(equals - line) : 0;

	while (length > 0 && strchr(" \t", line[length - 1]))
		length--;
	return length < 5 || strncmp(line, "lxc.", 4) ? NULL : strndup(line, length);
}

static void judge(const char *text, size_t size)
{
	size_t end = strnlen(text, size), lines = 0, keys = 0, values = 0;
	char *verdicts = malloc(size + 2), **key = calloc(size + 2, sizeof(char *)), **value = calloc(size + 2, sizeof(char *));
	size_t *length = calloc(size + 2, sizeof(size_t));
	struct container *c;
	char status;

	write_file(whole, text, size);
	status = verdict_of_whole();
	c = new_container("judged", place);
	kept_errno = errno;
	if (!c || !load_line(c, "#", 1))
		_exit(3);
	for (size_t from = 0; from < end;) {
		size_t width = 0, lead;

		while (from + width < end && !strchr("\r\n", text[from + width]))
			width++;
		lead = strspn(text + from, " \t");
		if (lead >= width || text[from + lead] == '#')
			verdicts[lines++] = '.';
		else {
			char *written = key_of(text + from + lead, width - lead);

			verdicts[lines++] = load_line(c, text + from, width) ? 't' : 'r';
			for (size_t i = 0; written && i < keys; i++)
				if (!strcmp(key[i], written)) {
					free(written);
					written = NULL;
				}
			if (written)
				key[keys++] = written;
		}
		from += width;
		if (from + 1 < end && text[from] == '\r' && text[from + 1] == '\n')
			from++;
		from++;
	}
	for (size_t i = 0; i < keys; i++) {
		int wanted = c->get(c, key[i], NULL, 0);
		size_t head = strlen(key[i]) + 1;

		if (wanted < 0)
			continue;
		value[values] = calloc(1, head + wanted + 1);
		strcpy(value[values], key[i]);
		if (c->get(c, key[i], value[values] + head, wanted + 1) < 0)
			continue;
		length[values++] = head + wanted;
	}
	printf("%zu\n", values + 2);
	record(&status, 1);
	record(verdicts, lines);
	for (size_t i = 0; i < values; i++)
		record(value[i], length[i]);
	fflush(stdout);
}

int main(void)
{
	void *library = dlopen("liblxc.so.1", RTLD_NOW | RTLD_GLOBAL);
	char line[32];

	if (library)
		*(void **)&new_container = dlsym(library, "lxc_container_new");
	if (!new_container) {
		fprintf(stderr, "no liblxc: %s\n", dlerror());
		return 2;
	}
	freopen("/dev/null", "w", stderr);
	mkdir(place, 0755);
	while (fgets(line, sizeof(line), stdin)) {
		size_t size = 0;
		char *text;
		int status = 0;
		pid_t child;

		/* No function of the C library: newer headers give it a name that older libraries lack. */
		for (const char *digit = line; *digit >= '0' && *digit <= '9'; digit++)
			size = size * 10 + (*digit - '0');
		text = calloc(1, size + 1);

		if (fread(text, 1, size, stdin) != size)
			return 2;
		child = fork();
		if (child == 0) {
			judge(text, size);
			_exit(0);
		}
		waitpid(child, &status, 0);
		if (status != 0) {
			printf("1\n1\nc");
			fflush(stdout);
		}
		free(text);
	}
	return 0;
}
