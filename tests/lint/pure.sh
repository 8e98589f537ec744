#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Objects of the pure libraries (lib/base, proto, conf, core) may call nothing that
# reaches a clock, socket, file, process, the environment or a random source. What an
# object calls is what it leaves undefined: nm -u tells.
#
# usage: pure.sh [ARCHIVE-OR-OBJECT...]     default: libhbpure of the build directory
set -eu
LC_ALL=C
export LC_ALL

nm=${NM:-nm}
cc=${CC:-cc}

clocks='time|times|ftime|gettimeofday|clock|clock_get.*|timespec_get|localtime.*|ctime.*|mktime'
clocks="$clocks|getrusage|g_get_.*time|g_date_time_new_now.*|g_timer_.*"
waits='sleep|usleep|nanosleep|clock_nanosleep|pause|alarm|ualarm|setitimer|timer_.*|timerfd_.*'
waits="$waits|select|pselect|poll|ppoll|epoll_.*|g_usleep|g_poll|g_timeout_.*|g_idle_.*"
waits="$waits|g_main_.*|g_source_.*|pthread_.*|thrd_.*|mtx_.*|cnd_.*|sem_.*|g_thread_.*|g_async_.*"
sockets='socket|socketpair|bind|listen|accept4?|connect|send(to|msg|mmsg|file)?'
sockets="$sockets|recv(from|msg|mmsg)?|[gs]etsockopt|getsockname|getpeername|shutdown"
sockets="$sockets|getaddrinfo|getnameinfo|gethostby.*|getservby.*|getifaddrs|if_nametoindex"
sockets="$sockets|if_indextoname|g_socket_.*"
files='open|openat|creat|close|read|write|p?readv?|p?writev?|lseek|l?stat|fstat|fstatat|statx'
files="$files|fopen|fdopen|freopen|fclose|fflush|fread|fwrite|fgets|fgetc|getc|getchar|gets"
files="$files|fputs|fputc|putc|puts|putchar|v?f?printf|v?dprintf|perror"
files="$files|v?scanf|v?fscanf|getline|getdelim|fseek.*|ftell.*|stdin|stdout|stderr|unlink"
files="$files|unlinkat|remove|rename|renameat.*|link|symlink|readlink|mkdir|rmdir|mknod"
files="$files|mkfifo|opendir|readdir|scandir|glob|nftw|fsync|fdatasync|sync|ioctl|fcntl|flock"
files="$files|lockf|mmap|access|faccessat|chmod|fchmod|chown|fchown|truncate|ftruncate|tmpfile"
files="$files|mkstemp|realpath|chdir|getcwd|dup[23]?|pipe2?|g_file_.*|g_f?open|g_stat|g_unlink"
files="$files|g_remove|g_rename|g_mkdir.*|g_dir_.*|g_io_.*|g_print|g_printerr|g_mapped_.*"
files="$files|xmlReadFile|xmlReadFd|xmlCtxtReadF.*|xmlParseFile|xmlSaveF.*|BIO_new_f.*"
processes='fork|vfork|clone3?|exec[vl].*|fexecve|posix_spawn.*|system|popen|pclose|wait'
processes="$processes|waitpid|waitid|wait[34]|kill|killpg|raise|signal|sigaction|sigprocmask"
processes="$processes|getpid|getppid|getpgrp|setsid|[gs]ete?[ug]id|prctl|ptrace|exit|_Exit"
processes="$processes|_exit|quick_exit|atexit|syscall|daemon|g_spawn_.*|g_subprocess_.*|dlopen"
environment='getenv|secure_getenv|setenv|unsetenv|putenv|clearenv|environ|uname|sysinfo'
environment="$environment|gethostname|sysconf|getpw.*|getgr.*|setlocale|v?syslog|openlog"
environment="$environment|getloadavg|g_getenv|g_setenv|g_get_.*|g_environ_.*"
chance='rand|srand|rand_r|random|srandom|random_r|[delmnj]rand48|srand48|getrandom|getentropy'
chance="$chance|arc4random.*|g_random_.*|g_rand_.*|RAND_.*|uuid_generate.*|g_uuid_.*"
other='qb_.*|sd_.*|mnl_.*|capng_.*'
deny="$clocks|$waits|$sockets|$files|$processes|$environment|$chance|$other"

# The tools may be commands with options, as "nm -B": split.
# shellcheck disable=SC2086
undefined() {
	$nm -A -u "$@"
}
# shellcheck disable=SC2086
compile() {
	$cc -w -fno-builtin -c -o "$1" "$2"
}

# "OBJECT SYMBOL" of every denied call. Versions (@GLIBC), the leading underscores and
# the _chk of fortified calls and the 64 of large files are taken off first.
denied() {
	undefined "$@" |
	awk '{ n = split($1, part, ":"); print part[n - 1], $NF }' |
	sed -E 's/@.*$//; s/ __isoc[0-9]+_/ /; s/ __(.*)_chk$/ \1/; s/ __(environ)$/ \1/; s/64$//' |
	grep -E " ($deny)\$" | sort -u || true
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Can it fail? An object that calls one of each must have every one named.
offences='time clock_gettime g_get_monotonic_time gettimeofday nanosleep usleep poll select
    socket recvmsg open64 openat read write fopen fopen64 fprintf stderr stat fork execve system
    kill waitpid exit getenv g_getenv environ gethostname rand random getrandom g_random_int
    pthread_create g_spawn_sync g_file_get_contents qb_loop_run __read_chk __fprintf_chk
    __isoc99_fscanf'
{
	for name in $offences; do
		echo "extern void $name(void);"
	done
	echo 'void offend(void);'
	echo 'void offend(void) {'
	for name in $offences; do
		echo "$name();"
	done
	echo '}'
} > "$work/offend.c"
echo 'extern void innocent_open(void); void f(void); void f(void) { innocent_open(); }' \
    > "$work/innocent.c"
for name in offend innocent; do
	compile "$work/$name.o" "$work/$name.c"
done
for name in $offences; do
	plain=$(echo "$name" | sed -E 's/^__isoc99_//; s/^__(.*)_chk$/\1/; s/64$//')
	if ! denied "$work/offend.o" | grep -q " $plain\$"; then
		echo "pure.sh: does not notice $name" >&2
		exit 1
	fi
done
if [ -n "$(denied "$work/innocent.o")" ]; then
	echo "pure.sh: refuses what is innocent" >&2
	exit 1
fi

if [ $# -eq 0 ]; then
	set -- .libs/libhbpure.a
fi
if [ -z "$(undefined "$@")" ]; then
	echo "pure.sh: nothing to look at in $*" >&2
	exit 1
fi
found=$(denied "$@")
if [ -n "$found" ]; then
	echo "pure.sh: pure objects that reach outside:" >&2
	echo "$found" >&2
	exit 1
fi
