# Tests of this directory.
proto_tests = \
	tests/unit/proto/test_auth \
	tests/unit/proto/test_compress \
	tests/unit/proto/test_envelope \
	tests/unit/proto/test_frames \
	tests/unit/proto/test_msg \
	tests/unit/proto/test_neighbour \
	tests/unit/proto/test_request \
	tests/unit/proto/test_seal \
	tests/unit/proto/test_vectors \
	tests/unit/proto/test_wire
proto_sample = tests/unit/proto/sample.c tests/unit/proto/sample.h
EXTRA_DIST += tests/vectors
check_PROGRAMS += $(proto_tests)
TESTS += $(proto_tests)

tests_unit_proto_test_auth_SOURCES = tests/unit/proto/test_auth.c
tests_unit_proto_test_auth_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_auth_LDADD = $(unit_ldadd)

tests_unit_proto_test_compress_SOURCES = tests/unit/proto/test_compress.c $(proto_sample)
tests_unit_proto_test_compress_CPPFLAGS = $(unit_cppflags) $(ZLIB_CFLAGS)
tests_unit_proto_test_compress_LDADD = $(unit_ldadd) $(ZLIB_LIBS)

tests_unit_proto_test_envelope_SOURCES = tests/unit/proto/test_envelope.c
tests_unit_proto_test_envelope_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_envelope_LDADD = $(unit_ldadd)

tests_unit_proto_test_frames_SOURCES = tests/unit/proto/test_frames.c $(proto_sample)
tests_unit_proto_test_frames_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_frames_LDADD = $(unit_ldadd)

tests_unit_proto_test_msg_SOURCES = tests/unit/proto/test_msg.c
tests_unit_proto_test_msg_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_msg_LDADD = $(unit_ldadd)

tests_unit_proto_test_request_SOURCES = tests/unit/proto/test_request.c
tests_unit_proto_test_request_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_request_LDADD = $(unit_ldadd)

tests_unit_proto_test_seal_SOURCES = tests/unit/proto/test_seal.c $(proto_sample)
tests_unit_proto_test_seal_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_seal_LDADD = $(unit_ldadd)

tests_unit_proto_test_vectors_SOURCES = tests/unit/proto/test_vectors.c $(proto_sample)
tests_unit_proto_test_vectors_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_vectors_LDADD = $(unit_ldadd)

tests_unit_proto_test_wire_SOURCES = tests/unit/proto/test_wire.c $(proto_sample)
tests_unit_proto_test_wire_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_wire_LDADD = $(unit_ldadd)

tests_unit_proto_test_neighbour_SOURCES = tests/unit/proto/test_neighbour.c
tests_unit_proto_test_neighbour_CPPFLAGS = $(unit_cppflags)
tests_unit_proto_test_neighbour_LDADD = $(unit_ldadd)
