/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "notify.h"

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>

void
notify_ready(void)
{
	sd_notify(0, "READY=1\nSTATUS=running");
}

void
notify_reloading(void)
{
	sd_notify(0, "RELOADING=1\nSTATUS=reading the configuration again");
}

void
notify_stopping(void)
{
	sd_notify(0, "STOPPING=1\nSTATUS=giving up all resources");
}

void
notify_status(const char *text)
{
	sd_notifyf(0, "STATUS=%s", text);
}
#else
void
notify_ready(void)
{
}

void
notify_reloading(void)
{
}

void
notify_stopping(void)
{
}

void
notify_status(const char *text)
{
	(void)text;
}
#endif
