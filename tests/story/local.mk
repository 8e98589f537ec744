# Stories: a scenario and the trace it must give. One program plays them all.
check_PROGRAMS += tests/story/story
TESTS += tests/story/story
# Whoever adds a story need not name it here.
EXTRA_DIST += $(srcdir)/tests/story/*.story
tests_story_story_SOURCES = tests/story/story.c
tests_story_story_CPPFLAGS = $(AM_CPPFLAGS) -DSTORY_DIR='"$(abs_top_srcdir)/tests/story"'
tests_story_story_LDADD = libhbsim.la libhbpure.la $(GLIB_LIBS)
