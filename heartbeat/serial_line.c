/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "serial_line.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

static const struct {
	unsigned baud;
	speed_t speed;
} speeds[] = {
    {9600, B9600},
    {19200, B19200},
    {38400, B38400},
    {57600, B57600},
    {115200, B115200},
    {230400, B230400},
    {460800, B460800},
};

static int
speed_of(unsigned baud, speed_t *out)
{
	for (size_t i = 0; i < G_N_ELEMENTS(speeds); i++) {
		if (speeds[i].baud == baud) {
			*out = speeds[i].speed;
			return 0;
		}
	}
	return -EINVAL;
}

static int
set_up(int fd, speed_t speed)
{
	struct termios t;

	if (tcgetattr(fd, &t) < 0)
		return -errno;
	t.c_iflag &= ~(tcflag_t)(IGNBRK | IUCLC | IXANY | IXOFF | IXON | ICRNL | PARMRK);
	t.c_iflag |= INPCK | ISTRIP | IGNCR | BRKINT;
	t.c_oflag &= ~(tcflag_t)OPOST;
	t.c_cflag &= ~(tcflag_t)(CSIZE | PARENB);
	t.c_cflag |= CS8 | CREAD | CLOCAL | CRTSCTS;
	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 1;
	cfsetispeed(&t, speed);
	cfsetospeed(&t, speed);
	if (tcsetattr(fd, TCSANOW, &t) < 0)
		return -errno;
	tcflush(fd, TCIOFLUSH);
	return 0;
}

int
serial_line_open(const char *device, unsigned baud, char **why)
{
	speed_t speed;
	int fd, err = speed_of(baud, &speed);

	if (err < 0) {
		*why = g_strdup_printf("%u baud is no speed of a serial line", baud);
		return err;
	}
	fd = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		err = -errno;
		*why = g_strdup_printf("%s: %s", device, g_strerror(-err));
		return err;
	}
	if (!isatty(fd)) {
		err = -ENOTTY;
		*why = g_strdup_printf("%s is not a serial line", device);
	} else if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		err = -errno;
		*why = g_strdup_printf("%s is used by another program", device);
	} else {
		err = set_up(fd, speed);
		if (err < 0)
			*why = g_strdup_printf("%s: %s", device, g_strerror(-err));
	}
	if (err == 0)
		return fd;
	close(fd);
	return err;
}
