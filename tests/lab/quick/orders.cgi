#!/bin/sh
# The page: who serves it, and how many rows the database has.
rows=$(mariadb -u shop -pshop -N -e 'SELECT COUNT(*) FROM orders' shop 2>&1) || {
	printf 'Status: 503\nContent-Type: text/plain\n\n%s\n' "$rows"
	exit 0
}
printf 'Content-Type: text/plain\n\nserved by %s\n%s rows\n' "$(uname -n)" "$rows"
