# Files of lib/conf.
libhbpure_la_SOURCES += \
	lib/conf/agents.c lib/conf/agents.h \
	lib/conf/authkeys.c lib/conf/authkeys.h \
	lib/conf/check.c lib/conf/check.h \
	lib/conf/clash.c lib/conf/clash.h \
	lib/conf/clients.c lib/conf/clients.h \
	lib/conf/conf.c lib/conf/conf.h \
	lib/conf/draft.c lib/conf/draft.h \
	lib/conf/draft_text.c \
	lib/conf/explain.c \
	lib/conf/fault.c lib/conf/fault.h \
	lib/conf/hacf.c lib/conf/hacf.h \
	lib/conf/haresources.c lib/conf/haresources.h \
	lib/conf/ip.c lib/conf/ip.h \
	lib/conf/lex.c lib/conf/lex.h \
	lib/conf/media.c lib/conf/media.h \
	lib/conf/old_script.c lib/conf/old_script.h lib/conf/old_script_table.h \
	lib/conf/options.c lib/conf/options.h \
	lib/conf/resource.c lib/conf/resource.h \
	lib/conf/values.c lib/conf/values.h \
	lib/conf/weak_key.c lib/conf/weak_key.h
