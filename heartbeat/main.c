/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The command: start, stop, status, reload, check.
 *
 * Source: compat commands.md section 2.1 for options, texts and exit codes.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "conf/weak_key.h"
#include "directories.h"
#include "engine.h"
#include "engine_process.h"
#include "exit_code.h"
#include "files.h"
#include "init.h"
#include "lineage.h"
#include "log_place.h"
#include "master.h"
#include "notify.h"
#include "pidfile.h"
#include "preflight.h"
#include "privs.h"
#include "resume.h"
#include "sockets.h"
#include "verdict.h"

#define INIT_TITLE "heartbeat: init"
#define STOP_LOOK_US 100000
/* One that starts writes its number when it has read its configuration. */
#define START_PATIENCE_US (30 * 1000000)
#define RELOAD_LOOK_US 50000
/* A name server that does not answer may hold it up; not for ever. */
#define RELOAD_PATIENCE_US (60 * 1000000)

enum command {
	COMMAND_START,
	COMMAND_STATUS,
	COMMAND_STOP,
	COMMAND_RELOAD,
	COMMAND_CHECK,
};

struct options {
	enum command command;
	bool foreground;
	unsigned debug;
};

/* What a start has in hand before there is a master. */
struct loaded {
	struct files *files;
	struct conf *conf;
	struct sockets *sockets;
	GPtrArray *faults;
};

static void
loaded_clear(struct loaded *l)
{
	sockets_free(l->sockets);
	conf_free(l->conf);
	files_free(l->files);
	g_clear_pointer(&l->faults, g_ptr_array_unref);
}

static void
print_faults(const GPtrArray *faults, bool hints_too)
{
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);
		g_autofree char *text = NULL;

		if (!f->is_error && !hints_too)
			continue;
		text = fault_text(f);
		fprintf(stderr, "%s\n", text);
	}
}

static struct loaded
load(bool with_sockets)
{
	struct loaded l = {.faults = conf_faults_new()};

	l.files = files_read(HB_HADIR, l.faults);
	l.conf = preflight(l.files, l.faults);
	if (l.conf != NULL && with_sockets)
		l.sockets = sockets_open(l.conf, l.files->hacf_path, NULL, l.faults);
	return l;
}

static enum exit_code
load_result(const struct loaded *l)
{
	if (l->conf != NULL && !files_faulty(l->faults))
		return DONE;
	return l->files->denied ? NOT_PERMITTED : BAD_CONFIGURATION;
}

/* --- status, stop, check ------------------------------------------------------------------ */

/* The lock cannot be looked at: errno says why. "Stopped" would be a guess. */
static enum exit_code
cannot_tell(FILE *out)
{
	const int err = errno;

	fprintf(out, "ERROR: cannot tell whether heartbeat runs: " HB_PIDFILE ": %s%s\n",
	    g_strerror(err), err == EACCES ? ": ask as root, or let root do: chmod 644 " HB_PIDFILE : "");
	return err == EACCES ? NOT_PERMITTED : FAILED;
}

static enum exit_code
command_status(void)
{
	g_autoptr(GPtrArray) ignored = conf_faults_new();
	g_autofree char *node = NULL;
	struct files *files;
	struct utsname host;
	pid_t pid;

	switch (pidfile_look(HB_PIDFILE, &pid)) {
	case PIDFILE_ABSENT:
		puts("heartbeat is stopped. No process");
		return STOPPED;
	case PIDFILE_STALE:
		puts("heartbeat is stopped. No process");
		return FAILED;
	case PIDFILE_UNKNOWN:
		return cannot_tell(stdout);
	case PIDFILE_HELD:
		break;
	}
	if (pid == 0) {
		puts("heartbeat is just starting. If this stays so, " HB_PIDFILE
		     " could not be written: make room on its file system");
		return DONE;
	}
	files = files_read(HB_HADIR, ignored);
	node = g_ascii_strdown(files->node_name, -1);
	uname(&host);
	printf("heartbeat OK [pid %ld et al] is running on %s [%s]...\n", (long)pid, host.nodename,
	    node);
	files_free(files);
	return DONE;
}

static enum exit_code
command_stop(void)
{
	enum pidfile_state state;
	pid_t pid, now;

	for (int64_t waited = 0;
	     (state = pidfile_look(HB_PIDFILE, &pid)) == PIDFILE_HELD && pid == 0;
	     waited += STOP_LOOK_US) {
		if (waited >= START_PATIENCE_US) {
			fputs("ERROR: heartbeat is not stopped: one holds " HB_PIDFILE
			      " and has not written its number there. If that file system is full, make"
			      " room and try again; if not, it still reads its configuration.\n",
			    stderr);
			return FAILED;
		}
		g_usleep(STOP_LOOK_US);
	}
	if (state == PIDFILE_UNKNOWN)
		return cannot_tell(stderr);
	if (state != PIDFILE_HELD) {
		fputs("INFO: Heartbeat already stopped.\n", stderr);
		return DONE;
	}
	if (kill(pid, SIGTERM) < 0) {
		if (errno == ESRCH)
			return DONE;
		fprintf(stderr, "ERROR: Could not kill pid %ld : %s\n", (long)pid,
		    g_strerror(errno));
		return errno == EPERM ? NOT_PERMITTED : FAILED;
	}
	/* A resource script or a handler of DRBD: the stop waits for its end, or for that of who
	 * called it. */
	if (lineage_descends_from(getpid(), pid) || lineage_of_kernel(getpid())) {
		fputs("INFO: Heartbeat has been told to stop; not waiting for it from within.\n",
		    stderr);
		return DONE;
	}
	/* Resources may take their time: cutting that short would be worse than waiting. */
	while ((state = pidfile_look(HB_PIDFILE, &now)) == PIDFILE_HELD && now == pid)
		g_usleep(STOP_LOOK_US);
	return state == PIDFILE_UNKNOWN ? cannot_tell(stderr) : DONE;
}

/* Never in a log: it may become the key. */
static void
print_key_offer(const struct conf *c)
{
	unsigned char random[WEAK_KEY_RANDOM_SIZE];
	char *offer;

	if (getrandom(random, sizeof(random), 0) != (ssize_t)sizeof(random))
		return;
	offer = weak_key_offer(c, random);
	explicit_bzero(random, sizeof(random));
	if (offer == NULL)
		return;
	fputs(offer, stderr);
	explicit_bzero(offer, strlen(offer));
	g_free(offer);
}

static enum exit_code
command_check(void)
{
	pid_t pid;
	const enum pidfile_state state = pidfile_look(HB_PIDFILE, &pid);
	/* While we run the ports are taken, by us. */
	const bool may_run = state == PIDFILE_HELD || state == PIDFILE_UNKNOWN;
	struct loaded l = load(geteuid() == 0 && !may_run);
	const enum exit_code result = load_result(&l);

	print_faults(l.faults, true);
	if (result == DONE) {
		g_autofree char *text = conf_explain(l.conf);
		const struct log_takers takers = log_takers_look("");
		g_autofree char *place = log_place(l.conf, &takers, true);

		print_key_offer(l.conf);
		printf("%s\nThe log: %s.\n", text, place);
		if (log_goes_nowhere(l.conf, &takers))
			puts("In the background: nowhere; set logfile in ha.cf.");
	} else {
		fputs("ERROR: Configuration error.\n", stderr);
	}
	loaded_clear(&l);
	return result;
}

/* --- start -------------------------------------------------------------------------------- */

/* In the parent: until the engine of that master runs, or will not. */
static enum exit_code
wait_until_ready(int ready, pid_t master, const struct conf *c)
{
	const struct log_takers takers = log_takers_look("");
	g_autofree char *place = log_place(c, &takers, false);
	char byte;
	ssize_t n;

	do {
		n = read(ready, &byte, 1);
	} while (n < 0 && errno == EINTR);
	if (n == 1)
		notify_ready_as(master);
	fprintf(stderr, n == 1 ? "info: heartbeat: the log: %s\n" :
	    "ERROR: heartbeat did not start: the log says why: %s\n", place);
	return n == 1 ? DONE : FAILED;
}

static void
leave_terminal(bool keep_stderr)
{
	const int null = open("/dev/null", O_RDWR);

	setsid();
	if (chdir("/") < 0 || null < 0)
		return;
	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	if (!keep_stderr)
		dup2(null, STDERR_FILENO);
	if (null > STDERR_FILENO)
		close(null);
}

/* Before the terminal is left. Without it the cluster works all the same; housekeeping tries again. */
static void
write_number(int pidfile)
{
	const int err = pidfile_write(pidfile);

	if (err < 0)
		fprintf(stderr, "WARN: heartbeat [pid %ld] starts, but " HB_PIDFILE
		    " cannot be written: %s: until it can, heartbeat -k and -r do not find it\n",
		    (long)getpid(), g_strerror(-err));
}

static enum exit_code
run_master(struct loaded *l, const struct options *o, int pidfile, int ready)
{
	struct master_start start = {
	    .conf = g_steal_pointer(&l->conf),
	    .files = g_steal_pointer(&l->files),
	    .sockets = g_steal_pointer(&l->sockets),
	    .hints = l->faults,
	    .foreground = o->foreground,
	    .to_stderr = o->debug > 0,
	    .debug_more = o->debug,
	    .pidfile = pidfile,
	    .ready = ready,
	};
	int code;

	privs_title(MASTER_TITLE);
	code = master_run(&start);
	pidfile_release(HB_PIDFILE, pidfile);
	return code == 0 ? DONE : FAILED;
}

static enum exit_code
run_in_background(struct loaded *l, const struct options *o, int pidfile)
{
	int ready[2];
	enum exit_code result;
	pid_t pid;

	if (pipe2(ready, O_CLOEXEC) < 0)
		return FAILED;
	pid = fork();
	if (pid < 0) {
		fprintf(stderr, "ERROR: fork: %s\n", g_strerror(errno));
		return FAILED;
	}
	if (pid > 0) {
		close(ready[1]);
		result = wait_until_ready(ready[0], pid, l->conf);
		close(ready[0]);
		return result;
	}
	close(ready[0]);
	write_number(pidfile);
	leave_terminal(o->debug > 0);
	return run_master(l, o, pidfile, ready[1]);
}

/* Whoever wants it in the foreground supervises it, and must not take another's for his own. */
static enum exit_code
already_running(bool foreground)
{
	g_autofree char *which = NULL;
	pid_t pid;

	pidfile_look(HB_PIDFILE, &pid);
	/* One that is just starting has none yet. */
	which = pid > 0 ? g_strdup_printf(" [pid %ld]", (long)pid) : g_strdup("");
	if (foreground) {
		fprintf(stderr,
		    "ERROR: heartbeat: already running%s, started by somebody else: left alone. "
		    "To start it from here, stop that one first: heartbeat -k\n", which);
		notify_status("not started: another heartbeat runs here; stop it first: heartbeat -k");
		return FAILED;
	}
	fprintf(stderr, "info: heartbeat: already running%s.\n", which);
	return DONE;
}

static enum exit_code
command_start(const struct options *o)
{
	enum exit_code result;
	struct loaded l;
	int pidfile;

	if (geteuid() != 0) {
		fputs("ERROR: heartbeat must be started by root.\n", stderr);
		return NOT_PERMITTED;
	}
	/* What the caller keeps to himself is no measure for what we make: others look into it. */
	umask(022);
	pidfile = pidfile_take(HB_PIDFILE);
	if (pidfile == -EAGAIN)
		return already_running(o->foreground);
	if (pidfile < 0) {
		fprintf(stderr, "ERROR: " HB_PIDFILE ": %s\n", g_strerror(-pidfile));
		return FAILED;
	}
	l = load(true);
	result = load_result(&l);
	if (result != DONE) {
		print_faults(l.faults, true);
		fputs("ERROR: Configuration error, heartbeat not started.\n", stderr);
		notify_status("not started: the configuration is wrong; heartbeat -t says where");
		pidfile_release(HB_PIDFILE, pidfile);
	} else {
		directories_make(l.conf);
		if (o->foreground)
			write_number(pidfile);
		result = o->foreground ? run_master(&l, o, pidfile, -1) :
					 run_in_background(&l, o, pidfile);
	}
	loaded_clear(&l);
	return result;
}

/* What the master made of it: it may refuse what looked right from here. */
static enum exit_code
reload_result(pid_t pid)
{
	g_autofree char *reasons = NULL;
	bool good = false;
	pid_t now;

	for (int64_t waited = 0; !verdict_look(VERDICT_PATH, &good, &reasons);
	     waited += RELOAD_LOOK_US) {
		const enum pidfile_state state = pidfile_look(HB_PIDFILE, &now);

		if (state != PIDFILE_UNKNOWN && (state != PIDFILE_HELD || now != pid)) {
			fprintf(stderr, "ERROR: heartbeat pid %ld ended: the log says why.\n",
			    (long)pid);
			return FAILED;
		}
		if (waited >= RELOAD_PATIENCE_US) {
			fprintf(stderr, "ERROR: heartbeat pid %ld has not answered: see its log.\n",
			    (long)pid);
			return FAILED;
		}
		g_usleep(RELOAD_LOOK_US);
	}
	if (!good)
		fprintf(stderr, "%sERROR: Configuration not usable: configuration unchanged.\n",
		    reasons);
	return good ? DONE : FAILED;
}

static enum exit_code
command_reload(const struct options *o)
{
	struct loaded l;
	enum exit_code result;
	enum pidfile_state state;
	pid_t pid;

	state = pidfile_look(HB_PIDFILE, &pid);
	if (state == PIDFILE_UNKNOWN)
		return cannot_tell(stderr);
	if (state != PIDFILE_HELD)
		return command_start(o);
	if (pid == 0) {
		fputs("ERROR: heartbeat is just starting: try again. If this stays so, " HB_PIDFILE
		      " could not be written: make room on its file system.\n", stderr);
		return FAILED;
	}
	l = load(false);
	result = load_result(&l);
	print_faults(l.faults, result != DONE);
	if (result != DONE) {
		fprintf(stderr, "info: Config errors: Heartbeat pid %ld NOT restarted\n", (long)pid);
	} else {
		fprintf(stderr, "info: Signalling heartbeat pid %ld to reread config files\n",
		    (long)pid);
		verdict_forget(VERDICT_PATH);
		if (kill(pid, SIGHUP) == 0) {
			result = reload_result(pid);
		} else {
			fprintf(stderr, "ERROR: Could not signal pid %ld : %s\n", (long)pid,
			    g_strerror(errno));
			result = errno == EPERM ? NOT_PERMITTED : FAILED;
		}
	}
	loaded_clear(&l);
	return result;
}

/* --- options ------------------------------------------------------------------------------ */

static enum exit_code
usage(FILE *out)
{
	fputs("Usage: heartbeat [-dfklrstvV]\n"
	      "  (nothing)  start in the background     -f  start, stay in the foreground\n"
	      "  -k  stop     -r  reload     -s  status     -t  check the configuration\n"
	      "  -d  more in the log, also on standard error     -V  version\n"
	      "  --upgrade  the running daemon goes on as the installed program; nothing stops\n"
	      "See heartbeat(8).\n",
	    out);
	return out == stdout ? DONE : USAGE;
}

/* Scripts take all of standard output for the version, as it was: what is for people goes elsewhere. */
static void
version(void)
{
	puts(PACKAGE_VERSION);
	fflush(stdout);
	fprintf(stderr, "daemon, agents   %s\nconfiguration    %s\nstate            %s, %s\n",
	    HB_LIBEXECDIR, HB_HADIR, HB_STATEDIR, HB_RUNDIR);
	fprintf(stderr, "systemd unit     %s\ninit script      %s\nsanitizers       %s\n",
	    strcmp(HB_UNITDIR, "no") == 0 ? "left out" : HB_UNITDIR "/heartbeat.service",
	    strcmp(HB_INITDIR, "no") == 0 ? "left out" : HB_INITDIR "/heartbeat", HB_SANITIZERS);
}

/* false: end with *code now. */
static bool
options_read(int argc, char **argv, struct options *o, enum exit_code *code)
{
	int letter;

	opterr = 0;
	/* Further words are ignored, as they always were. */
	while ((letter = getopt(argc, argv, "dfhklrstvV")) != -1) {
		switch (letter) {
		case 'd':
			o->debug++;
			break;
		case 'f':
			o->foreground = true;
			break;
		case 'k':
			o->command = COMMAND_STOP;
			break;
		case 'r':
			o->command = COMMAND_RELOAD;
			break;
		case 's':
			o->command = COMMAND_STATUS;
			break;
		case 't':
			o->command = COMMAND_CHECK;
			break;
		case 'l':	/* never had an effect: `realtime` in ha.cf decides */
		case 'v':
			break;
		case 'V':
			version();
			*code = DONE;
			return false;
		default:
			*code = usage(stderr);
			return false;
		}
	}
	return true;
}

/* A caller may have closed them: the lock or a socket must not become our standard output. */
static void
standard_streams_open(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int
main(int argc, char **argv)
{
	struct options o = {.command = COMMAND_START};
	enum exit_code code;

	if (argc == 3 && strcmp(argv[1], ENGINE_ARGUMENT) == 0)
		return engine_main((int)strtol(argv[2], NULL, 10));
	standard_streams_open();
	if (argc > 2 && strcmp(argv[1], UPGRADE_RESUME) == 0)
		return resume_main(argc, argv);
	/* A lock or a pipe of the caller's would be held for as long as we run. */
	close_range(STDERR_FILENO + 1, ~0U, 0);
	if (argc == 3 && strcmp(argv[1], UPGRADE_REHEARSE) == 0)
		return resume_rehearse(argv[2]);
	if (argc == 2 && strcmp(argv[1], "--upgrade") == 0)
		return resume_command_upgrade();
	/* 3.0.6 failed with --help, and still does with -h. */
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage(stdout);
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return puts("heartbeat " PACKAGE_VERSION) < 0 ? FAILED : DONE;
	if (!options_read(argc, argv, &o, &code))
		return code;
	switch (o.command) {
	case COMMAND_STATUS:
		return command_status();
	case COMMAND_STOP:
		return command_stop();
	case COMMAND_CHECK:
		return command_check();
	case COMMAND_RELOAD:
	case COMMAND_START:
		break;
	}
	privs_title_init(argc, argv);
	if (o.command == COMMAND_START && !o.foreground && getpid() == 1) {
		fputs("ERROR: process 1 must stay, or its container ends: say heartbeat -f\n", stderr);
		return USAGE;
	}
	if (o.command == COMMAND_START && o.foreground && init_begin(INIT_TITLE) < 0)
		return FAILED;
	return o.command == COMMAND_RELOAD ? command_reload(&o) : command_start(&o);
}
