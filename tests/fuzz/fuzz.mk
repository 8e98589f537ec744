# SPDX-License-Identifier: GPL-2.0-or-later
# Builds fuzz-TARGET for each of FUZZ_TARGETS with libFuzzer, in the directory it is called in.
# FUZZ_SRC is the tree. What the configuration says of directories is of no concern here.
CLANG = clang
PACKAGES = glib-2.0 libqb libcrypto libxml-2.0 libmnl libcap-ng libcjson
SAN = -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
NOWHERE = '"/nonexistent"'
COMPILE = $(CLANG) -std=gnu11 -g -O2 $(SAN) -fsanitize=fuzzer-no-link -D_GNU_SOURCE \
	-I$(FUZZ_SRC)/lib -I$(FUZZ_SRC)/heartbeat -DCORE_VERSION='"4"' \
	$(foreach d,LIBEXECDIR SHAREDIR HADIR SYSCONFDIR STATEDIR RUNDIR PIDFILE,-DHB_$d=$(NOWHERE)) \
	$(shell pkg-config --cflags $(PACKAGES))
LIBS := $(shell pkg-config --libs $(PACKAGES)) -lz -lbz2 -lm

objects_of = $(patsubst $(FUZZ_SRC)/%.c,%.o,$(wildcard $(addprefix $(FUZZ_SRC)/,$(1))))
lib_objects = $(call objects_of,lib/base/*.c lib/proto/*.c lib/conf/*.c lib/core/*.c)
target_objects = $(call objects_of,tests/fuzz/*.c)
channel_objects = $(patsubst %,heartbeat/%.o,address address_words announce channel child clock \
	drain files hooks job log netlink preflight privs probe runner script script_environment unit users)

all: $(addprefix fuzz-,$(FUZZ_TARGETS))

$(lib_objects) $(channel_objects) $(target_objects): %.o: $(FUZZ_SRC)/%.c
	@mkdir -p $(@D)
	@$(COMPILE) -MMD -c -o $@ $<

# Loops over bytes: their comparisons tell libFuzzer nothing and cost a fifth of the time.
lib/proto/auth.o tests/fuzz/cluster.o: COMPILE += -fno-sanitize-coverage=trace-cmp

fuzz-channel: $(channel_objects)
fuzz-%: tests/fuzz/%.o tests/fuzz/cluster.o $(lib_objects)
	@$(CLANG) $(SAN) -fsanitize=fuzzer -o $@ $^ $(LIBS)

.SECONDARY:
-include $(shell find . -name '*.d')
