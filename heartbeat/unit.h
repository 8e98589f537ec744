/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of systemd units: what a service of haresources is called on this machine.
 */
#ifndef HB_UNIT_H
#define HB_UNIT_H

/* Where systemd of this machine looks, in its order; NULL-ended. */
extern const char *const unit_machine_dirs[];

/*
 * The unit that a name stands for: NAME as it is if it carries a suffix, else NAME.service.
 * An alias (a link from one unit file to another) gives the unit's own name.
 *
 * dirs: unit directories, the first that has the file counts; NULL-ended.
 * Returns: "apache2.service", or NULL if there is none or it is masked. Owns: the caller's.
 */
char *unit_find(const char *const *dirs, const char *name);

/*
 * The same for the other names a service goes by on other systems: mysqld is mariadb or
 * mysql, httpd is apache2, and back.
 */
char *unit_find_alias(const char *const *dirs, const char *name);

/*
 * The name of an init script: "apache2" for /etc/init.d/apache2, and for a link to it.
 *
 * init_dirs: NULL-ended; unit_init_dirs are this machine's.
 * Returns: NULL if path is no init script. Owns: the caller's.
 */
char *unit_init_script(const char *const *init_dirs, const char *path);
extern const char *const unit_init_dirs[];

/* The unit that goes by the name of an init script; ".sh" is not part of it. As unit_find(). */
char *unit_of_script(const char *const *dirs, const char *script);

#endif
