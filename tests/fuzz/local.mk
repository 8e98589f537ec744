# Fuzz targets. Here a small main() plays the corpus, so that what was found once stays found;
# "make fuzz" builds the same files with libFuzzer (clang) and looks for more.
fuzz_targets = authkeys channel frames hacf haresources neighbour peer record request seal step wire
fuzz_programs = \
	tests/fuzz/authkeys \
	tests/fuzz/channel \
	tests/fuzz/frames \
	tests/fuzz/hacf \
	tests/fuzz/haresources \
	tests/fuzz/neighbour \
	tests/fuzz/peer \
	tests/fuzz/record \
	tests/fuzz/request \
	tests/fuzz/seal \
	tests/fuzz/step \
	tests/fuzz/wire
check_PROGRAMS += $(fuzz_programs)
TESTS += $(fuzz_programs)
fuzz_cppflags = $(AM_CPPFLAGS) -D_GNU_SOURCE
fuzz_corpus = $(abs_top_srcdir)/tests/fuzz/corpus
fuzz_cluster = tests/fuzz/replay.c tests/fuzz/fuzz.h tests/fuzz/cluster.c tests/fuzz/cluster.h
tests_fuzz_authkeys_SOURCES = tests/fuzz/authkeys.c $(fuzz_cluster) tests/fuzz/conf.h
tests_fuzz_authkeys_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/authkeys"'
tests_fuzz_authkeys_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_channel_SOURCES = tests/fuzz/channel.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_channel_CPPFLAGS = $(fuzz_cppflags) -I$(top_srcdir)/heartbeat $(QB_CFLAGS) -DFUZZ_CORPUS='"$(fuzz_corpus)/channel"'
tests_fuzz_channel_LDADD = libhbmaster.la libhbengine.la libhbresource.la libhbpure.la $(GLIB_LIBS) $(QB_LIBS)
tests_fuzz_frames_SOURCES = tests/fuzz/frames.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_frames_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/frames"'
tests_fuzz_frames_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_hacf_SOURCES = tests/fuzz/hacf.c $(fuzz_cluster) tests/fuzz/conf.h
tests_fuzz_hacf_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/hacf"'
tests_fuzz_hacf_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_haresources_SOURCES = tests/fuzz/haresources.c $(fuzz_cluster) tests/fuzz/conf.h
tests_fuzz_haresources_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/haresources"'
tests_fuzz_haresources_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_neighbour_SOURCES = tests/fuzz/neighbour.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_neighbour_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/neighbour"'
tests_fuzz_neighbour_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_peer_SOURCES = tests/fuzz/peer.c $(fuzz_cluster)
tests_fuzz_peer_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/peer"'
tests_fuzz_peer_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_record_SOURCES = tests/fuzz/record.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_record_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/record"'
tests_fuzz_record_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_request_SOURCES = tests/fuzz/request.c $(fuzz_cluster)
tests_fuzz_request_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/request"'
tests_fuzz_request_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_seal_SOURCES = tests/fuzz/seal.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_seal_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/seal"'
tests_fuzz_seal_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_step_SOURCES = tests/fuzz/step.c $(fuzz_cluster)
tests_fuzz_step_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/step"'
tests_fuzz_step_LDADD = libhbpure.la $(GLIB_LIBS)
tests_fuzz_wire_SOURCES = tests/fuzz/wire.c tests/fuzz/replay.c tests/fuzz/fuzz.h
tests_fuzz_wire_CPPFLAGS = $(fuzz_cppflags) -DFUZZ_CORPUS='"$(fuzz_corpus)/wire"'
tests_fuzz_wire_LDADD = libhbpure.la $(GLIB_LIBS)
EXTRA_DIST += tests/fuzz/corpus tests/fuzz/fuzz.mk tests/fuzz/run.sh \
	tests/fuzz/authkeys.dict \
	tests/fuzz/frames.dict \
	tests/fuzz/hacf.dict \
	tests/fuzz/haresources.dict \
	tests/fuzz/peer.dict \
	tests/fuzz/request.dict \
	tests/fuzz/seal.dict \
	tests/fuzz/wire.dict

# make fuzz [SECONDS=60] [FUZZ_TARGETS="wire step"]: a minute of each.
FUZZ_TARGETS = $(fuzz_targets)
FUZZ_DIR = $(abs_builddir)/fuzz-build
fuzz:
	$(MKDIR_P) $(FUZZ_DIR)
	$(MAKE) -C $(FUZZ_DIR) -f $(abs_top_srcdir)/tests/fuzz/fuzz.mk \
		FUZZ_SRC='$(abs_top_srcdir)' FUZZ_TARGETS='$(FUZZ_TARGETS)'
	cd $(FUZZ_DIR) && seconds='$(SECONDS)' && FUZZ_SECONDS=$${seconds:-60} \
		$(abs_top_srcdir)/tests/fuzz/run.sh $(fuzz_corpus) $(FUZZ_TARGETS)
clean-local: clean-fuzz
clean-fuzz:
	rm -rf $(FUZZ_DIR)
.PHONY: fuzz clean-fuzz
